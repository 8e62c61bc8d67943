"""The way out without root: a network of its own behind this process, by libslirp.

Read first: ``port_link.py`` for the requests, ``libslirp.py``.  The instance is 10.0.2.15 in a network where 10.0.2.2
is this computer, its loopback included, and the router to all that this computer reaches.  To the outside its
connections are sockets of this process, so no privileges and no set-up are needed, and nothing can connect to the
instance.  The link is real: from NX_LINK_INITIALIZE on the clock of the simulation is the host's.

Who owns what: a packet to be sent is given back at once, for the library copies it.  A frame for the instance is copied
into packets of its pool while the library calls, and handed up after that, in interrupt context: the library cannot be
called from within its own call.
"""

from ipaddress import IPv4Address, IPv4Network, IPv6Network

from netx_drivers.errors import LinkError
from netx_drivers.ethernet import (
    HEADER,
    Port,
    accepts,
    deliver,
    destination_at,
    ethertype_at,
    frame_start,
    frame_views,
    receive_bytes,
)
from netx_drivers.port_link import PortLink
from netx_sim.constants import (
    NX_INTERFACE_CAPABILITY_ICMPV4_RX_CHECKSUM,
    NX_INTERFACE_CAPABILITY_IPV4_RX_CHECKSUM,
    NX_INTERFACE_CAPABILITY_TCP_RX_CHECKSUM,
    NX_INTERFACE_CAPABILITY_UDP_RX_CHECKSUM,
    NX_LINK_ETHERNET_ARP,
    NX_LINK_ETHERNET_IP,
    NX_TRUE,
)
from netx_sim.link import interface_setup, ip_packets_received
from netx_sim.packet import _nx_packet_release, _nx_packet_transmit_release
from netx_sim.status import NX_NOT_SUCCESSFUL, NX_SUCCESS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from netx_drivers.libslirp import Nat
    from netx_sim.ip.block import NX_IP
    from netx_sim.link import NX_INTERFACE, NX_IP_DRIVER
    from netx_sim.packet import NX_PACKET

__all__ = ["LinkError", "NatNetwork", "NatNetwork6", "UserNatDriver"]

NETWORK = "10.0.2.0/24"
MTU = 1500
MTU_MIN_6 = 1280  # RFC 8200 section 5
MTU_MIN, MTU_MAX = 68, 65521  # RFC 791's limit, and the library's
_ADDRESS = 0x024E0A00020F
_ARP_QUESTION = bytes.fromhex("0001080006040001")  # Ethernet, IPv4, and the lengths of their addresses
_BITS_MAX = 27  # a smaller network has no place for the guest
# The library computes every checksum, and a frame gets here within one process: what could be wrong with it?
_TRUSTED = (
    NX_INTERFACE_CAPABILITY_IPV4_RX_CHECKSUM
    | NX_INTERFACE_CAPABILITY_TCP_RX_CHECKSUM
    | NX_INTERFACE_CAPABILITY_UDP_RX_CHECKSUM
    | NX_INTERFACE_CAPABILITY_ICMPV4_RX_CHECKSUM
)


class NatNetwork:
    """The addresses on a NAT link.

    Args:
        text: the network, "10.0.2.0/24"; empty for that one.

    Raises:
        ValueError: it is none, or too small.
    """

    def __init__(self, text: str = "") -> None:
        self.network = IPv4Network(text or NETWORK)
        if self.network.prefixlen > _BITS_MAX:
            raise ValueError(f"{text}: the prefix length may be at most {_BITS_MAX}")
        self.host = self.router = str(self.network[2])
        self.nameserver = str(self.network[3])
        self.guest = f"{self.network[15]}/{self.network.prefixlen}"


class NatNetwork6:
    """The addresses of IPv6 on a NAT link, which are always the same."""

    network = IPv6Network("fec0::/64")
    host = "fec0::2"
    guest = "fec0::15/64"
    router = "fe80::2"


