"""UDP services: the checks of the device's error-checking layer, in its order.

Read first: NetX Duo guide, chapter 4, UDP services. The work is in ``netx_sim.udp``. Here: the instance's UDP, sockets
and ports; what moves datagrams is in ``udp_data.py``.
"""

from netx_sim.checked.callers import not_isr, not_isr_not_timer, threads_only
from netx_sim.checked.udp_data import (
    nx_udp_packet_info_extract,
    nx_udp_socket_bytes_available,
    nx_udp_socket_receive,
    nx_udp_socket_receive_notify,
    nx_udp_socket_send,
    nx_udp_socket_source_send,
    nx_udp_source_extract,
    nxd_udp_packet_info_extract,
    nxd_udp_socket_send,
    nxd_udp_socket_source_send,
    nxd_udp_source_extract,
)
from netx_sim.constants import (
    NX_DONT_FRAGMENT,
    NX_FRAGMENT_OKAY,
    NX_IP_ID,
    NX_IP_TIME_TO_LIVE_MASK,
    NX_IP_TOS_MASK,
    NX_MAX_PORT,
    NX_UDP_ID,
)
from netx_sim.status import (
    NX_ALREADY_ENABLED,
    NX_CALLER_ERROR,
    NX_INVALID_PORT,
    NX_NOT_ENABLED,
    NX_OPTION_ERROR,
    NX_PTR_ERROR,
)
from netx_sim.udp.block import NX_UDP_SOCKET, ip_of
from netx_sim.udp.info import _nx_udp_info_get, _nx_udp_socket_info_get
from netx_sim.udp.receive import _nx_udp_enable
from netx_sim.udp.socket import (
    _nx_udp_free_port_find,
    _nx_udp_socket_bind,
    _nx_udp_socket_checksum_disable,
    _nx_udp_socket_checksum_enable,
    _nx_udp_socket_create,
    _nx_udp_socket_delete,
    _nx_udp_socket_port_get,
    _nx_udp_socket_unbind,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from netx_sim.ip.block import NX_IP

__all__ = [
    "nx_udp_enable",
    "nx_udp_free_port_find",
    "nx_udp_info_get",
    "nx_udp_packet_info_extract",
    "nx_udp_socket_bind",
    "nx_udp_socket_bytes_available",
    "nx_udp_socket_checksum_disable",
    "nx_udp_socket_checksum_enable",
    "nx_udp_socket_create",
    "nx_udp_socket_delete",
    "nx_udp_socket_info_get",
    "nx_udp_socket_port_get",
    "nx_udp_socket_receive",
    "nx_udp_socket_receive_notify",
    "nx_udp_socket_send",
    "nx_udp_socket_source_send",
    "nx_udp_socket_unbind",
    "nx_udp_source_extract",
    "nxd_udp_packet_info_extract",
    "nxd_udp_socket_send",
    "nxd_udp_socket_source_send",
    "nxd_udp_source_extract",
]


def nx_udp_enable(ip_ptr: "NX_IP | None") -> int:
    """Bring UDP into an IP instance.

    Args:
        ip_ptr (NX_IP): created instance.

    Returns:
        int: NX_SUCCESS; NX_PTR_ERROR (null or not created); NX_ALREADY_ENABLED; NX_CALLER_ERROR (from an interrupt).

    Source: NetX Duo guide ch. 4.
    """
    if ip_ptr is None or ip_ptr.nx_ip_id != NX_IP_ID:
        return NX_PTR_ERROR
    if ip_ptr._udp_receive is not None:
        return NX_ALREADY_ENABLED
    if not not_isr(ip_ptr._sim):
        return NX_CALLER_ERROR
    return _nx_udp_enable(ip_ptr)


def nx_udp_info_get(
    ip_ptr: "NX_IP | None",
    udp_packets_sent: "Any",
    udp_bytes_sent: "Any",
    udp_packets_received: "Any",
    udp_bytes_received: "Any",
    udp_invalid_packets: "Any",
    udp_receive_packets_dropped: "Any",
    udp_checksum_errors: "Any",
) -> int:
    """Read the UDP counters of an IP instance; each output may be None.

    Args:
        ip_ptr (NX_IP): created instance.
        udp_packets_sent (Ref[int], out): datagrams given to IP.
        udp_bytes_sent (Ref[int], out): data bytes in them.
        udp_packets_received (Ref[int], out): datagrams from IP, less those found to have a wrong checksum.
        udp_bytes_received (Ref[int], out): data bytes in them.
        udp_invalid_packets (Ref[int], out): refused for their length or checksum.
        udp_receive_packets_dropped (Ref[int], out): dropped from full receive queues.
        udp_checksum_errors (Ref[int], out): found by receive calls to have a wrong checksum.

    Returns:
        int: NX_SUCCESS; NX_PTR_ERROR (null or not created); NX_NOT_ENABLED; NX_CALLER_ERROR (from an interrupt).

    Source: NetX Duo guide ch. 4.
    """
    if ip_ptr is None or ip_ptr.nx_ip_id != NX_IP_ID:
        return NX_PTR_ERROR
    if ip_ptr._udp_receive is None:
        return NX_NOT_ENABLED
    if not not_isr(ip_ptr._sim):
        return NX_CALLER_ERROR
    return _nx_udp_info_get(
        ip_ptr,
        udp_packets_sent,
        udp_bytes_sent,
        udp_packets_received,
        udp_bytes_received,
        udp_invalid_packets,
        udp_receive_packets_dropped,
        udp_checksum_errors,
    )


def nx_udp_free_port_find(ip_ptr: "NX_IP | None", port: int, free_port_ptr: "Any") -> int:
    """Find a UDP port that no socket is bound to.

    Args:
        ip_ptr (NX_IP): created instance.
        port (int): where to start, 1..65535; after 65535 the search goes on at 49152.
        free_port_ptr (Ref[int], out): the port found; it is not reserved.

    Returns:
        int: NX_SUCCESS; NX_PTR_ERROR (a pointer null, instance not created); NX_NOT_ENABLED; NX_INVALID_PORT (0 or
        above 65535); NX_CALLER_ERROR (not from a thread); NX_NO_FREE_PORTS.

    Source: NetX Duo guide ch. 4.
    """
    if ip_ptr is None or free_port_ptr is None or ip_ptr.nx_ip_id != NX_IP_ID:
        return NX_PTR_ERROR
    if ip_ptr._udp_receive is None:
        return NX_NOT_ENABLED
    if not 0 < port <= NX_MAX_PORT:
        return NX_INVALID_PORT
    if not threads_only(ip_ptr._sim):
        return NX_CALLER_ERROR
    return _nx_udp_free_port_find(ip_ptr, port, free_port_ptr)


def nx_udp_socket_create(
    ip_ptr: "NX_IP | None",
    socket_ptr: "NX_UDP_SOCKET | None",
    name: "Any",
    type_of_service: int,
    fragment: int,
    time_to_live: int,
    queue_maximum: int,
) -> int:
    """Create a UDP socket.

    Args:
        ip_ptr (NX_IP): created instance.
        socket_ptr (NX_UDP_SOCKET): empty control block.
        name (str or bytes): shown in reports.
        type_of_service (int): NX_IP_NORMAL ... NX_IP_MIN_COST, for the IP headers.
        fragment (int): NX_FRAGMENT_OKAY or NX_DONT_FRAGMENT.
        time_to_live (int): hops; its low 8 bits count.
        queue_maximum (int): datagrams kept for readers; one more drops the oldest.

    Returns:
        int: NX_SUCCESS; NX_PTR_ERROR (a pointer null, instance not created, or the socket already is); NX_CALLER_ERROR
        (from an interrupt or a timer); NX_NOT_ENABLED; NX_OPTION_ERROR (bits outside the type of service, another
        fragment option, a time to live above 0xFF000000).

    Source: NetX Duo guide ch. 4.
    """
    if ip_ptr is None or socket_ptr is None or ip_ptr.nx_ip_id != NX_IP_ID:
        return NX_PTR_ERROR
    if not not_isr_not_timer(ip_ptr._sim):
        return NX_CALLER_ERROR
    if socket_ptr in ip_ptr.nx_ip_udp_created_sockets_ptr:
        return NX_PTR_ERROR
    if ip_ptr._udp_receive is None:
        return NX_NOT_ENABLED
    if type_of_service & ~NX_IP_TOS_MASK or fragment not in (NX_FRAGMENT_OKAY, NX_DONT_FRAGMENT):
        return NX_OPTION_ERROR
    if time_to_live > NX_IP_TIME_TO_LIVE_MASK:
        # Meant for a shifted value, so that hardly any is refused; the device does the same.
        return NX_OPTION_ERROR
    return _nx_udp_socket_create(ip_ptr, socket_ptr, name, type_of_service, fragment, time_to_live, queue_maximum)


def _on_socket(socket_ptr: "NX_UDP_SOCKET | None", allowed: "Callable[[Any], bool]") -> int:
    """The checks most socket services begin with: a created socket, UDP enabled, an allowed caller; 0 if all hold."""
    if socket_ptr is None or socket_ptr.nx_udp_socket_id != NX_UDP_ID:
        return NX_PTR_ERROR
    ip_ptr = ip_of(socket_ptr)
    if ip_ptr._udp_receive is None:
        return NX_NOT_ENABLED
    if not allowed(ip_ptr._sim):
        return NX_CALLER_ERROR
    return 0


def nx_udp_socket_delete(socket_ptr: "NX_UDP_SOCKET | None") -> int:
    """Delete an unbound socket.

    Args:
        socket_ptr (NX_UDP_SOCKET): created socket.

    Returns:
        int: NX_SUCCESS; NX_PTR_ERROR (null or not created); NX_NOT_ENABLED; NX_CALLER_ERROR (not from a thread);
        NX_STILL_BOUND. A thread that waits to bind it is not noticed; its bind may still succeed.

    Source: NetX Duo guide ch. 4.
    """
    return _on_socket(socket_ptr, threads_only) or _nx_udp_socket_delete(socket_ptr)  # type: ignore[arg-type]


def nx_udp_socket_bind(socket_ptr: "NX_UDP_SOCKET | None", port: int, wait_option: int) -> int:
    """Bind a socket to a port, waiting for one that is in use.

    Args:
        socket_ptr (NX_UDP_SOCKET): created socket.
        port (int): 1..65535, or NX_ANY_PORT for any free one from 49152 up.
        wait_option (int): ticks to wait for the port.

    Returns:
        int: NX_SUCCESS; NX_PTR_ERROR (null or not created); NX_NOT_ENABLED; NX_INVALID_PORT (above 65535);
        NX_CALLER_ERROR (not from a thread); NX_ALREADY_BOUND (bound, or a thread waits to bind it); NX_NO_FREE_PORTS;
        NX_PORT_UNAVAILABLE (in use and wait 0, the wait ran out, or the socket was unbound meanwhile);
        NX_WAIT_ABORTED.

    Blocks: up to wait_option ticks; waiters get the port in the order of arrival.
    Source: NetX Duo guide ch. 4.
    """
    if socket_ptr is None or socket_ptr.nx_udp_socket_id != NX_UDP_ID:
        return NX_PTR_ERROR
    ip_ptr = ip_of(socket_ptr)
    if ip_ptr._udp_receive is None:
        return NX_NOT_ENABLED
    if not 0 <= port <= NX_MAX_PORT:
        return NX_INVALID_PORT
    if not threads_only(ip_ptr._sim):
        return NX_CALLER_ERROR
    return _nx_udp_socket_bind(socket_ptr, port, wait_option)


def nx_udp_socket_unbind(socket_ptr: "NX_UDP_SOCKET | None") -> int:
    """Unbind a socket: queued datagrams are released, its readers and the thread that waits to bind it are sent away.

    Args:
        socket_ptr (NX_UDP_SOCKET): created socket.

    Returns:
        int: NX_SUCCESS; NX_PTR_ERROR (null or not created); NX_NOT_ENABLED; NX_CALLER_ERROR (not from a thread);
        NX_NOT_BOUND.

    Source: NetX Duo guide ch. 4.
    """
    return _on_socket(socket_ptr, threads_only) or _nx_udp_socket_unbind(socket_ptr)  # type: ignore[arg-type]


def nx_udp_socket_port_get(socket_ptr: "NX_UDP_SOCKET | None", port_ptr: "Any") -> int:
    """Read the port a socket is bound to.

    Args:
        socket_ptr (NX_UDP_SOCKET): created socket.
        port_ptr (Ref[int], out): the port; untouched on error.

    Returns:
        int: NX_SUCCESS; NX_PTR_ERROR (a pointer null, socket not created); NX_NOT_ENABLED; NX_CALLER_ERROR (not from
        a thread); NX_NOT_BOUND.

    Source: NetX Duo guide ch. 4.
    """
    if port_ptr is None:
        return NX_PTR_ERROR
    return _on_socket(socket_ptr, threads_only) or _nx_udp_socket_port_get(socket_ptr, port_ptr)  # type: ignore[arg-type]


def nx_udp_socket_checksum_enable(socket_ptr: "NX_UDP_SOCKET | None") -> int:
    """Send and verify checksums again, as a new socket does.

    Args:
        socket_ptr (NX_UDP_SOCKET): bound socket.

    Returns:
        int: NX_SUCCESS; NX_PTR_ERROR (null or not created); NX_NOT_ENABLED; NX_CALLER_ERROR (from an interrupt);
        NX_NOT_BOUND.

    Source: NetX Duo guide ch. 4.
    """
    return _on_socket(socket_ptr, not_isr) or _nx_udp_socket_checksum_enable(socket_ptr)  # type: ignore[arg-type]


def nx_udp_socket_checksum_disable(socket_ptr: "NX_UDP_SOCKET | None") -> int:
    """Send no checksums over IPv4, and do not look at those received; IPv6 is not affected.

    Args:
        socket_ptr (NX_UDP_SOCKET): bound socket.

    Returns:
        int: as ``nx_udp_socket_checksum_enable``.

    Source: NetX Duo guide ch. 4.
    """
    return _on_socket(socket_ptr, not_isr) or _nx_udp_socket_checksum_disable(socket_ptr)  # type: ignore[arg-type]


def nx_udp_socket_info_get(
    socket_ptr: "NX_UDP_SOCKET | None",
    udp_packets_sent: "Any",
    udp_bytes_sent: "Any",
    udp_packets_received: "Any",
    udp_bytes_received: "Any",
    udp_packets_queued: "Any",
    udp_receive_packets_dropped: "Any",
    udp_checksum_errors: "Any",
) -> int:
    """Read the counters of a socket; each output may be None.

    Args:
        socket_ptr (NX_UDP_SOCKET): created socket.
        udp_packets_sent (Ref[int], out): datagrams given to IP.
        udp_bytes_sent (Ref[int], out): data bytes in them.
        udp_packets_received (Ref[int], out): datagrams that arrived, less those found to have a wrong checksum.
        udp_bytes_received (Ref[int], out): data bytes in them.
        udp_packets_queued (Ref[int], out): datagrams waiting for a reader.
        udp_receive_packets_dropped (Ref[int], out): dropped from the full receive queue.
        udp_checksum_errors (Ref[int], out): found by receive calls to have a wrong checksum.

    Returns:
        int: NX_SUCCESS; NX_PTR_ERROR (null or not created); NX_NOT_ENABLED; NX_CALLER_ERROR (from an interrupt).

    Source: NetX Duo guide ch. 4.
    """
    return _on_socket(socket_ptr, not_isr) or _nx_udp_socket_info_get(
        socket_ptr,  # type: ignore[arg-type]
        udp_packets_sent,
        udp_bytes_sent,
        udp_packets_received,
        udp_bytes_received,
        udp_packets_queued,
        udp_receive_packets_dropped,
        udp_checksum_errors,
    )
