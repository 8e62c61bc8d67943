"""The link of a trace replay: a driver that records each frame it is given, and takes the peer's.

It does what the recorded one did: transmitted packets are given back at once, unless it is told to hold them;
a received frame goes into a packet of the instance's default pool, chained if it is longer than a payload, and
is lost (and recorded as lost) when the pool cannot supply it.
"""

from collections.abc import Callable
from typing import Any

from netx_sim.testing.frames import ETHERNET_HEADER, TYPE_ARP, TYPE_IPV4, TYPE_IPV6, be16
from netx_sim.testing.services import public

NX_SUCCESS = 0
_ALIGN = 2  # bytes left free so that the IP header behind an Ethernet header falls on a word
_ARP_COMMANDS = ("NX_LINK_ARP_SEND", "NX_LINK_ARP_RESPONSE_SEND")
_SEND_COMMANDS = ("NX_LINK_PACKET_SEND", "NX_LINK_PACKET_BROADCAST", *_ARP_COMMANDS)

Recorder = Callable[..., None]


class TraceDriver:
    """A link driver (a callable taking an NX_IP_DRIVER) for one instance with one interface."""

    def __init__(self, config: dict[str, Any], record: Recorder) -> None:
        self.ethernet: bool = config["link"] == "ethernet"
        self.mtu: int = config["mtu"]
        self.mac = bytes.fromhex(config.get("hardware_address", "00:11:22:33:44:56").replace(":", ""))
        self.holding = False
        self._record = record
        self._held: list[Any] = []
        self._interface: Any = None
        self._ip: Any = None
        self._pool: Any = None
        self._commands = {public(name): handler for name, handler in self._handlers().items()}

    def _handlers(self) -> dict[str, Callable[[Any], None]]:
        handlers: dict[str, Callable[[Any], None]] = {
            "NX_LINK_INITIALIZE": self._initialize,
            "NX_LINK_ENABLE": lambda _: self._link_set(1),
            "NX_LINK_DISABLE": lambda _: self._link_set(0),
            "NX_LINK_GET_STATUS": self._get_status,
            "NX_LINK_MULTICAST_JOIN": lambda request: self._multicast("multicast_join", request),
            "NX_LINK_MULTICAST_LEAVE": lambda request: self._multicast("multicast_leave", request),
            "NX_LINK_INTERFACE_ATTACH": self._attach,
        }
        for name in _SEND_COMMANDS:
            handlers[name] = self._sender(name)
        return handlers

    def __call__(self, request: Any) -> None:
        """The driver entry."""
        handler = self._commands.get(request.nx_ip_driver_command)
        if handler is None:
            request.nx_ip_driver_status = public("NX_UNHANDLED_COMMAND")
            return
        request.nx_ip_driver_status = NX_SUCCESS
        handler(request)

    def _attach(self, request: Any) -> None:
        self._ip, self._interface = request.nx_ip_driver_ptr, request.nx_ip_driver_interface
        self._pool = self._ip.nx_ip_default_packet_pool

    def _initialize(self, request: Any) -> None:
        ip, index = request.nx_ip_driver_ptr, request.nx_ip_driver_interface.nx_interface_index
        msw, lsw = int.from_bytes(self.mac[:2], "big"), int.from_bytes(self.mac[2:], "big")
        public("nx_ip_interface_mtu_set")(ip, index, self.mtu)
        public("nx_ip_interface_physical_address_set")(ip, index, msw, lsw, 0)
        public("nx_ip_interface_address_mapping_configure")(ip, index, int(self.ethernet))

    def _link_set(self, up: int) -> None:
        self._interface.nx_interface_link_up = up

    def link_change(self, up: int) -> None:
        """The cable is pulled (0) or plugged (1): the stack is told, as by a driver's interrupt."""
        self._link_set(up)
        public("_nx_ip_driver_link_status_event")(self._ip, self._interface.nx_interface_index)

    def _get_status(self, request: Any) -> None:
        request.nx_ip_driver_return_ptr[0] = self._interface.nx_interface_link_up

    def _multicast(self, what: str, request: Any) -> None:
        mac = request.nx_ip_driver_physical_address_msw << 32 | request.nx_ip_driver_physical_address_lsw
        self._record(driver=what, mac=f"{mac:012x}")

    def _sender(self, name: str) -> Callable[[Any], None]:
        def send(request: Any) -> None:
            self._send(name, request)

        return send

    def _send(self, name: str, request: Any) -> None:
        packet = request.nx_ip_driver_packet
        frame = bytes(public("packet_bytes")(packet))
        if self.ethernet:
            frame = self._header(name, request) + frame
        self._record(frame=frame, command=name.removeprefix("NX_LINK_"), packets_in_chain=chain_length(packet))
        if self.holding:
            self._held.append(packet)
        else:
            public("nx_packet_transmit_release")(packet)

    def _header(self, name: str, request: Any) -> bytes:
        packet = request.nx_ip_driver_packet
        if packet.nx_packet_prepend_ptr - packet.nx_packet_data_start < ETHERNET_HEADER:
            self._record(driver="no_room_for_link_header")
        kind = TYPE_IPV6 if packet.nx_packet_ip_version == 6 else TYPE_IPV4
        if name in _ARP_COMMANDS:
            kind = TYPE_ARP
        msw, lsw = request.nx_ip_driver_physical_address_msw, request.nx_ip_driver_physical_address_lsw
        destination: bytes = msw.to_bytes(2, "big") + lsw.to_bytes(4, "big")
        return destination + self.mac + kind.to_bytes(2, "big")

    def hold(self, on: int) -> None:
        """1: keep transmitted packets; 0: give them all back, oldest first."""
        self.holding = bool(on)
        if not on:
            held, self._held = self._held, []
            for packet in held:
                public("nx_packet_transmit_release")(packet)

    def receive(self, frame: bytes, step: int) -> None:
        """The peer's frame arrives."""
        packet = self._packet_for(frame)
        if packet is None:
            self._record(driver="receive_dropped_no_packet", step=step)
            return
        packet.nx_packet_interface_ptr = self._interface
        kind = TYPE_IPV4
        if self.ethernet:
            kind = be16(frame, 12)
            packet.nx_packet_prepend_ptr += ETHERNET_HEADER
            packet.nx_packet_length -= ETHERNET_HEADER
        if kind in (TYPE_IPV4, TYPE_IPV6):
            public("_nx_ip_packet_deferred_receive")(self._ip, packet)
        elif kind == TYPE_ARP:
            public("_nx_arp_packet_deferred_receive")(self._ip, packet)
        else:
            public("nx_packet_release")(packet)

    def _packet_for(self, frame: bytes) -> Any:
        cell = public("Ref")()
        if public("nx_packet_allocate")(self._pool, cell, public("NX_RECEIVE_PACKET"), 0):
            return None
        packet = cell[0]
        if self.ethernet:
            packet.nx_packet_prepend_ptr += _ALIGN
            packet.nx_packet_append_ptr += _ALIGN
        if public("nx_packet_data_append")(packet, frame, len(frame), self._pool, 0):
            public("nx_packet_release")(packet)
            return None
        return packet


def chain_length(packet: Any) -> int:
    """How many packets are chained to this one, itself included."""
    count = 0
    while packet is not None:
        count, packet = count + 1, packet.nx_packet_next
    return count
