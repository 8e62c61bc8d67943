"""The receivers of an instance: the functions that take arriving packets of TCP, UDP, ICMP and IGMP.

Tests of firmware put one of their own in front (`ip.nx_ip_tcp_packet_receive = drop_one`), which looks at a packet,
drops it, or hands it on to the stack's (`_nx_tcp_packet_receive`).
"""

from collections.abc import Callable
from typing import Any

from netx_sim.icmp import _nx_icmp_packet_receive
from netx_sim.igmp import _nx_igmp_packet_receive
from netx_sim.tcp.input import _nx_tcp_packet_receive
from netx_sim.udp.receive import _nx_udp_packet_receive

__all__ = ["FIELDS", "call", "know"]

# The field of NX_IP, and the attribute behind it.
FIELDS = {
    "nx_ip_tcp_packet_receive": "_tcp_receive",
    "nx_ip_udp_packet_receive": "_udp_receive",
    "nx_ip_icmp_packet_receive": "_icmp_receive",
    "nx_ip_igmp_packet_receive": "_igmp_receive",
}
_SHAPE = "VOID (*)(NX_IP *, NX_PACKET *)"
_FUNCTIONS: dict[str, Callable[[Any, Any], None]] = {
    "_nx_tcp_packet_receive": _nx_tcp_packet_receive,
    "_nx_udp_packet_receive": _nx_udp_packet_receive,
    "_nx_icmp_packet_receive": _nx_icmp_packet_receive,
    "_nx_igmp_packet_receive": _nx_igmp_packet_receive,
}


def know(port: Any, functions: dict[tuple[int, str], Any], addresses: dict[int, int]) -> None:
    """Let the stack's receivers and the symbols of C stand for each other."""
    for name, function in _FUNCTIONS.items():
        address = port.symbol(name)
        functions[address, _SHAPE] = function
        addresses[id(function)] = address


def call(port: Any, symbol: str) -> Callable[[int, int], int] | None:
    """What C calls by the name of a receiver; None for another name."""
    if symbol not in _FUNCTIONS:
        return None
    function = _FUNCTIONS[symbol]

    def receive(ip: int, packet: int) -> int:
        port.read_instances()
        function(port.block(ip, "NX_IP"), port.packet(packet))
        port.refresh()
        return 0

    return receive
