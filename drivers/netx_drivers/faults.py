"""Faults on a link: frames lost, doubled, late, out of order or damaged, by chance or by rule.

Read first: ``wrapper.py``.  ``Faults`` wraps a driver and is one; several stack.  Every decision comes
from the wrapper's own generator, so a seed replays a run frame for frame.

Frames that are held back, doubled or damaged are copies in memory of this package: the pools of the
instance are as large as without faults, and what TCP keeps for retransmission is never touched.  A
held frame is sent from the IP thread of its instance, as a driver's postponed work is.
"""

import random
from enum import Enum

from netx_drivers.capture import sent_frame
from netx_drivers.frame_info import FrameInfo
from netx_drivers.held_frame import HeldFrame
from netx_drivers.wrapper import Wrapper, packet_frame
from netx_sim.constants import NX_LINK_DEFERRED_PROCESSING
from netx_sim.link import _nx_ip_driver_deferred_processing
from netx_sim.packet import _nx_packet_release, _nx_packet_transmit_release
from netx_sim.status import NX_SUCCESS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Self

    from netx_drivers.wrapper import Driver
    from netx_sim.ip.block import NX_IP
    from netx_sim.link import NX_INTERFACE, NX_IP_DRIVER
    from netx_sim.packet import NX_PACKET

    Rule = Callable[[FrameInfo], "Verdict | Deliver | None"]

__all__ = ["DROP", "PASS", "Deliver", "FaultCounts", "Faults", "FrameInfo", "RuleGuard"]

REORDER_US = 20000
_DRAWS = 6  # random numbers a frame takes, whatever is switched on: one fault does not move another


class Verdict(Enum):
    """What a rule says of a frame."""

    PASS = "pass"  # noqa: S105 - no password
    DROP = "drop"


PASS = Verdict.PASS
DROP = Verdict.DROP


class Deliver:
    """A rule's verdict: deliver the frame, but otherwise.

    Args:
        delay_us (int): microseconds later.
        copies (int): so many times.
        data: these bytes instead of the frame's; a link header in them is not used for sending.
    """

    __slots__ = ("copies", "data", "delay_us")

    def __init__(self, delay_us: int = 0, copies: int = 1, data: "bytes | None" = None) -> None:
        self.delay_us = delay_us
        self.copies = copies
        self.data = data


class FaultCounts:
    """What a fault wrapper did so far, in frames."""

    __slots__ = ("corrupted", "delayed", "dropped", "duplicated", "reordered", "ruled", "seen")

    def __init__(self) -> None:
        self.seen = 0
        self.ruled = 0  # decided by a rule
        self.dropped = 0
        self.duplicated = 0
        self.delayed = 0
        self.reordered = 0
        self.corrupted = 0

    def __repr__(self) -> str:
        return "<FaultCounts " + " ".join(f"{name}={getattr(self, name)}" for name in self.__slots__) + ">"


class RuleGuard:
    """An installed rule; ``remove``, or the end of a ``with`` block, takes it out again."""

    def __init__(self, rules: "list[Rule]", rule: "Rule") -> None:
        self._rules = rules
        self._rule = rule
        rules.append(rule)

    def remove(self) -> None:
        """Take the rule out; harmless when it is out."""
        if self._rule in self._rules:
            self._rules.remove(self._rule)

    def __enter__(self) -> "Self":
        return self

    def __exit__(self, *_: object) -> None:
        self.remove()


