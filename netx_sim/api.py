"""All public names in one place; ``netx_sim`` hands them out on demand.

Services are handed out with ``diagnose.diagnosing`` around them, so that an argument of the wrong type
is a TypeError that names it.
"""

from netx_sim import constants, constants_ipv6, constants_tx, status
from netx_sim.address import IP_ADDRESS, NXD_ADDRESS
from netx_sim.arp import *
from netx_sim.checked.arp import *
from netx_sim.checked.cores import core_of
from netx_sim.checked.icmp import *
from netx_sim.checked.igmp import *
from netx_sim.checked.ip import *
from netx_sim.checked.ip_interface import *
from netx_sim.checked.ip_raw import *
from netx_sim.checked.ip_route import *
from netx_sim.checked.ipv6 import *
from netx_sim.checked.nd import *
from netx_sim.checked.packet import *
from netx_sim.checked.tcp import *
from netx_sim.checked.threadx_flags import *
from netx_sim.checked.threadx_memory import *
from netx_sim.checked.threadx_sync import *
from netx_sim.checked.threadx_thread import *
from netx_sim.checked.udp import *
from netx_sim.config import Config
from netx_sim.constants import *
from netx_sim.constants_ipv6 import *
from netx_sim.constants_tx import *
from netx_sim.diagnose import diagnosing
from netx_sim.fault import DeviceFault, ForeignThreadError, SimulationDeadlock
from netx_sim.ip import NX_IP
from netx_sim.kernel import Simulation, never_waits, simulation
from netx_sim.kernel.block_pool import TX_BLOCK_POOL
from netx_sim.kernel.byte_pool import TX_BYTE_POOL
from netx_sim.kernel.event_flags import TX_EVENT_FLAGS_GROUP
from netx_sim.kernel.mutex_block import TX_MUTEX
from netx_sim.kernel.queue import TX_QUEUE
from netx_sim.kernel.semaphore import TX_SEMAPHORE
from netx_sim.kernel.thread import tx_kernel_enter
from netx_sim.kernel.thread_block import TX_THREAD
from netx_sim.kernel.timer import TX_TIMER
from netx_sim.leaks import leak_report
from netx_sim.link import (
    NX_INTERFACE,
    NX_IP_DRIVER,
    _nx_arp_packet_deferred_receive,
    _nx_arp_packet_receive,
    _nx_ip_driver_deferred_processing,
    _nx_ip_driver_link_status_event,
    _nx_ip_packet_deferred_receive,
    _nx_ip_packet_receive,
    _nx_rarp_packet_deferred_receive,
    _nx_rarp_packet_receive,
)
from netx_sim.md5 import NX_MD5, _nx_md5_digest_calculate, _nx_md5_initialize, _nx_md5_update
from netx_sim.packet import NX_PACKET, NX_PACKET_POOL, packet_bytes
from netx_sim.ref import Ref
from netx_sim.snapshot import netstat
from netx_sim.status import *
from netx_sim.tcp import *
from netx_sim.udp import *

_PREFIXES = ("nx_", "nxd_", "tx_", "NX_", "NXD_", "TX_", "_nx_md5_")
_SERVICES = ("nx_", "nxd_", "tx_")
_OTHERS = (
    "Config",
    "DeviceFault",
    "ForeignThreadError",
    "IP_ADDRESS",
    "Ref",
    "Simulation",
    "SimulationDeadlock",
    "leak_report",
    "netstat",
    "never_waits",
    "packet_bytes",
    "_nx_arp_packet_deferred_receive",
    "_nx_arp_packet_receive",
    "_nx_ip_driver_deferred_processing",
    "_nx_ip_driver_link_status_event",
    "_nx_ip_packet_deferred_receive",
    "_nx_ip_packet_receive",
    "_nx_rarp_packet_deferred_receive",
    "_nx_rarp_packet_receive",
    "simulation",
    "status_name",
)
_CONSTANTS = [name for module in (constants, constants_ipv6, constants_tx, status) for name in dir(module)]
__all__ = [
    name
    for name, value in globals().items()
    if (name.startswith(_PREFIXES) and (callable(value) or name in _CONSTANTS)) or name in _OTHERS
]

for _name in __all__:
    if _name.startswith(_SERVICES):
        globals()[_name] = diagnosing(globals()[_name], core_of(globals()[_name]))
