"""`netx-pop3 pool`: the smallest packet pools with which a session works, found by playing sessions."""

from collections.abc import Callable
from dataclasses import dataclass

from rich.console import Console

from netx_pop3.cli.exits import Exit, UsageError
from netx_pop3.cli.pool_session import Outcome, Plan, attempt
from netx_pop3.cli.quirk_log import QuirkLog
from netx_sim.constants import NX_IPv4_TCP_PACKET
from netx_sim.constants_ipv6 import NX_IPv6_TCP_PACKET

_UNITS = {"": 1, "K": 1 << 10, "M": 1 << 20}
_APOP = 41  # payload that APOP wants beside headers and name: words and digits 40, one byte free
_USER = 8  # the same of USER and PASS
_GUIDE = (100, 120)  # bytes of payload that the guide calls enough
_SLACK = 2  # ticks by which a session may differ from one with plenty

Try = Callable[[int, int], Outcome]  # of payload and packets


@dataclass(frozen=True)
class Smallest:
    """What a pool needs: `payload` and `packets` work, one byte or one packet less fails as told.

    `fluent` packets let the session take no longer than plenty of them does.
    """

    payload: int
    packets: int
    fluent: int
    byte_less: str
    packet_less: str


def size_of(text: str) -> int:
    """A number of bytes: 300, 64K, 2M."""
    number, unit = (text[:-1], text[-1].upper()) if text[-1:].isalpha() else (text, "")
    if not number.isdecimal() or unit not in _UNITS:
        raise UsageError(f"{text} is no size; write 300, 64K or 2M")
    return int(number) * _UNITS[unit]


def least(low: int, high: int, works: Callable[[int], bool]) -> int:
    """The smallest number above `low`, which fails, up to `high`, which works."""
    while high - low > 1:
        middle = (low + high) // 2
        if works(middle):
            high = middle
        else:
            low = middle
    return high


def smallest(plan: Plan, play: Try) -> Smallest:
    """Search for the payload with plenty of packets, then for the packets; each is confirmed one below."""
    payload_high, packets_high = plan.plenty()
    unbounded = play(payload_high, packets_high)
    if unbounded.failure:
        raise UsageError(f"no pool makes such a session work: {unbounded.failure}")
    payload = least(0, payload_high, lambda size: not play(size, packets_high).failure)
    packets = least(0, packets_high, lambda count: not play(payload, count).failure)
    time = play(payload, packets_high).ticks + _SLACK

    def is_fluent(count: int) -> bool:
        outcome = play(payload, count)
        return not outcome.failure and outcome.ticks <= time

    fluent = least(packets - 1, packets_high, is_fluent)
    byte_less, packet_less = play(payload - 1, packets_high), play(payload, packets - 1)
    return Smallest(payload, packets, fluent, byte_less.failure, packet_less.failure)


def client_pool(plan: Plan) -> Smallest:
    """The client's own pool, for commands alone."""
    return smallest(plan, lambda payload, packets: attempt(plan, (payload, packets), plan.plenty()))


def instance_pool(plan: Plan) -> Smallest:
    """The instance's pool, for what the stack sends itself and the driver receives."""
    return smallest(plan, lambda payload, packets: attempt(plan, plan.plenty(), (payload, packets)))


def shared_pool(plan: Plan) -> Smallest:
    """One pool for both."""
    return smallest(plan, lambda payload, packets: attempt(plan, None, (payload, packets)))


def explanation(plan: Plan) -> list[str]:
    """Why the guide's figure for the client's pool is too small, or is not."""
    headers = NX_IPv6_TCP_PACKET if plan.ipv6 else NX_IPv4_TCP_PACKET
    user, password = (headers + _USER + length for length in (plan.user_length, plan.password_length))
    lines = [f"USER and the name want {user} bytes of payload, PASS and the password {password}:"]
    lines[0] += f" {headers} for the headers, the command, and one byte that must stay free."
    longest = headers + _APOP + plan.user_length
    if not plan.apop:
        return lines
    lines.append(f"APOP, the name and 32 digits are longer: {longest} bytes.")
    fit = [max(given - headers - _APOP, 0) for given in _GUIDE]
    lines.append(
        f"The guide calls {_GUIDE[0]} to {_GUIDE[1]} bytes enough and USER the longest command; that holds for names "
        f"of up to {fit[0]} to {fit[1]} bytes."
    )
    lines.append("Each APOP login loses one packet of the instance's pool (Q-GREETING-LEAK): one more per login.")
    return lines


def _count(packets: int) -> str:
    return "1 packet" if packets == 1 else f"{packets} packets"


def pool(plan: Plan, console: Console) -> Exit:
    """Print what each pool needs.  Of the sessions played for that, their quirks and leaks are no news."""
    for name, find in (
        ("the client's own pool", client_pool),
        ("the IP instance's pool", instance_pool),
        ("one pool for both", shared_pool),
    ):
        with QuirkLog():
            found = find(plan)
        more = "" if found.fluent == found.packets else f", {found.fluent} to be as fast as with plenty"
        console.print(f"{name}: payload {found.payload} bytes, {_count(found.packets)}{more}")
        console.print(f"  with {found.payload - 1} bytes: {found.byte_less}")
        console.print(f"  with {_count(found.packets - 1)}: {found.packet_less}")
    for line in explanation(plan):
        console.print(line)
    return Exit.DONE
