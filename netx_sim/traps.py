"""Traps of the device below POP3: where NetX does something that a reader of its guide does not expect.

The host does the same, and says so: `trapped(id)` stands at the line that makes the behaviour.  It goes to the
diagnostics as kind `trap`, on CPython to the logger `netx_sim.trap`: a warning where something is lost, information
where the device merely takes its time.  The quirks of the POP3 client are in `netx_pop3.quirks`.
"""

from netx_sim.diagnostics import report

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

# id, does harm, what the device does, consequence, remedy
_ROWS = (
    (
        "Q-ARP-KEEPS",
        True,
        "packets to a host that does not answer ARP stay in the ARP queue, even after their socket is deleted",
        "up to NX_ARP_MAX_QUEUE_DEPTH (4) packets are missing from their pool until ARP gives up, about 190 s later",
        "count them in when sizing the pool, or delete the entry with nx_arp_dynamic_entries_invalidate",
    ),
    (
        "Q-ARP-OVERFLOW",
        True,
        "of more than NX_ARP_MAX_QUEUE_DEPTH (4) packets that wait for an address, the oldest is dropped",
        "a burst of datagrams to a new host loses its beginning; no status tells the sender",
        "send one packet first, or make a static entry with nx_arp_static_entry_create",
    ),
    (
        "Q-ND-OVERFLOW",
        True,
        "of more than NX_ND_MAX_QUEUE_DEPTH (4) packets that wait for an IPv6 neighbour, the oldest is dropped",
        "a burst of datagrams to a new neighbour loses its beginning; no status tells the sender",
        "send one packet first, or make a static entry with nxd_nd_cache_entry_set",
    ),
    (
        "Q-ND-FULL",
        True,
        "there is room for NX_IPV6_DESTINATION_TABLE_SIZE (8) destinations, each as long as its neighbour is known",
        "packets to a ninth vanish; the send returned NX_SUCCESS",
        "raise the table's size, or make room with nxd_nd_cache_entry_delete",
    ),
    (
        "Q-CONNECT-11S",
        False,
        "a connect ends when the repeats of the SYN have run out, before the wait the application asked for",
        "NX_NOT_CONNECTED after about 11 s with default retries",
        "raise NX_TCP_MAXIMUM_RETRIES, or the socket's retries with nx_tcp_socket_transmit_configure",
    ),
    (
        "Q-LATE-ACK",
        False,
        "data that fill less than half of the receive window are acknowledged 200 ms late",
        "a peer that waits for the acknowledgement, as with a window of one segment, sends five segments a second",
        "give the socket a window of several segments; NX_TCP_ACK_EVERY_N_PACKETS acknowledges at once",
    ),
    (
        "Q-CONTROL-LOST",
        True,
        "a SYN, ACK, FIN or RST is not sent when no packet is free for it, or payloads are smaller than its headers",
        "nobody is told; SYN and FIN are repeated a second later, an ACK or RST is not",
        "keep packets free in the instance's default pool, with payloads of at least 88 bytes",
    ),
    (
        "Q-MTU-DROP",
        True,
        "a datagram longer than the MTU is dropped where fragmentation is off or forbidden",
        "the send returned NX_SUCCESS, nothing is on the wire",
        "call nx_ip_fragment_enable after nx_ip_create",
    ),
    (
        "Q-UDP-OVERFLOW",
        True,
        "a datagram too many for a socket's queue pushes the oldest one out",
        "what the application reads next is not what came next",
        "raise the queue_maximum of nx_udp_socket_create, or read sooner",
    ),
    (
        "Q-NO-ROUTE-DROP",
        True,
        "a packet without a way to its destination is taken and dropped",
        "the send returned NX_SUCCESS, nothing is on the wire",
        "check the route first: nx_ip_gateway_address_set, nx_ip_status_check for the link",
    ),
)

# What raises DeviceFault: id, what was done, what the device does.
FAULTS: "dict[str, tuple[str, str]]" = {
    "Q-COPY-OFFSET": ("nx_packet_copy into payloads smaller than the data's offset", "makes a malformed packet"),
    "Q-UDP-EXTRACT-FRESH": ("the source of a packet that was never received", "crashes: there is no header to read"),
    "NX-IPV6-OFF": ("the payload offset for IPv6 on an instance without", "reads wild memory through an empty address"),
    "NX-DETACHED-INTERFACE": ("a driver command on a detached interface", "crashes: it calls through a null pointer"),
    "NX-IPV6-UNUSED": ("an unused IPv6 address named by its index", "crashes, or never comes back from the send"),
    "NX-IPV6-LOOPBACK-SOURCE": ("a send from ::1 to another address", "loops the packet inside for ever"),
    "NX-ND-NO-INTERFACE": (
        "a look at a neighbour that was set by the index of an address never used",
        "crashes: the entry has no interface",
    ),
    "NX-ND-SMALL-PAYLOAD": (
        "IPv6 on a pool whose payload cannot hold a neighbour discovery message",
        "crashes by itself at the next fast timer event",
    ),
    "T-UNCHECKED": (
        "in a build with NX_DISABLE_ERROR_CHECKING, a null pointer or a block never created",
        "crashes: nothing checks it",
    ),
}


class Trap:
    """One entry: `trap_id`, `harm` (is something lost?), `what` the device does, `consequence`, `remedy`."""

    __slots__ = ("consequence", "harm", "remedy", "trap_id", "what")

    def __init__(self, trap_id: str, harm: bool, what: str, consequence: str, remedy: str) -> None:
        self.trap_id = trap_id
        self.harm = harm
        self.what = what
        self.consequence = consequence
        self.remedy = remedy

    def __repr__(self) -> str:
        return "<Trap " + self.trap_id + ": " + self.what + ">"


TRAPS: "dict[str, Trap]" = {row[0]: Trap(*row) for row in _ROWS}


def trapped(trap_id: str, **fields: "Any") -> None:
    """Report one occurrence; `fields` go to the hooks beside the catalogue's text."""
    entry = TRAPS[trap_id]
    report("trap", trap_id, entry.what + "; " + entry.consequence, harm=entry.harm, **fields)
