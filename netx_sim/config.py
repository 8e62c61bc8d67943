"""Every tunable and build flag of the device's library: name, default, unit, limits, effect, in one table.

A device fixes these when its library is compiled; here each simulation has its own `Config`, made from the table and
overridden by name: `simulation(config={"NX_TCP_MAXIMUM_RETRIES": 3})`. A name the table lacks, or a value outside its
limits, is a ValueError that says so. NX_TCP_ACK_EVERY_N_PACKETS 0 stands for "not defined".
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

_ULONG = 0xFFFFFFFF
_DAY = 86400

# name, default, unit, minimum, maximum, effect
TUNABLES = (
    # POP3 client
    ("NX_POP3_CLIENT_PACKET_TIMEOUT", 100, "ticks", 0, _ULONG, "wait for a packet to send a command with"),
    ("NX_POP3_CLIENT_CONNECTION_TIMEOUT", 3000, "ticks", 0, _ULONG, "wait for the TCP connect"),
    ("NX_POP3_CLIENT_DISCONNECT_TIMEOUT", 1000, "ticks", 0, _ULONG, "wait for the TCP close in the client's delete"),
    ("NX_POP3_TCP_SOCKET_SEND_WAIT", 1000, "ticks", 0, _ULONG, "wait in every command send"),
    ("NX_POP3_SERVER_REPLY_TIMEOUT", 1000, "ticks", 0, _ULONG, "wait for each reply and for each message packet"),
    ("NX_POP3_CLIENT_TCP_WINDOW_SIZE", 1460, "bytes", 1, 0x3FFFFFFF, "receive window of the client's socket"),
    ("NX_POP3_MAX_USERNAME", 40, "characters", 1, 255, "longest user name"),
    ("NX_POP3_MAX_PASSWORD", 20, "characters", 1, 255, "longest password"),
    ("NX_POP3_CLIENT_MAIL_BUFFER_SIZE", 2000, "bytes", 0, _ULONG, "none: the device defines it and never uses it"),
    # Clock and kernel
    ("NX_IP_PERIODIC_RATE", 100, "ticks per second", 10, 1000, "all time computations of the stack"),
    ("TX_TIMER_TICKS_PER_SECOND", 100, "ticks per second", 10, 1000, "the kernel's tick"),
    ("TX_MAX_PRIORITIES", 32, "levels", 32, 1024, "priorities 0 (highest) to this less one"),
    ("TX_MINIMUM_STACK", 200, "bytes", 0, _ULONG, "smallest stack tx_thread_create accepts"),
    ("TX_LINUX_MEMORY_SIZE", 64000, "bytes", 0, _ULONG, "memory handed to tx_application_define"),
    ("TX_TIMER_THREAD_PRIORITY", 0, "priority", 0, 31, "priority of the system timer thread"),
    # Packets
    ("NX_PACKET_ALIGNMENT", 4, "bytes", 1, 4096, "alignment of packet headers and payloads; a power of two"),
    ("NX_PHYSICAL_HEADER", 16, "bytes", 16, 256, "room kept for the link header in front of the IP header"),
    ("NX_PHYSICAL_TRAILER", 4, "bytes", 0, 256, "room kept for the link trailer"),
    ("NX_SIM_PACKET_SIZE", 60, "bytes", 60, 104, "sizeof(NX_PACKET) for pool capacities; 104 counts as a 64-bit host"),
    # IP
    ("NX_MAX_PHYSICAL_INTERFACES", 1, "interfaces", 1, 16, "interfaces of an IP instance, loopback not counted"),
    ("NX_IP_FAST_TIMER_RATE", 10, "divisor of NX_IP_PERIODIC_RATE", 1, 100, "period of the IP instance's fast timer"),
    ("NX_IP_STATUS_CHECK_WAIT_TIME", 1, "ticks", 1, _ULONG, "poll interval of the status checks"),
    ("NX_IP_TIME_TO_LIVE", 128, "hops", 1, 255, "time to live the POP3 client's socket is created with"),
    ("NX_IPV4_MAX_REASSEMBLY_TIME", 15, "seconds", 1, 255, "time to collect the fragments of an IPv4 datagram"),
    ("NX_IP_ROUTING_TABLE_SIZE", 8, "entries", 1, 4096, "static routes of an IP instance"),
    ("NX_IP_RAW_MAX_QUEUE_DEPTH", 20, "packets", 1, _ULONG, "raw packets kept for the application"),
    ("NX_MAX_MULTICAST_GROUPS", 7, "groups", 1, 4096, "IPv4 multicast groups an instance can join"),
    # ARP
    ("NX_ARP_UPDATE_RATE", 10, "seconds", 1, _DAY, "time between repeats of an ARP request"),
    ("NX_ARP_MAXIMUM_RETRIES", 18, "repeats", 1, 1000, "repeats before the entry and its packets are dropped"),
    ("NX_ARP_EXPIRATION_RATE", 0, "seconds", 0, _ULONG, "life of a resolved dynamic entry; 0 for ever"),
    ("NX_ARP_MAX_QUEUE_DEPTH", 4, "packets", 1, 1000, "packets waiting per unresolved address; the oldest is dropped"),
    ("NX_ARP_DEFEND_INTERVAL", 10, "seconds", 0, _DAY, "at most one defence against an address conflict in this time"),
    # TCP
    ("NX_MAX_LISTEN_REQUESTS", 10, "ports", 1, 65535, "listening TCP ports of an IP instance"),
    ("NX_SEARCH_PORT_START", 49152, "port", 1, 65535, "start of the range for NX_ANY_PORT"),
    ("NX_TCP_MAXIMUM_TX_QUEUE", 20, "packets", 1, _ULONG, "unacknowledged packets before a send waits"),
    ("NX_TCP_MAXIMUM_RX_QUEUE", 20, "packets", 1, _ULONG, "receive queue limit, with NX_ENABLE_LOW_WATERMARK"),
    ("NX_TCP_MAXIMUM_RETRIES", 10, "repeats", 0, 1000, "retransmissions before the connection is reset"),
    ("NX_TCP_RETRY_SHIFT", 0, "bits per repeat", 0, 8, "retransmission time is base << (repeats * shift)"),
    ("NX_TCP_TRANSMIT_TIMER_RATE", 1, "divisor of NX_IP_PERIODIC_RATE", 1, 100, "first retransmission time"),
    ("NX_TCP_ACK_TIMER_RATE", 5, "divisor of NX_IP_PERIODIC_RATE", 1, 100, "delay of an acknowledgement"),
    ("NX_TCP_FAST_TIMER_RATE", 10, "divisor of NX_IP_PERIODIC_RATE", 1, 100, "period of the TCP fast timer"),
    ("NX_TCP_ACK_EVERY_N_PACKETS", 0, "segments", 0, _ULONG, "acknowledge at once after this many; 0 never"),
    ("NX_TCP_MAXIMUM_SEGMENT_LIFETIME", 120, "seconds", 1, _DAY, "half of the time spent in TIME_WAIT"),
    ("NX_TCP_KEEPALIVE_INITIAL", 7200, "seconds", 1, _ULONG, "idle time before the first keepalive probe"),
    ("NX_TCP_KEEPALIVE_RETRY", 75, "seconds", 1, _ULONG, "time between keepalive probes"),
    ("NX_TCP_KEEPALIVE_RETRIES", 10, "probes", 1, 1000, "probes before the connection is reset"),
    ("NX_TCP_MSS_MINIMUM", 128, "bytes", 1, 65535, "smallest peer MSS, with NX_ENABLE_TCP_MSS_CHECK"),
    ("NX_TCP_MSS_SIZE", 1460, "bytes", 1, 65535, "MSS reported before a connection exists"),
    # IPv6 and neighbour discovery
    ("NX_MAX_IPV6_ADDRESSES", 3, "addresses", 1, 64, "IPv6 address slots, loopback not counted"),
    ("NX_ND_MAX_QUEUE_DEPTH", 4, "packets", 1, 1000, "packets waiting per unresolved neighbour"),
    ("NX_IPV6_NEIGHBOR_CACHE_SIZE", 16, "entries", 1, 4096, "neighbour cache"),
    ("NX_IPV6_DESTINATION_TABLE_SIZE", 8, "entries", 1, 4096, "next-hop cache"),
    ("NX_IPV6_DEFAULT_ROUTER_TABLE_SIZE", 8, "entries", 1, 4096, "default routers"),
    ("NX_IPV6_PREFIX_LIST_TABLE_SIZE", 8, "entries", 1, 4096, "on-link prefixes"),
    ("NX_IPV6_DAD_TRANSMITS", 3, "solicitations", 1, 255, "sent before an address is taken as unique"),
    ("NX_MAX_MULTICAST_SOLICIT", 3, "solicitations", 1, 255, "sent for an unknown neighbour"),
    ("NX_MAX_UNICAST_SOLICIT", 3, "probes", 1, 255, "sent to a stale neighbour"),
    ("NX_REACHABLE_TIME", 30, "seconds", 1, _DAY, "life of a neighbour's reachable state"),
    ("NX_RETRANS_TIMER", 1000, "milliseconds", 1, _ULONG, "nominal; solicitations are spaced by fast timer events"),
    ("NX_DELAY_FIRST_PROBE_TIME", 5, "seconds", 1, 255, "a neighbour's delay state"),
    ("NX_ICMPV6_MAX_RTR_SOLICITATIONS", 3, "solicitations", 1, 255, "router solicitations sent"),
    ("NX_ICMPV6_RTR_SOLICITATION_INTERVAL", 4, "seconds", 1, _DAY, "time between router solicitations"),
    ("NX_ICMPV6_RTR_SOLICITATION_DELAY", 1, "seconds", 1, _DAY, "time before the first router solicitation"),
    ("NX_IPV6_MAX_REASSEMBLY_TIME", 60, "seconds", 1, 255, "time to collect the fragments of an IPv6 datagram"),
)

# Build flags, all off in a default build: name, effect
FLAGS = (
    ("NX_DISABLE_IPV4", "no IPv4"),
    ("NX_DISABLE_IPV6", "no IPv6"),
    ("NX_DISABLE_ERROR_CHECKING", "services do not check their arguments, and sends do not null the packet variable"),
    ("NX_DISABLE_RESET_DISCONNECT", "a TCP disconnect with wait 0 sends FIN instead of RST"),
    ("NX_DISABLE_FRAGMENTATION", "no IP fragmentation"),
    ("NX_DISABLE_PACKET_CHAIN", "no packet chains"),
    ("NX_DISABLE_LOOPBACK_INTERFACE", "no 127.0.0.1 and no ::1"),
    ("NX_DISABLE_IPV6_DAD", "IPv6 addresses are valid at once"),
    ("NX_DISABLE_TCP_INFO", "no TCP statistics"),
    ("NX_DISABLE_UDP_INFO", "no UDP statistics"),
    ("NX_DISABLE_IP_INFO", "no IP statistics"),
    ("NX_DISABLE_PACKET_INFO", "no packet pool statistics"),
    ("NX_ENABLE_TCP_WINDOW_SCALING", "window scale option; windows up to 2^30 - 1"),
    ("NX_ENABLE_TCP_KEEPALIVE", "keepalive on every TCP socket"),
    ("NX_ENABLE_TCP_MSS_CHECK", "refuse peers whose MSS is below NX_TCP_MSS_MINIMUM"),
    ("NX_ENABLE_TCP_QUEUE_DEPTH_UPDATE_NOTIFY", "callback when the transmit queue has room again"),
    ("NX_ENABLE_EXTENDED_NOTIFY_SUPPORT", "callbacks on SYN, establish, complete disconnect and TIME_WAIT"),
    ("NX_ENABLE_LOW_WATERMARK", "pool low watermark and TCP receive queue limit"),
    ("NX_ENABLE_IP_STATIC_ROUTING", "static routes"),
    ("NX_ENABLE_INTERFACE_CAPABILITY", "the two interface capability services"),
    ("NX_ENABLE_DUAL_PACKET_POOL", "auxiliary packet pool of an IP instance"),
    ("NX_ENABLE_PACKET_DEBUG_INFO", "debug fields in each packet"),
    ("NX_ENABLE_IPV6_ADDRESS_CHANGE_NOTIFY", "callback on changes of IPv6 addresses"),
    ("NX_DRIVER_DEFERRED_PROCESSING", "a driver hands received packets over as deferred work"),
    ("TX_DISABLE_NOTIFY_CALLBACKS", "ThreadX notify services answer TX_FEATURE_NOT_ENABLED"),
)

_LIMITS = {row[0]: row for row in TUNABLES}
_FLAG_NAMES = tuple([row[0] for row in FLAGS])
_NAMES = tuple([row[0] for row in TUNABLES]) + _FLAG_NAMES


class Config:
    """The tunables (int) and build flags (bool) of one simulation, an attribute each, named as in the tables above.

    Args:
        overrides (mapping, optional): name to value.
        named: the same as keyword arguments.

    Raises:
        ValueError: unknown name, or a value outside the limits.
    """

    __slots__ = _NAMES

    if TYPE_CHECKING:

        def __getattr__(self, name: str) -> int: ...

    def __init__(self, overrides: "Mapping[str, int] | None" = None, **named: int) -> None:
        for row in TUNABLES:
            setattr(self, row[0], row[1])
        for flag in _FLAG_NAMES:
            setattr(self, flag, False)
        for mapping in (overrides or {}, named):
            for name in mapping:
                setattr(self, name, _checked(name, mapping[name]))

    def __repr__(self) -> str:
        changed = [f"{name}={getattr(self, name)!r}" for name in _NAMES if getattr(self, name) != default(name)]
        return "Config(" + ", ".join(changed) + ")"


def default(name: str) -> int:
    """The value of a tunable or flag in a default build."""
    return _LIMITS[name][1] if name in _LIMITS else False


def _checked(name: str, value: int) -> int:
    """`value` if `name` may have it, else ValueError."""
    if name in _FLAG_NAMES:
        if value in (0, 1):
            return bool(value)
        raise ValueError(f"{name} is a build flag, on or off: {value!r} is neither True nor False")
    if name not in _LIMITS:
        raise ValueError(f"unknown configuration name {name}{_suggestion(name)}")
    _, _, unit, minimum, maximum, _ = _LIMITS[name]
    if not isinstance(value, int):
        raise ValueError(f"{name} takes an integer ({unit}), not {value!r}")
    if not minimum <= value <= maximum:
        raise ValueError(f"{name} = {value} is out of range: {minimum} to {maximum} {unit}")
    if name == "NX_PACKET_ALIGNMENT" and value & (value - 1):
        raise ValueError(f"{name} = {value} is not a power of two")
    return value


def _suggestion(name: str) -> str:
    close = _close_matches(name.upper())
    return "; did you mean " + " or ".join(close) + "?" if close else ""


def _close_matches(name: str) -> "list[str]":
    """Names like `name`. A board has no difflib: there, names that contain it or are contained in it."""
    try:
        from difflib import get_close_matches
    except ImportError:
        return [known for known in _NAMES if name in known or known in name][:3]
    return get_close_matches(name, _NAMES, 3, 0.6) or [known for known in _NAMES if name in known][:3]