class UserNatDriver(PortLink):
    """A network of its own for one interface, and a way out of it through sockets of this process.

    Args:
        mtu: largest IP packet, 68 to 65521; the library fills it up to 60 bytes less with TCP data.
        network: the link's addresses, "10.0.2.0/24": the instance is to be .15, this computer is .2, and a name
            server that asks those of this computer is .3.
        ipv6: answer IPv6 as well, in fec0::/64, this computer being fec0::2, and the router fe80::2; mtu from 1280 on.
        behind: address of a host for which the instance forwards, such as a board on a serial line.

    Raises:
        ValueError: an MTU, a network or an address that cannot be.
        LinkError: the library is missing; the message names the package.

    The instance does not verify checksums, since the library has computed them.  A wrapper that damages frames takes
    that back by NX_INTERFACE_CAPABILITY_SET.
    """

    kind = "nat"

    def __init__(self, mtu: int = MTU, network: str = NETWORK, ipv6: bool = False, behind: str = "") -> None:
        super().__init__()
        if not MTU_MIN <= mtu <= MTU_MAX:
            raise ValueError(f"mtu is {MTU_MIN} to {MTU_MAX}, not {mtu}")
        if ipv6 and mtu < MTU_MIN_6:
            raise ValueError(f"mtu is {MTU_MIN_6} at least for IPv6, not {mtu}")
        self._network = NatNetwork(network)
        self._behind = IPv4Address(behind).packed if behind else b""
        from netx_drivers import libslirp

        libslirp.load()
        self._engine = libslirp.Nat
        self._mtu = mtu
        self._ipv6 = ipv6
        self._nat: "Nat | None" = None
        self._inbox: "list[NX_PACKET]" = []
        self._turn_event: "Any" = None
        self._wake_event: "Any" = None

    def __repr__(self) -> str:
        return f"<UserNatDriver {self._network.network}>"

    # -- coming and going -----------------------------------------------------------------------

    def _attach(self, ip_ptr: "NX_IP", interface: "NX_INTERFACE") -> Port:
        port = Port(ip_ptr, interface, _ADDRESS >> 32, _ADDRESS & 0xFFFFFFFF)
        port.capability = _TRUSTED
        return port

    def _initialize(self, port: Port) -> int:
        interface_setup(port.interface, self._mtu, port.msw, port.lsw, NX_TRUE)
        port.interface.nx_interface_capability_flag = port.capability
        if self._nat is not None:
            return NX_SUCCESS
        sim = port.ip_ptr._sim
        try:
            self._nat = nat = self._engine(
                self._network.network, self._mtu, self._ipv6, self._arrived, self._complain, lambda: sim.now_us() * 1000
            )
        except LinkError as error:
            self._complain(error)
            return NX_NOT_SUCCESSFUL
        if self._behind:
            nat.send(_announcement(port, self._behind))
        sim.attach_fd(nat.fileno(), self._on_ready, port)
        self._prepare(port)
        return NX_SUCCESS

    def _leave(self, port: Port) -> None:
        """End all connections."""
        sim = port.ip_ptr._sim
        for event in (self._turn_event, self._wake_event):
            if event is not None:
                sim.call_cancel(event)
        self._turn_event = self._wake_event = None
        nat, self._nat = self._nat, None
        if nat is not None:
            sim.detach_fd(nat.fileno())
            nat.close()
        for packet in self._inbox:
            _nx_packet_release(packet)
        self._inbox = []

    # -- turns ----------------------------------------------------------------------------------

    def _send(self, port: Port, request: "NX_IP_DRIVER") -> int:
        packet = request.nx_ip_driver_packet
        views = frame_views(packet, frame_start(request, port.msw, port.lsw))
        if port.interface.nx_interface_link_up and self._nat is not None:
            port.tx_count += 1
            self._nat.send(views[0] if len(views) == 1 else b"".join(views))
            self._turn_soon(port)
        else:
            port.error_count += 1
        _nx_packet_transmit_release(packet)
        return NX_SUCCESS

    def _turn_soon(self, port: Port) -> None:
        """What the library has for us, and what it waits for now, is seen to at the next poll."""
        if self._turn_event is None:
            sim = port.ip_ptr._sim
            self._turn_event = sim.call_at_us(sim.now_us(), self._on_turn, port)

    def _on_turn(self, port: Port) -> None:
        self._turn_event = None
        self._deliver(port)
        self._prepare(port)

    def _on_wake(self, port: Port) -> None:
        self._wake_event = None
        self._on_ready(port)

    def _on_ready(self, port: Port) -> None:
        """The library has something to do."""
        if self._nat is not None:
            self._nat.turn()
            self._deliver(port)
            self._prepare(port)

    def _prepare(self, port: Port) -> None:
        """Watch the library's descriptors, and have it called when its time is up, or before."""
        if self._nat is None:
            return
        sim = port.ip_ptr._sim
        due = sim.now_us() + self._nat.prepare() * 1000
        wake = self._wake_event
        if wake is None or wake.expiry > due:
            if wake is not None:
                sim.call_cancel(wake)
            self._wake_event = sim.call_at_us(due, self._on_wake, port)

    # -- receiving ------------------------------------------------------------------------------

    def _arrived(self, frame: "Any") -> None:
        """A frame for the instance, from within a call of the library."""
        port = self._port
        if port is None or len(frame) < HEADER:
            return
        receiving = port.rx_enabled and port.interface.nx_interface_link_up
        if not receiving or not accepts(port, destination_at(frame, 0)):
            return
        packet = receive_bytes(port, [frame])
        if packet is None:
            port.alloc_errors += 1
        else:
            self._inbox.append(packet)

    def _deliver(self, port: Port) -> None:
        """Hand up what arrived: IP packets together, the rest one by one."""
        inbox, self._inbox = self._inbox, []
        received = []
        port.rx_count += len(inbox)
        for packet in inbox:
            start = packet.nx_packet_prepend_ptr
            packet.nx_packet_prepend_ptr = start + HEADER
            packet.nx_packet_length -= HEADER
            ethertype = ethertype_at(packet, start)
            if ethertype == NX_LINK_ETHERNET_IP:
                received.append(packet)
            else:
                deliver(port.ip_ptr, port.interface, packet, ethertype)
        ip_packets_received(port.ip_ptr, port.interface, received)


def _announcement(port: Port, address: bytes) -> bytes:
    """RFC 5227 3: the library learns from an announcement where to send frames for an address."""
    hardware = (port.msw << 32 | port.lsw).to_bytes(6, "big")
    ethernet = b"\xff" * 6 + hardware + NX_LINK_ETHERNET_ARP.to_bytes(2, "big")
    return ethernet + _ARP_QUESTION + hardware + address + bytes(6) + address
