"""Callbacks of TCP sockets. Checks in the device's order; what a default build lacks answers before any check.

Read first: NetX Duo guide, chapter 4, TCP services. All are called in the IP thread, with the socket.
"""

from netx_sim.checked.callers import not_isr_not_timer, threads_only
from netx_sim.checked.tcp_socket import no_socket, on_socket
from netx_sim.kernel import current
from netx_sim.status import NX_NOT_SUPPORTED, NX_PTR_ERROR
from netx_sim.tcp.api_socket import (
    _nx_tcp_socket_disconnect_complete_notify,
    _nx_tcp_socket_establish_notify,
    _nx_tcp_socket_queue_depth_notify_set,
    _nx_tcp_socket_receive_notify,
    _nx_tcp_socket_timed_wait_callback,
    _nx_tcp_socket_window_update_notify_set,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from netx_sim.tcp.block import NX_TCP_SOCKET

    Notify = Callable[[NX_TCP_SOCKET], None] | None


def nx_tcp_socket_receive_notify(socket_ptr: "NX_TCP_SOCKET | None", tcp_receive_notify: "Notify") -> int:
    """Set the callback that runs each time a segment brought data in order, once for a gap that closes.

    Args:
        socket_ptr (NX_TCP_SOCKET): created socket.
        tcp_receive_notify (callable or None): None switches it off.

    Returns:
        int: NX_SUCCESS; NX_PTR_ERROR (socket null or not created); NX_NOT_ENABLED; NX_CALLER_ERROR (from an interrupt
        or a timer).

    Source: NetX Duo guide ch. 4.
    """
    return on_socket(socket_ptr, not_isr_not_timer) or _nx_tcp_socket_receive_notify(
        socket_ptr,  # type: ignore[arg-type]
        tcp_receive_notify,
    )


def nx_tcp_socket_window_update_notify_set(
    socket_ptr: "NX_TCP_SOCKET | None", tcp_window_update_notify: "Notify"
) -> int:
    """Set the callback that runs when an acknowledgement lets a waiting sender go on.

    Args:
        socket_ptr (NX_TCP_SOCKET): created socket.
        tcp_window_update_notify (callable): the callback.

    Returns:
        int: NX_SUCCESS; NX_PTR_ERROR (a pointer null, or not created); NX_NOT_ENABLED; NX_CALLER_ERROR (from an
        interrupt or a timer).

    Source: NetX Duo guide ch. 4.
    """
    if no_socket(socket_ptr) or tcp_window_update_notify is None:
        return NX_PTR_ERROR
    return on_socket(socket_ptr, not_isr_not_timer) or _nx_tcp_socket_window_update_notify_set(
        socket_ptr,  # type: ignore[arg-type]
        tcp_window_update_notify,
    )


def _extended() -> bool:
    """Is this a build with the further callbacks?"""
    return bool(current().config.NX_ENABLE_EXTENDED_NOTIFY_SUPPORT)


def nx_tcp_socket_timed_wait_callback(socket_ptr: "NX_TCP_SOCKET | None", tcp_timed_wait_callback: "Notify") -> int:
    """Set the callback that runs when the socket enters TIMED_WAIT.

    Args:
        socket_ptr (NX_TCP_SOCKET): created socket.
        tcp_timed_wait_callback (callable): the callback.

    Returns:
        int: NX_NOT_SUPPORTED before any check, unless NX_ENABLE_EXTENDED_NOTIFY_SUPPORT is set; then NX_SUCCESS;
        NX_PTR_ERROR (a pointer null, or not created); NX_NOT_ENABLED; NX_CALLER_ERROR (from an interrupt or a timer).

    Source: NetX Duo guide ch. 4.
    """
    if not _extended():
        return NX_NOT_SUPPORTED
    if no_socket(socket_ptr) or tcp_timed_wait_callback is None:
        return NX_PTR_ERROR
    return on_socket(socket_ptr, not_isr_not_timer) or _nx_tcp_socket_timed_wait_callback(
        socket_ptr,  # type: ignore[arg-type]
        tcp_timed_wait_callback,
    )


def nx_tcp_socket_disconnect_complete_notify(
    socket_ptr: "NX_TCP_SOCKET | None", tcp_disconnect_complete_notify: "Notify"
) -> int:
    """Set the callback that runs when closing has finished, or a connection was reset.

    Args:
        socket_ptr (NX_TCP_SOCKET): created socket.
        tcp_disconnect_complete_notify (callable): the callback.

    Returns:
        int: NX_NOT_SUPPORTED before any check, unless NX_ENABLE_EXTENDED_NOTIFY_SUPPORT is set; then NX_SUCCESS;
        NX_PTR_ERROR (a pointer null, or not created); NX_NOT_ENABLED; NX_CALLER_ERROR (from an interrupt or a timer).

    Source: NetX Duo guide ch. 4.
    """
    if not _extended():
        return NX_NOT_SUPPORTED
    if no_socket(socket_ptr) or tcp_disconnect_complete_notify is None:
        return NX_PTR_ERROR
    return on_socket(socket_ptr, not_isr_not_timer) or _nx_tcp_socket_disconnect_complete_notify(
        socket_ptr,  # type: ignore[arg-type]
        tcp_disconnect_complete_notify,
    )


def nx_tcp_socket_establish_notify(socket_ptr: "NX_TCP_SOCKET | None", tcp_establish_notify: "Notify") -> int:
    """Set the callback that runs when the connection is established; it tells the end of a connect that did not wait.

    Args:
        socket_ptr (NX_TCP_SOCKET): created socket.
        tcp_establish_notify (callable): the callback.

    Returns:
        int: NX_NOT_SUPPORTED before any check, unless NX_ENABLE_EXTENDED_NOTIFY_SUPPORT is set; then NX_SUCCESS;
        NX_PTR_ERROR (a pointer null, or not created); NX_NOT_ENABLED; NX_CALLER_ERROR (from an interrupt or a timer).

    Source: NetX Duo guide ch. 4.
    """
    if not _extended():
        return NX_NOT_SUPPORTED
    if no_socket(socket_ptr) or tcp_establish_notify is None:
        return NX_PTR_ERROR
    return on_socket(socket_ptr, not_isr_not_timer) or _nx_tcp_socket_establish_notify(
        socket_ptr,  # type: ignore[arg-type]
        tcp_establish_notify,
    )


def nx_tcp_socket_queue_depth_notify_set(
    socket_ptr: "NX_TCP_SOCKET | None", tcp_socket_queue_depth_notify: "Notify"
) -> int:
    """Set the callback that runs when a full transmit queue has room again.

    Args:
        socket_ptr (NX_TCP_SOCKET): created socket.
        tcp_socket_queue_depth_notify (callable): the callback.

    Returns:
        int: NX_NOT_SUPPORTED before any check, unless NX_ENABLE_TCP_QUEUE_DEPTH_UPDATE_NOTIFY is set; then NX_SUCCESS;
        NX_PTR_ERROR (a pointer null, or not created); NX_NOT_ENABLED; NX_CALLER_ERROR (not from a thread).

    Source: NetX Duo guide ch. 4.
    """
    if not current().config.NX_ENABLE_TCP_QUEUE_DEPTH_UPDATE_NOTIFY:
        return NX_NOT_SUPPORTED
    if no_socket(socket_ptr) or tcp_socket_queue_depth_notify is None:
        return NX_PTR_ERROR
    return on_socket(socket_ptr, threads_only) or _nx_tcp_socket_queue_depth_notify_set(
        socket_ptr,  # type: ignore[arg-type]
        tcp_socket_queue_depth_notify,
    )
