"""TCP sockets: creating and deleting them, and what can be asked and set. Checks in the device's order.

Read first: NetX Duo guide, chapter 4, TCP services. The work is in `netx_sim.tcp.api_socket`.
"""

from netx_sim.checked.callers import not_isr, not_isr_not_timer, threads_only
from netx_sim.constants import (
    NX_DONT_FRAGMENT,
    NX_FRAGMENT_OKAY,
    NX_IP_ID,
    NX_IP_TIME_TO_LIVE_MASK,
    NX_IP_TOS_MASK,
    NX_TCP_CLOSED,
    NX_TCP_ID,
    NX_TCP_LAST_ACK,
)
from netx_sim.kernel import current
from netx_sim.status import (
    NX_ALREADY_ENABLED,
    NX_CALLER_ERROR,
    NX_NOT_ENABLED,
    NX_NOT_SUPPORTED,
    NX_OPTION_ERROR,
    NX_PTR_ERROR,
    NX_SUCCESS,
)
from netx_sim.tcp.api_socket import (
    _nx_tcp_enable,
    _nx_tcp_info_get,
    _nx_tcp_socket_bytes_available,
    _nx_tcp_socket_create,
    _nx_tcp_socket_delete,
    _nx_tcp_socket_info_get,
    _nx_tcp_socket_mss_get,
    _nx_tcp_socket_mss_peer_get,
    _nx_tcp_socket_mss_set,
    _nx_tcp_socket_peer_info_get,
    _nx_tcp_socket_receive_queue_max_set,
    _nx_tcp_socket_state_wait,
    _nx_tcp_socket_transmit_configure,
    _nxd_tcp_socket_peer_info_get,
)
from netx_sim.tcp.block import NX_TCP_SOCKET

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from netx_sim.address import NXD_ADDRESS
    from netx_sim.ip.block import NX_IP
    from netx_sim.kernel import Simulation

_WINDOW_MAXIMUM = 0xFFFF
_SCALED_WINDOW_MAXIMUM = 0x3FFFFFFF


def no_socket(socket_ptr: "NX_TCP_SOCKET | None") -> bool:
    """Null, or not a created TCP socket?"""
    return socket_ptr is None or socket_ptr.nx_tcp_socket_id != NX_TCP_ID


def no_ip(ip_ptr: "NX_IP | None") -> bool:
    """Null, or not a created IP instance?"""
    return ip_ptr is None or ip_ptr.nx_ip_id != NX_IP_ID


def on_socket(socket_ptr: "NX_TCP_SOCKET | None", allowed: "Callable[[Simulation], bool]") -> int:
    """The checks most socket services consist of: a created socket, TCP enabled, an allowed caller; 0 if all hold."""
    if no_socket(socket_ptr):
        return NX_PTR_ERROR
    ip_ptr = socket_ptr.nx_tcp_socket_ip_ptr  # type: ignore[union-attr]
    if ip_ptr._tcp is None:
        return NX_NOT_ENABLED
    return NX_SUCCESS if allowed(ip_ptr._sim) else NX_CALLER_ERROR


# -- the instance -----------------------------------------------------------------------------------


def nx_tcp_enable(ip_ptr: "NX_IP | None") -> int:
    """Bring TCP into an IP instance.

    Args:
        ip_ptr (NX_IP): created instance.

    Returns:
        int: NX_SUCCESS; NX_PTR_ERROR (null or not created); NX_ALREADY_ENABLED; NX_CALLER_ERROR (from an interrupt).

    Source: NetX Duo guide ch. 4.
    """
    if no_ip(ip_ptr):
        return NX_PTR_ERROR
    if ip_ptr._tcp is not None:  # type: ignore[union-attr]
        return NX_ALREADY_ENABLED
    if not not_isr(ip_ptr._sim):  # type: ignore[union-attr]
        return NX_CALLER_ERROR
    return _nx_tcp_enable(ip_ptr)  # type: ignore[arg-type]


