"""What all wrappers of drivers share: pass requests on, see received packets, keep checksums on.

A wrapper takes a driver and is one.  Sends go through ``_send``; packets that come in go through
``_received``, which is a hook of the interface (the stack calls hooks from the innermost wrapper
outwards).  Wrappers look at real bytes, so they take back a link's promise to care for checksums.
"""

from netx_drivers.ethernet import SENDS
from netx_sim.constants import (
    NX_INTERFACE_CAPABILITY_CHECKSUM_ALL,
    NX_INTERFACE_CAPABILITY_SET,
    NX_LINK_ENABLE,
    NX_LINK_INITIALIZE,
    NX_LINK_INTERFACE_ATTACH,
    NX_LINK_INTERFACE_DETACH,
    NX_LINK_UNINITIALIZE,
)
from netx_sim.link import NX_IP_DRIVER
from netx_sim.status import NX_SUCCESS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from netx_sim.ip.block import NX_IP
    from netx_sim.link import NX_INTERFACE
    from netx_sim.packet import NX_PACKET

    Driver = Callable[[NX_IP_DRIVER], None]


class Wrapper:
    """A driver around a driver; one wrapper may serve several interfaces of a wire."""

    def __init__(self, driver: "Driver") -> None:
        if not callable(driver):
            raise TypeError(f"driver must be a callable that takes an NX_IP_DRIVER, not {driver!r}")
        self._driver = driver
        self._interfaces: "dict[NX_INTERFACE, NX_IP]" = {}

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of {self._driver!r}>"

    @property
    def real_link(self) -> bool:
        """Does the innermost driver lead out of this process?"""
        return bool(getattr(self._driver, "real_link", False))

    def __call__(self, request: NX_IP_DRIVER) -> None:
        """Do one request of the stack, most of the time by passing it on."""
        command = request.nx_ip_driver_command
        if command in SENDS:
            self._send(request)
        elif command == NX_INTERFACE_CAPABILITY_SET:
            self._pass_capability(request)
        else:
            self._before(request)
            self._driver(request)
            if request.nx_ip_driver_status == NX_SUCCESS:
                self._after(request)

    # -- for wrappers to fill in ----------------------------------------------------------------

    def _send(self, request: NX_IP_DRIVER) -> None:
        """A packet is to be sent."""
        self._driver(request)

    def _received(self, ip_ptr: "NX_IP", packet: "NX_PACKET", ethertype: int) -> bool:
        """A packet came in; False means that it was taken."""
        return True

    def _attached(self, ip_ptr: "NX_IP", interface: "NX_INTERFACE") -> None:
        """An interface came."""

    def _detached(self, ip_ptr: "NX_IP", interface: "NX_INTERFACE") -> None:
        """An interface goes."""

    def _before(self, request: NX_IP_DRIVER) -> None:
        """Any other request, before it is passed on."""
        if request.nx_ip_driver_command in (NX_LINK_UNINITIALIZE, NX_LINK_INTERFACE_DETACH):
            self._forget(request.nx_ip_driver_interface)

    # -- the interfaces -------------------------------------------------------------------------

    def _after(self, request: NX_IP_DRIVER) -> None:
        command = request.nx_ip_driver_command
        if command == NX_LINK_INTERFACE_ATTACH:
            self._remember(request.nx_ip_driver_ptr, request.nx_ip_driver_interface)
        elif command in (NX_LINK_INITIALIZE, NX_LINK_ENABLE):
            self._checksums_on(request)

    def _remember(self, ip_ptr: "NX_IP", interface: "NX_INTERFACE") -> None:
        if interface in self._interfaces:
            return
        self._interfaces[interface] = ip_ptr
        if interface._receive_hooks is None:
            interface._receive_hooks = []
        interface._receive_hooks.append(self._received)
        self._attached(ip_ptr, interface)

    def _forget(self, interface: "NX_INTERFACE") -> None:
        ip_ptr = self._interfaces.pop(interface, None)
        if ip_ptr is None:
            return
        hooks = interface._receive_hooks
        if hooks and self._received in hooks:
            hooks.remove(self._received)
        self._detached(ip_ptr, interface)

    def _checksums_on(self, request: NX_IP_DRIVER) -> None:
        """Have the stack compute and verify checksums, and tell the driver so."""
        interface = request.nx_ip_driver_interface
        kept = interface.nx_interface_capability_flag & ~NX_INTERFACE_CAPABILITY_CHECKSUM_ALL
        if kept != interface.nx_interface_capability_flag:
            notice = NX_IP_DRIVER()
            notice.nx_ip_driver_command = NX_INTERFACE_CAPABILITY_SET
            notice.nx_ip_driver_ptr = request.nx_ip_driver_ptr
            notice.nx_ip_driver_interface = interface
            notice.nx_ip_driver_return_ptr = [kept]
            self._driver(notice)
            interface.nx_interface_capability_flag = kept

    def _pass_capability(self, request: NX_IP_DRIVER) -> None:
        wanted = request.nx_ip_driver_return_ptr
        request.nx_ip_driver_return_ptr = [wanted[0] & ~NX_INTERFACE_CAPABILITY_CHECKSUM_ALL]
        self._driver(request)
        request.nx_ip_driver_return_ptr = wanted


def packet_frame(interface: "NX_INTERFACE", packet: "NX_PACKET") -> "list[memoryview]":
    """A received packet with its link header, which lies in front of the prepend pointer."""
    views = []
    start = packet.nx_packet_prepend_ptr
    if interface.nx_interface_address_mapping_needed:
        start -= 14
    piece: "NX_PACKET | None" = packet
    while piece is not None:
        views.append(piece._mem[start : piece.nx_packet_append_ptr])
        piece = piece.nx_packet_next
        if piece is not None:
            start = piece.nx_packet_prepend_ptr
    return views