class Faults(Wrapper):
    """Disturb the frames of a driver.

    Args:
        driver: the driver to be wrapped.
        seed (int): of the wrapper's random numbers.
        loss, duplicate, reorder, corrupt (float): probability, 0 to 1, that a frame is lost, delivered
            twice, held back by ``reorder_us`` so that later ones overtake it, or has one bit of its IP
            packet flipped.  ARP messages carry no checksum and are never damaged: one flipped bit
            would be believed for as long as the cache lives.
        delay: microseconds every frame takes longer, or a pair of least and most.  Frames with unequal
            delays may overtake each other.
        rule: called with a FrameInfo for each frame; answers PASS (or None), DROP or Deliver(...).
            ``install`` adds more; they are asked in order, and the first that does not pass decides,
            before and instead of chance.
        receive: also disturb what comes in.  None: on real links only, because on a simulated wire
            each frame has been through the wrapper of its sender.
        reorder_us (int): how long a reordered frame is held back.
    """

    def __init__(
        self,
        driver: "Driver",
        seed: int = 0,
        loss: float = 0.0,
        duplicate: float = 0.0,
        reorder: float = 0.0,
        corrupt: float = 0.0,
        delay: "int | tuple[int, int]" = 0,
        rule: "Rule | None" = None,
        receive: "bool | None" = None,
        reorder_us: int = REORDER_US,
    ) -> None:
        super().__init__(driver)
        self.loss = _probability("loss", loss)
        self.duplicate = _probability("duplicate", duplicate)
        self.reorder = _probability("reorder", reorder)
        self.corrupt = _probability("corrupt", corrupt)
        self.delay = _range(delay)
        self.reorder_us = reorder_us
        self.counts = FaultCounts()
        self._random = random.Random(seed)
        self._rules: "list[Rule]" = []
        self._receive = receive
        self._held: "list[HeldFrame]" = []
        self._due: "list[HeldFrame]" = []
        if rule is not None:
            self.install(rule)

    def install(self, rule: "Rule") -> RuleGuard:
        """Add a rule behind those there are; the guard takes it out again."""
        return RuleGuard(self._rules, rule)

    # -- deciding -------------------------------------------------------------------------------

    def _fate(self, frame: FrameInfo) -> "list[tuple[int, bytes]] | None":
        """What becomes of a frame: copies to be delivered, each with a delay; None if nothing happens."""
        self.counts.seen += 1
        for rule in list(self._rules):
            verdict = rule(frame)
            if verdict is not None and verdict is not PASS:
                self.counts.ruled += 1
                return self._by_rule(frame, verdict)
        return self._by_chance(frame)

    def _by_rule(self, frame: FrameInfo, verdict: "Verdict | Deliver") -> "list[tuple[int, bytes]]":
        counts = self.counts
        if verdict is DROP:
            counts.dropped += 1
            return []
        if not isinstance(verdict, Deliver):
            raise TypeError(f"a rule answers PASS, DROP or Deliver(...), not {verdict!r}")
        counts.delayed += verdict.delay_us > 0
        counts.duplicated += verdict.copies > 1
        data = frame.data if verdict.data is None else verdict.data
        counts.corrupted += data != frame.data
        return [(verdict.delay_us, data)] * verdict.copies

    def _by_chance(self, frame: FrameInfo) -> "list[tuple[int, bytes]] | None":
        counts = self.counts
        lost, twice, late, held, damaged, place = [self._random.random() for _ in range(_DRAWS)]
        if lost < self.loss:
            counts.dropped += 1
            return []
        least, most = self.delay
        delay = least + int(late * (most - least + 1))
        counts.delayed += delay > 0
        if held < self.reorder:
            counts.reordered += 1
            delay += self.reorder_us
        data = frame.data
        if damaged < self.corrupt and frame.is_ip:
            counts.corrupted += 1
            data = _flip_bit(frame, place)
        if twice < self.duplicate:
            counts.duplicated += 1
            return [(delay, data), (delay, data)]
        return [(delay, data)] if delay or data is not frame.data else None

    # -- sending --------------------------------------------------------------------------------

    def _send(self, request: "NX_IP_DRIVER") -> None:
        ip_ptr, interface = request.nx_ip_driver_ptr, request.nx_ip_driver_interface
        packet = request.nx_ip_driver_packet
        frame = FrameInfo(ip_ptr, interface, sent_frame(request), self.counts.seen + 1, True)
        fate = self._fate(frame)
        if fate is None:
            self._driver(request)
            return
        for delay, data in fate:
            held = HeldFrame(ip_ptr, interface, data)
            held.sent = True
            held.command = request.nx_ip_driver_command
            held.msw = request.nx_ip_driver_physical_address_msw
            held.lsw = request.nx_ip_driver_physical_address_lsw
            held.ip_version = packet.nx_packet_ip_version
            if delay:
                self._hold(held, delay)
            else:
                self._driver(held.request())
        request.nx_ip_driver_status = NX_SUCCESS
        _nx_packet_transmit_release(packet)

    def _before(self, request: "NX_IP_DRIVER") -> None:
        if request.nx_ip_driver_command == NX_LINK_DEFERRED_PROCESSING:
            self._send_due(request.nx_ip_driver_interface)
        super()._before(request)

    def _send_due(self, interface: "NX_INTERFACE") -> None:
        """Send the frames of an interface whose time has come; in its IP thread, as postponed work."""
        due = [held for held in self._due if held.interface is interface]
        self._due = [held for held in self._due if held.interface is not interface]
        for held in due:
            self._driver(held.request())

    # -- receiving ------------------------------------------------------------------------------

    def _received(self, ip_ptr: "NX_IP", packet: "NX_PACKET", ethertype: int) -> bool:
        if not (self.real_link if self._receive is None else self._receive):
            return True
        interface = packet.nx_packet_interface_ptr
        data = b"".join(packet_frame(interface, packet))
        frame = FrameInfo(ip_ptr, interface, data, self.counts.seen + 1, False)
        fate = self._fate(frame)
        if fate is None:
            return True
        _nx_packet_release(packet)
        for delay, copy in fate:
            held = HeldFrame(ip_ptr, interface, copy)
            held.ethertype = ethertype
            if delay:
                self._hold(held, delay)
            else:
                self._let_in(held)
        return False

    def _let_in(self, held: HeldFrame) -> None:
        """Receive a frame past this wrapper: only the hooks of those around it see it."""
        interface, sim = held.interface, held.ip_ptr._sim
        hooks = interface._receive_hooks or []
        sim.preempt_disable += 1
        interface._receive_hooks = hooks[hooks.index(self._received) + 1 :]
        try:
            held.arrive()
        finally:
            interface._receive_hooks = hooks
            sim.preempt_disable -= 1

    # -- holding back ---------------------------------------------------------------------------

    def _hold(self, held: HeldFrame, delay_us: int) -> None:
        sim = held.ip_ptr._sim
        self._held.append(held)
        held.event = sim.call_at_us(sim.now_us() + delay_us, self._release, held)

    def _release(self, held: HeldFrame) -> None:
        """The time of a held frame has come."""
        self._held.remove(held)
        if held.sent:
            self._due.append(held)
            _nx_ip_driver_deferred_processing(held.ip_ptr)
        else:
            self._let_in(held)

    def _detached(self, ip_ptr: "NX_IP", interface: "NX_INTERFACE") -> None:
        for held in self._held:
            if held.interface is interface:
                ip_ptr._sim.call_cancel(held.event)
        self._held = [held for held in self._held if held.interface is not interface]
        self._due = [held for held in self._due if held.interface is not interface]


def _probability(name: str, value: float) -> float:
    if not 0 <= value <= 1:
        raise ValueError(f"{name} is a probability from 0 to 1, not {value}")
    return value


def _range(delay: "int | tuple[int, int]") -> "tuple[int, int]":
    least, most = (delay, delay) if isinstance(delay, int) else delay
    if not 0 <= least <= most:
        raise ValueError(f"delay is microseconds, or a pair of least and most, not {delay}")
    return least, most


def _flip_bit(frame: FrameInfo, place: float) -> bytes:
    """The frame with one bit of its IP packet flipped, ``place`` (0 to 1) of the way into it."""
    data = bytearray(frame.data)
    start = len(data) - len(frame.packet)
    bit = int(place * len(frame.packet) * 8)
    data[start + bit // 8] ^= 1 << bit % 8
    return bytes(data)
