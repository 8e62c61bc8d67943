"""The counters of an instance's UDP and of a socket."""

from netx_sim.udp.block import write_those_wanted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from netx_sim.ip.block import NX_IP
    from netx_sim.udp.block import NX_UDP_SOCKET


def _nx_udp_info_get(
    ip_ptr: "NX_IP",
    udp_packets_sent: "Any",
    udp_bytes_sent: "Any",
    udp_packets_received: "Any",
    udp_bytes_received: "Any",
    udp_invalid_packets: "Any",
    udp_receive_packets_dropped: "Any",
    udp_checksum_errors: "Any",
) -> int:
    kept = 0 if ip_ptr._sim.config.NX_DISABLE_UDP_INFO else 1
    return write_those_wanted(
        (udp_packets_sent, ip_ptr.nx_ip_udp_packets_sent * kept),
        (udp_bytes_sent, ip_ptr.nx_ip_udp_bytes_sent * kept),
        (udp_packets_received, ip_ptr.nx_ip_udp_packets_received * kept),
        (udp_bytes_received, ip_ptr.nx_ip_udp_bytes_received * kept),
        (udp_invalid_packets, ip_ptr.nx_ip_udp_invalid_packets * kept),
        (udp_receive_packets_dropped, ip_ptr.nx_ip_udp_receive_packets_dropped * kept),
        (udp_checksum_errors, ip_ptr.nx_ip_udp_checksum_errors * kept),
    )


def _nx_udp_socket_info_get(
    socket_ptr: "NX_UDP_SOCKET",
    udp_packets_sent: "Any",
    udp_bytes_sent: "Any",
    udp_packets_received: "Any",
    udp_bytes_received: "Any",
    udp_packets_queued: "Any",
    udp_receive_packets_dropped: "Any",
    udp_checksum_errors: "Any",
) -> int:
    kept = 0 if socket_ptr.nx_udp_socket_ip_ptr._sim.config.NX_DISABLE_UDP_INFO else 1  # type: ignore[union-attr]
    return write_those_wanted(
        (udp_packets_sent, socket_ptr.nx_udp_socket_packets_sent * kept),
        (udp_bytes_sent, socket_ptr.nx_udp_socket_bytes_sent * kept),
        (udp_packets_received, socket_ptr.nx_udp_socket_packets_received * kept),
        (udp_bytes_received, socket_ptr.nx_udp_socket_bytes_received * kept),
        (udp_packets_queued, len(socket_ptr._queue)),
        (udp_receive_packets_dropped, socket_ptr.nx_udp_socket_packets_dropped * kept),
        (udp_checksum_errors, socket_ptr.nx_udp_socket_checksum_errors * kept),
    )