def nx_tcp_info_get(
    ip_ptr: "NX_IP | None",
    tcp_packets_sent: "Any",
    tcp_bytes_sent: "Any",
    tcp_packets_received: "Any",
    tcp_bytes_received: "Any",
    tcp_invalid_packets: "Any",
    tcp_receive_packets_dropped: "Any",
    tcp_checksum_errors: "Any",
    tcp_connections: "Any",
    tcp_disconnections: "Any",
    tcp_connections_dropped: "Any",
    tcp_retransmit_packets: "Any",
) -> int:
    """Read the TCP counters of an IP instance; each output may be None.

    Args:
        ip_ptr (NX_IP): created instance.
        tcp_packets_sent (Ref[int], out): segments with data, repetitions not counted.
        tcp_bytes_sent (Ref[int], out): bytes of data in them.
        tcp_packets_received (Ref[int], out): segments whose data were taken.
        tcp_bytes_received (Ref[int], out): bytes of data in them.
        tcp_invalid_packets (Ref[int], out): segments with a bad header or checksum.
        tcp_receive_packets_dropped (Ref[int], out): segments that found no socket.
        tcp_checksum_errors (Ref[int], out): segments with a wrong checksum.
        tcp_connections (Ref[int], out): connections begun, by connect or accept.
        tcp_disconnections (Ref[int], out): connections given up by disconnect.
        tcp_connections_dropped (Ref[int], out): SYNs that found no socket.
        tcp_retransmit_packets (Ref[int], out): packets sent again.

    Returns:
        int: NX_SUCCESS; NX_PTR_ERROR (instance null or not created); NX_NOT_ENABLED; NX_CALLER_ERROR (from an interrupt
        or a timer).

    Source: NetX Duo guide ch. 4.
    """
    if no_ip(ip_ptr):
        return NX_PTR_ERROR
    if ip_ptr._tcp is None:  # type: ignore[union-attr]
        return NX_NOT_ENABLED
    if not not_isr_not_timer(ip_ptr._sim):  # type: ignore[union-attr]
        return NX_CALLER_ERROR
    return _nx_tcp_info_get(
        ip_ptr,  # type: ignore[arg-type]
        tcp_packets_sent,
        tcp_bytes_sent,
        tcp_packets_received,
        tcp_bytes_received,
        tcp_invalid_packets,
        tcp_receive_packets_dropped,
        tcp_checksum_errors,
        tcp_connections,
        tcp_disconnections,
        tcp_connections_dropped,
        tcp_retransmit_packets,
    )


# -- life of a socket -------------------------------------------------------------------------------


def nx_tcp_socket_create(
    ip_ptr: "NX_IP | None",
    socket_ptr: "NX_TCP_SOCKET | None",
    name: "Any",
    type_of_service: int,
    fragment: int,
    time_to_live: int,
    window_size: int,
    tcp_urgent_data_callback: "Callable[[NX_TCP_SOCKET], None] | None",
    tcp_disconnect_callback: "Callable[[NX_TCP_SOCKET], None] | None",
) -> int:
    """Create a TCP socket, for a client or a server.

    Args:
        ip_ptr (NX_IP): created instance.
        socket_ptr (NX_TCP_SOCKET): empty control block.
        name (str or bytes): shown in reports.
        type_of_service (int): NX_IP_NORMAL ... NX_IP_MIN_COST, for the IP headers.
        fragment (int): NX_FRAGMENT_OKAY or NX_DONT_FRAGMENT.
        time_to_live (int): hops; its low 8 bits count.
        window_size (int): bytes of the receive window; up to 65535, with window scaling up to 2^30 - 1.
        tcp_urgent_data_callback (callable or None): called in the IP thread for each segment with the URG flag.
        tcp_disconnect_callback (callable or None): called in the IP thread when the peer's FIN comes, when an
            established connection is reset, and when TIMED_WAIT is entered.

    Returns:
        int: NX_SUCCESS; NX_PTR_ERROR (a pointer null, instance not created, or the socket already is); NX_CALLER_ERROR
        (from an interrupt or a timer); NX_NOT_ENABLED; NX_OPTION_ERROR (bits outside the type of service, another
        fragment option, a time to live above 0xFF000000, a window of 0 or too large).

    Source: NetX Duo guide ch. 4.
    """
    if no_ip(ip_ptr) or socket_ptr is None:
        return NX_PTR_ERROR
    sim = ip_ptr._sim  # type: ignore[union-attr]
    if not not_isr_not_timer(sim):
        return NX_CALLER_ERROR
    created = socket_ptr._sim is sim and socket_ptr.nx_tcp_socket_id == NX_TCP_ID
    if created and socket_ptr.nx_tcp_socket_ip_ptr is ip_ptr:
        return NX_PTR_ERROR
    if ip_ptr._tcp is None:  # type: ignore[union-attr]
        return NX_NOT_ENABLED
    if type_of_service & ~NX_IP_TOS_MASK or fragment not in (NX_FRAGMENT_OKAY, NX_DONT_FRAGMENT):
        return NX_OPTION_ERROR
    if time_to_live > NX_IP_TIME_TO_LIVE_MASK:
        # Meant for a shifted value, so that hardly any is refused; the device does the same.
        return NX_OPTION_ERROR
    scaling = sim.config.NX_ENABLE_TCP_WINDOW_SCALING
    if not 0 < window_size <= (_SCALED_WINDOW_MAXIMUM if scaling else _WINDOW_MAXIMUM):
        return NX_OPTION_ERROR
    return _nx_tcp_socket_create(
        ip_ptr,  # type: ignore[arg-type]
        socket_ptr,
        name,
        type_of_service,
        fragment,
        time_to_live,
        window_size,
        tcp_urgent_data_callback,
        tcp_disconnect_callback,
    )


