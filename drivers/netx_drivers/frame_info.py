"""A frame as fault rules see it: its bytes, its place in the traffic, and the fields one asks for."""

from netx_drivers.ethernet import HEADER
from netx_drivers.tap_offload import tcp_offset
from netx_sim.wire import tcp

TYPE_CHECKING = False
if TYPE_CHECKING:
    from netx_sim.ip.block import NX_IP
    from netx_sim.link import NX_INTERFACE

_ARP = 0x0806
_IPV4 = 0x0800
_IPV6 = 0x86DD


class FrameInfo:
    """One frame on its way.

    Attributes:
        data (bytes): the whole frame, link header included where the link has one.
        number (int): from 1, counted over everything the wrapper sees.
        sent (bool): leaving the instance; False for a frame that comes in.
        time_us (int): when.
        ip_ptr, interface: whose it is.
        ethertype (int): as on Ethernet, also for links without a header.
        packet (bytes): the IP packet or ARP message.
    """

    __slots__ = ("data", "ethertype", "interface", "ip_ptr", "number", "packet", "sent", "time_us")

    def __init__(self, ip_ptr: "NX_IP", interface: "NX_INTERFACE", data: bytes, number: int, sent: bool) -> None:
        self.ip_ptr = ip_ptr
        self.interface = interface
        self.data = data
        self.number = number
        self.sent = sent
        self.time_us = ip_ptr._sim.now_us()
        if interface.nx_interface_address_mapping_needed:
            self.ethertype = int.from_bytes(data[12:HEADER], "big")
            self.packet = data[HEADER:]
        else:
            self.ethertype = _IPV6 if data[:1] >= b"\x60" else _IPV4
            self.packet = data

    def __repr__(self) -> str:
        way = "out" if self.sent else "in"
        return f"<FrameInfo {self.number} {way} 0x{self.ethertype:04x} {len(self.data)} bytes>"

    @property
    def is_arp(self) -> bool:
        """An ARP message?"""
        return self.ethertype == _ARP

    @property
    def is_ip(self) -> bool:
        """An IP packet of either version?"""
        return self.ethertype in (_IPV4, _IPV6)

    @property
    def protocol(self) -> int:
        """Protocol number of an IPv4 packet, next header of an IPv6 one; -1 for others, and for half a header."""
        if not self._whole_header():
            return -1
        return self.packet[9 if self.ethertype == _IPV4 else 6]

    def _whole_header(self) -> bool:
        return self.is_ip and len(self.packet) >= (20 if self.ethertype == _IPV4 else 40)

    def _tcp_at(self) -> int:
        """Offset of the TCP header in ``packet``; 0 if there is none, or only a part of a segment."""
        return tcp_offset(self.packet, 0) if self._whole_header() else 0

    @property
    def tcp(self) -> "tcp.TcpHeader | None":
        """The TCP header, or None."""
        at = self._tcp_at()
        return tcp.parse(self.packet, at, len(self.packet)) if at else None

    @property
    def tcp_data(self) -> bytes:
        """The bytes a TCP segment carries; empty for anything else."""
        at, header = self._tcp_at(), self.tcp
        if header is None:
            return b""
        return self.packet[at + header.header_length : self._ip_length()]

    def _ip_length(self) -> int:
        """Length of the IP packet by its own header: link padding does not count."""
        if self.ethertype == _IPV6:
            return 40 + int.from_bytes(self.packet[4:6], "big")
        return int.from_bytes(self.packet[2:4], "big")
