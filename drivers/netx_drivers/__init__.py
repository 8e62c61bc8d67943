"""Link drivers for ``netx_sim``: simulated wires, Linux TAP, NAT without root, and wrappers for faults and captures.

A driver is any callable that takes an ``NX_IP_DRIVER`` request, so everything here can be given to
``nx_ip_create`` and ``nx_ip_interface_attach``.  The names below are loaded when they are first used;
boards import the one submodule they need.
"""

_HOMES = {
    "Capture": "capture",
    "CaptureFile": "capture",
    "Deliver": "faults",
    "DROP": "faults",
    "Faults": "faults",
    "FrameInfo": "faults",
    "LinkError": "tap",
    "PASS": "faults",
    "RamWire": "ram",
    "SlipDriver": "slip",
    "SlipWire": "slip_wire",
    "TapDriver": "tap",
    "UserNatDriver": "user_nat",
    "driver_for_url": "url",
    "nx_ram_network_driver": "ram",
}

__all__ = sorted(_HOMES)  # noqa: PLE0605 - one table names both the export and its home

TYPE_CHECKING = False
if TYPE_CHECKING:
    from netx_drivers.capture import Capture, CaptureFile
    from netx_drivers.faults import DROP, PASS, Deliver, Faults, FrameInfo
    from netx_drivers.ram import RamWire, nx_ram_network_driver
    from netx_drivers.slip import SlipDriver
    from netx_drivers.slip_wire import SlipWire
    from netx_drivers.tap import LinkError, TapDriver
    from netx_drivers.url import driver_for_url
    from netx_drivers.user_nat import UserNatDriver


def __getattr__(name: str) -> object:
    """Load the submodule that holds ``name``."""
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError("module 'netx_drivers' has no attribute '" + name + "'")
    module = __import__("netx_drivers." + home, None, None, (name,))
    return getattr(module, name)
