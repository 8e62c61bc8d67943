"""All public names in one place; ``netx_sim`` hands them out on demand."""

import importlib

_MODULES = (
    "constants",
    "constants_tx",
    "status",
    "ref",
    "config",
    "fault",
    "address",
    "kernel",
    "kernel.thread_block",
    "kernel.mutex_block",
    "kernel.timer",
    "kernel.semaphore",
    "kernel.event_flags",
    "kernel.thread",
    "kernel.queue",
    "kernel.byte_pool",
    "kernel.block_pool",
    "packet",
    "link",
    "md5",
    "ip",
    "arp",
    "tcp",
    "udp",
    "snapshot",
    "checked.packet",
    "checked.threadx_thread",
    "checked.threadx_sync",
    "checked.threadx_memory",
    "checked.ip",
    "checked.ip_raw",
    "checked.arp",
    "checked.icmp",
    "checked.igmp",
    "checked.udp",
    "checked.tcp",
)
_PREFIXES = ("nx_", "nxd_", "tx_", "NX_", "NXD_", "TX_", "IP_ADDRESS", "_nx_")
_NAMES = (
    "Config",
    "DeviceFault",
    "ForeignThreadError",
    "Ref",
    "SimulationDeadlock",
    "netstat",
    "never_waits",
    "packet_bytes",
    "simulation",
    "status_name",
)
__all__ = []
for _module in _MODULES:
    try:
        _found = vars(importlib.import_module("netx_sim." + _module))
    except ModuleNotFoundError as _error:
        if not str(_error.name).startswith("netx_sim"):
            raise
        continue
    for _name, _value in _found.items():
        if _name.startswith(_PREFIXES) or _name in _NAMES:
            globals()[_name] = _value
            __all__.append(_name)