def nx_tcp_socket_delete(socket_ptr: "NX_TCP_SOCKET | None") -> int:
    """Delete a socket that is closed and not bound.

    Args:
        socket_ptr (NX_TCP_SOCKET): created socket.

    Returns:
        int: NX_SUCCESS; NX_PTR_ERROR (null or not created); NX_NOT_ENABLED; NX_CALLER_ERROR (not from a thread);
        NX_STILL_BOUND (bound, waiting to be bound, or not CLOSED).

    Source: NetX Duo guide ch. 4.
    """
    return on_socket(socket_ptr, threads_only) or _nx_tcp_socket_delete(socket_ptr)  # type: ignore[arg-type]


# -- asking -----------------------------------------------------------------------------------------


def nx_tcp_socket_info_get(
    socket_ptr: "NX_TCP_SOCKET | None",
    tcp_packets_sent: "Any",
    tcp_bytes_sent: "Any",
    tcp_packets_received: "Any",
    tcp_bytes_received: "Any",
    tcp_retransmit_packets: "Any",
    tcp_packets_queued: "Any",
    tcp_checksum_errors: "Any",
    tcp_socket_state: "Any",
    tcp_transmit_queue_depth: "Any",
    tcp_transmit_window: "Any",
    tcp_receive_window: "Any",
) -> int:
    """Read the counters and windows of a socket; each output may be None.

    Args:
        socket_ptr (NX_TCP_SOCKET): created socket.
        tcp_packets_sent (Ref[int], out): segments with data, repetitions not counted.
        tcp_bytes_sent (Ref[int], out): bytes of data in them.
        tcp_packets_received (Ref[int], out): segments whose data were taken.
        tcp_bytes_received (Ref[int], out): bytes of data in them.
        tcp_retransmit_packets (Ref[int], out): packets sent again.
        tcp_packets_queued (Ref[int], out): packets received and not read, those behind a gap included.
        tcp_checksum_errors (Ref[int], out): always 0.
        tcp_socket_state (Ref[int], out): NX_TCP_* state.
        tcp_transmit_queue_depth (Ref[int], out): packets sent and not acknowledged.
        tcp_transmit_window (Ref[int], out): bytes that may be sent now.
        tcp_receive_window (Ref[int], out): bytes the peer may send.

    Returns:
        int: NX_SUCCESS; NX_PTR_ERROR (socket null or not created); NX_NOT_ENABLED; NX_CALLER_ERROR (from an interrupt
        or a timer).

    Source: NetX Duo guide ch. 4.
    """
    return on_socket(socket_ptr, not_isr_not_timer) or _nx_tcp_socket_info_get(
        socket_ptr,  # type: ignore[arg-type]
        tcp_packets_sent,
        tcp_bytes_sent,
        tcp_packets_received,
        tcp_bytes_received,
        tcp_retransmit_packets,
        tcp_packets_queued,
        tcp_checksum_errors,
        tcp_socket_state,
        tcp_transmit_queue_depth,
        tcp_transmit_window,
        tcp_receive_window,
    )


def nx_tcp_socket_state_wait(socket_ptr: "NX_TCP_SOCKET | None", desired_state: int, wait_option: int) -> int:
    """Wait for a socket to reach a state.

    Args:
        socket_ptr (NX_TCP_SOCKET): created socket.
        desired_state (int): NX_TCP_CLOSED ... NX_TCP_LAST_ACK.
        wait_option (int): ticks to wait; the state is looked at once a tick.

    Returns:
        int: NX_SUCCESS; NX_PTR_ERROR (null or not created, or deleted during the wait); NX_NOT_ENABLED;
        NX_OPTION_ERROR (no such state); NX_CALLER_ERROR (not from a thread); NX_NOT_SUCCESSFUL (not reached in time).

    Blocks: up to wait_option ticks.
    Source: NetX Duo guide ch. 4.
    """
    if no_socket(socket_ptr):
        return NX_PTR_ERROR
    ip_ptr = socket_ptr.nx_tcp_socket_ip_ptr  # type: ignore[union-attr]
    if ip_ptr._tcp is None:
        return NX_NOT_ENABLED
    if not NX_TCP_CLOSED <= desired_state <= NX_TCP_LAST_ACK:
        return NX_OPTION_ERROR
    if not threads_only(ip_ptr._sim):
        return NX_CALLER_ERROR
    return _nx_tcp_socket_state_wait(socket_ptr, desired_state, wait_option)  # type: ignore[arg-type]


