"""`netx-pop3 gateway`: a router with a board on a serial line on one side, and a network of this computer on the other.

The router is an ordinary instance with two interfaces that forwards.  On a NAT the board needs nothing on the other
side; on a TAP, what is there needs a route to the board's network.  A board may be reset or unplugged at any time: the
line finds its next packet by itself, and its port comes back under its name.
"""

import signal
from collections.abc import Callable
from contextlib import ExitStack
from ipaddress import AddressValueError, IPv4Address, IPv4Interface
from pathlib import Path
from types import FrameType
from typing import Any

from rich.console import Console

from netx_drivers.slip import SlipDriver
from netx_drivers.url import driver_for_url
from netx_pop3.cli.exits import Exit, UsageError
from netx_pop3.cli.fetch import captured
from netx_pop3.cli.way import Way
from netx_pop3.maildrop import Host
from netx_pop3.maildrop_errors import check
from netx_sim.checked.ip import (
    nx_ip_forwarding_disable,
    nx_ip_forwarding_enable,
    nx_ip_fragment_enable,
    nx_ip_interface_attach,
    nx_ip_link_status_change_notify_set,
)
from netx_sim.checked.threadx_thread import tx_thread_sleep
from netx_sim.ip import NX_IP
from netx_sim.kernel import simulation

_LINE = 1  # the index of the serial interface
_LOOK_TICKS = 20
_PACKETS = 256
_WAITING = 128  # packets for a board that takes nothing at the moment; the others are for those that come in


class Plan:
    """What the command line asks for, checked before anything is opened."""

    def __init__(
        self,
        slip: str,
        baud: int,
        mtu: int,
        way: Way,
        line: str,
        board: str,
        capture: Path | None = None,
        flow: tuple[bool, bool] = (False, False),
    ) -> None:
        self.slip = slip
        self.baud = baud
        self.mtu = mtu
        self.way = way
        self.line, self.board = _line_addresses(line, board)
        self.capture = capture
        self.rtscts, self.xonxoff = flow

    @property
    def uplink(self) -> str:
        """The URL of the uplink; a NAT has to know for whom it gets packets.

        It does not look at the segment size that the board asks for, but at its own MTU: that has to be the line's, or
        the board would get fragments, which few boards put together.
        """
        link = self.way.link
        if not link.startswith("nat:"):
            return link
        mtu = "" if "mtu=" in link else f"&mtu={self.mtu}"
        return f"{link}{'&' if '?' in link else '?'}behind={self.board}{mtu}"


def _line_addresses(line: str, board: str) -> tuple[IPv4Interface, IPv4Address]:
    """Our own address on the line with its network, and the board's."""
    try:
        own, other = IPv4Interface(line), IPv4Address(board)
    except (AddressValueError, ValueError) as error:
        raise UsageError(f"--line {line} --board {board}: {error}") from error
    if "/" not in line:
        raise UsageError(f"--line {line}: the prefix length is missing, as in {line}/24")
    if other not in own.network or other == own.ip:
        raise UsageError(f"--board {board}: not another address of {own.network}, the network of --line")
    return own, other


class StopSignal:
    """Ctrl-C, or the signal by which services are stopped: the gateway ends at its next look."""

    def __init__(self) -> None:
        self.came = False
        self._before: dict[int, Any] = {}

    def __enter__(self) -> "StopSignal":
        for number in (signal.SIGINT, signal.SIGTERM):
            self._before[number] = signal.signal(number, self._note)
        return self

    def __exit__(self, *_: object) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)

    def _note(self, number: int, frame: FrameType | None) -> None:
        self.came = True


def gateway(plan: Plan, console: Console) -> Exit:
    """Forward until stopped.

    Raises:
        Any of exits.EXPECTED.
    """
    with simulation(config={"NX_MAX_PHYSICAL_INTERFACES": 2}), ExitStack() as stack:
        stop = stack.enter_context(StopSignal())
        uplink, slip, line = _drivers(plan)
        host = stack.enter_context(Host(uplink, plan.way.address, plan.way.gateway, packets=_PACKETS))
        _route(host.ip, plan, line, console)
        console.print(f"the board is to be {plan.board}, its router {plan.line.ip}; {plan.way.link} leads on")
        _forward(host, slip, console, lambda: stop.came)
        console.print(_counters(host, slip))
    return Exit.DONE


def _drivers(plan: Plan) -> tuple[Any, SlipDriver, Any]:
    """The uplink, the line, and the line as it is attached: with a capture around it, if one is wanted."""
    try:
        flow = {"rtscts": plan.rtscts, "xonxoff": plan.xonxoff}
        slip = SlipDriver(plan.slip, plan.baud, plan.mtu, backlog=_WAITING, **flow)
        uplink = driver_for_url(plan.uplink)
    except ValueError as error:
        raise UsageError(str(error)) from error
    return uplink, slip, slip if plan.capture is None else captured(slip, plan.capture)


def _route(ip: NX_IP, plan: Plan, line: Any, console: Console) -> None:
    """Add the line to the instance, and have packets go from one side to the other, in fragments where they must."""
    own, mask = int(plan.line.ip), int(plan.line.netmask)
    check(nx_ip_interface_attach(ip, "line", own, mask, line), "nx_ip_interface_attach")
    check(nx_ip_forwarding_enable(ip), "nx_ip_forwarding_enable")
    check(nx_ip_fragment_enable(ip), "nx_ip_fragment_enable")

    def changed(_: NX_IP, index: int, up: int) -> None:
        if index == _LINE:
            # What is for a board that is not there would else take the default route, back to where it came from.
            (nx_ip_forwarding_enable if up else nx_ip_forwarding_disable)(ip)
        console.print(f"{plan.slip if index == _LINE else plan.way.link} is {'up' if up else 'down'}")

    check(nx_ip_link_status_change_notify_set(ip, changed), "nx_ip_link_status_change_notify_set")


def _forward(host: Host, slip: SlipDriver, console: Console, stopped: Callable[[], bool]) -> None:
    """Let time pass; in a terminal with the counters in its last line."""
    with console.status("") as status:
        while not stopped():
            tx_thread_sleep(_LOOK_TICKS)
            if console.is_terminal:
                status.update(_counters(host, slip))


def _counters(host: Host, slip: SlipDriver) -> str:
    """One line of what went through so far."""
    line, ip = slip.statistics, host.ip
    used = host.pool.nx_packet_pool_total - host.pool.nx_packet_pool_available
    dropped = ip.nx_ip_receive_packets_dropped + ip.nx_ip_send_packets_dropped
    lost = line.junk + line.too_long + line.damaged
    return (
        f"{ip.nx_ip_packets_forwarded} packets forwarded, {dropped} dropped; "
        f"line: {line.packets_in} in ({line.bytes_in} bytes), {line.packets_out} out ({line.bytes_out} bytes), "
        f"{lost} junk or damaged, {line.no_packet + line.dropped_out} not taken; {used} packets in use"
    )
