"""What the calls of a packet trace share: addresses, packets filled with a pattern, received data in words."""

import ipaddress
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from netx_sim.testing.frames import describe_payload
from netx_sim.testing.services import call, public
from netx_sim.testing.trace_driver import chain_length

if TYPE_CHECKING:
    from netx_sim.testing.trace_world import TraceWorld

Args = dict[str, Any]
Outs = dict[str, Any]
Result = tuple[int, Outs | None]
Call = Callable[["TraceWorld", Args], Result]


def v4(text: str) -> int:
    """10.0.0.1 as the number that the services take."""
    return int(ipaddress.IPv4Address(text))


def words_of(text: str) -> list[int]:
    """The four 32-bit words of an IPv6 address."""
    packed = ipaddress.IPv6Address(text).packed
    return [int.from_bytes(packed[i : i + 4], "big") for i in range(0, 16, 4)]


def duo(text: str) -> Any:
    """An NXD_ADDRESS for an IPv4 or IPv6 address in text."""
    block = public("NXD_ADDRESS")()
    if ":" in text:
        block.nxd_ip_version = public("NX_IP_VERSION_V6")
        for i, word in enumerate(words_of(text)):
            block.nxd_ip_address.v6[i] = word
    else:
        block.nxd_ip_version = public("NX_IP_VERSION_V4")
        block.nxd_ip_address.v4 = v4(text)
    return block


def words_text(block: Any) -> str:
    """An IPv6 NXD_ADDRESS as 32 hex digits."""
    return "".join(f"{word:08x}" for word in block.nxd_ip_address.v6)


def allocate(world: "TraceWorld", packet_type: str, data: bytes) -> tuple[int, Any]:
    """A packet with `data` from the pool, not waiting: status and the variable that holds it (None: failed)."""
    cell = public("Ref")()
    status = call("nx_packet_allocate", world.pool, cell, public(packet_type), 0)
    if status:
        return status, None
    if data:
        status = call("nx_packet_data_append", cell[0], data, len(data), world.pool, 0)
        if status:
            call("nx_packet_release", cell)
            return status, None
    return status, cell


def described(packet: Any) -> Outs:
    """The words for a received packet, which is then released."""
    data = bytes(public("packet_bytes")(packet))
    outs: Outs = {"len": packet.nx_packet_length, "packets": chain_length(packet)}
    outs["payload"] = describe_payload(data) if data else None
    call("nx_packet_release", packet)
    return outs