def nx_tcp_socket_bytes_available(socket_ptr: "NX_TCP_SOCKET | None", bytes_available: "Any") -> int:
    """Count the bytes that can be read now.

    Args:
        socket_ptr (NX_TCP_SOCKET): created socket.
        bytes_available (Ref[int], out): bytes received in order and not read; 0 with NX_NOT_CONNECTED.

    Returns:
        int: NX_SUCCESS; NX_PTR_ERROR (a pointer null, or not created); NX_NOT_ENABLED; NX_CALLER_ERROR (not from a
        thread); NX_NOT_CONNECTED (not between SYN_SENT and ESTABLISHED, so also after the peer's FIN).

    Source: NetX Duo guide ch. 4.
    """
    if no_socket(socket_ptr) or bytes_available is None:
        return NX_PTR_ERROR
    return on_socket(socket_ptr, threads_only) or _nx_tcp_socket_bytes_available(
        socket_ptr,  # type: ignore[arg-type]
        bytes_available,
    )


def nx_tcp_socket_peer_info_get(socket_ptr: "NX_TCP_SOCKET | None", peer_ip_address: "Any", peer_port: "Any") -> int:
    """Read address and port of the peer.

    Args:
        socket_ptr (NX_TCP_SOCKET): created socket.
        peer_ip_address (Ref[int], out): IPv4 address.
        peer_port (Ref[int], out): port.

    Returns:
        int: NX_SUCCESS; NX_PTR_ERROR (a pointer null, or not created); NX_NOT_ENABLED; NX_CALLER_ERROR (not from a
        thread); NX_NOT_SUPPORTED (built without IPv4); NX_NOT_CONNECTED (not in SYN_SENT, SYN_RECEIVED or ESTABLISHED).

    Source: NetX Duo guide ch. 4.
    """
    if no_socket(socket_ptr) or peer_ip_address is None or peer_port is None:
        return NX_PTR_ERROR
    status = on_socket(socket_ptr, threads_only)
    if not status and socket_ptr._sim.config.NX_DISABLE_IPV4:  # type: ignore[union-attr]
        return NX_NOT_SUPPORTED
    return status or _nx_tcp_socket_peer_info_get(socket_ptr, peer_ip_address, peer_port)  # type: ignore[arg-type]


def nxd_tcp_socket_peer_info_get(
    socket_ptr: "NX_TCP_SOCKET | None", peer_ip_address: "NXD_ADDRESS | None", peer_port: "Any"
) -> int:
    """Read address, of either version, and port of the peer.

    Args:
        socket_ptr (NX_TCP_SOCKET): created socket.
        peer_ip_address (NXD_ADDRESS, out): address.
        peer_port (Ref[int], out): port.

    Returns:
        int: NX_SUCCESS; NX_PTR_ERROR (a pointer null, or not created); NX_NOT_ENABLED; NX_CALLER_ERROR (not from a
        thread); NX_NOT_CONNECTED (not in SYN_SENT, SYN_RECEIVED or ESTABLISHED).

    Source: NetX Duo guide ch. 4.
    """
    if no_socket(socket_ptr) or peer_ip_address is None or peer_port is None:
        return NX_PTR_ERROR
    return on_socket(socket_ptr, threads_only) or _nxd_tcp_socket_peer_info_get(
        socket_ptr,  # type: ignore[arg-type]
        peer_ip_address,
        peer_port,
    )


# -- settings ---------------------------------------------------------------------------------------


def nx_tcp_socket_mss_get(socket_ptr: "NX_TCP_SOCKET | None", mss: "Any") -> int:
    """Read the segment size in use; before a connection exists, the one set, or 1460.

    Args:
        socket_ptr (NX_TCP_SOCKET): created socket.
        mss (Ref[int], out): bytes.

    Returns:
        int: NX_SUCCESS; NX_PTR_ERROR (a pointer null, or not created); NX_NOT_ENABLED; NX_CALLER_ERROR (from an
        interrupt or a timer).

    Source: NetX Duo guide ch. 4.
    """
    if no_socket(socket_ptr) or mss is None:
        return NX_PTR_ERROR
    return on_socket(socket_ptr, not_isr_not_timer) or _nx_tcp_socket_mss_get(socket_ptr, mss)  # type: ignore[arg-type]


def nx_tcp_socket_mss_set(socket_ptr: "NX_TCP_SOCKET | None", mss: int) -> int:
    """Set the largest segment size to offer and use, if it is below what the interface allows.

    Args:
        socket_ptr (NX_TCP_SOCKET): created socket, not yet connecting.
        mss (int): bytes, at least 1.

    Returns:
        int: NX_SUCCESS; NX_PTR_ERROR (null or not created); NX_NOT_ENABLED; NX_CALLER_ERROR (from an interrupt or a
        timer); NX_SIZE_ERROR (0); NX_NOT_SUCCESSFUL (SYN_SENT or later).

    Source: NetX Duo guide ch. 4.
    """
    return on_socket(socket_ptr, not_isr_not_timer) or _nx_tcp_socket_mss_set(socket_ptr, mss)  # type: ignore[arg-type]


def nx_tcp_socket_mss_peer_get(socket_ptr: "NX_TCP_SOCKET | None", peer_mss: "Any") -> int:
    """Read the segment size the peer offered.

    Args:
        socket_ptr (NX_TCP_SOCKET): created socket.
        peer_mss (Ref[int], out): bytes, as offered; 0 before a handshake.

    Returns:
        int: NX_SUCCESS; NX_PTR_ERROR (a pointer null, or not created); NX_NOT_ENABLED; NX_CALLER_ERROR (not from a
        thread).

    Source: NetX Duo guide ch. 4.
    """
    if no_socket(socket_ptr) or peer_mss is None:
        return NX_PTR_ERROR
    return on_socket(socket_ptr, threads_only) or _nx_tcp_socket_mss_peer_get(socket_ptr, peer_mss)  # type: ignore[arg-type]


def nx_tcp_socket_transmit_configure(
    socket_ptr: "NX_TCP_SOCKET | None", max_queue_depth: int, timeout: int, max_retries: int, timeout_shift: int
) -> int:
    """Set how much a socket may have unacknowledged, and how it repeats.

    Args:
        socket_ptr (NX_TCP_SOCKET): created socket.
        max_queue_depth (int): packets in the transmit queue, at least 1.
        timeout (int): ticks before the first repetition.
        max_retries (int): repetitions before the connection is reset.
        timeout_shift (int): each repetition waits timeout << (repetitions * timeout_shift) ticks.

    Returns:
        int: NX_SUCCESS; NX_PTR_ERROR (null or not created); NX_OPTION_ERROR (queue depth 0); NX_NOT_ENABLED;
        NX_CALLER_ERROR (from an interrupt or a timer).

    Source: NetX Duo guide ch. 4.
    """
    if no_socket(socket_ptr):
        return NX_PTR_ERROR
    if not max_queue_depth:
        return NX_OPTION_ERROR
    return on_socket(socket_ptr, not_isr_not_timer) or _nx_tcp_socket_transmit_configure(
        socket_ptr,  # type: ignore[arg-type]
        max_queue_depth,
        timeout,
        max_retries,
        timeout_shift,
    )


def nx_tcp_socket_receive_queue_max_set(socket_ptr: "NX_TCP_SOCKET | None", receive_queue_maximum: int) -> int:
    """Limit the packets a socket keeps for its readers; further data are not taken.

    Args:
        socket_ptr (NX_TCP_SOCKET): created socket.
        receive_queue_maximum (int): packets.

    Returns:
        int: NX_NOT_SUPPORTED before any check, unless NX_ENABLE_LOW_WATERMARK is set; then NX_SUCCESS; NX_PTR_ERROR
        (null or not created); NX_CALLER_ERROR (from an interrupt).

    Source: NetX Duo guide ch. 4.
    """
    sim = current()
    if not sim.config.NX_ENABLE_LOW_WATERMARK:
        return NX_NOT_SUPPORTED
    if no_socket(socket_ptr):
        return NX_PTR_ERROR
    if not not_isr(sim):
        return NX_CALLER_ERROR
    return _nx_tcp_socket_receive_queue_max_set(socket_ptr, receive_queue_maximum)  # type: ignore[arg-type]
