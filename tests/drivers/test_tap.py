"""TapDriver at work: a device that takes no more, one that goes away, links down and up, and giving everything back."""

import errno
import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from netx_drivers import tap
from netx_drivers.tap import TapDriver
from netx_sim import diagnostics
from netx_sim.constants import (
    NX_LINK_FACTORY_ADDRESS_GET,
    NX_LINK_GET_ERROR_COUNT,
    NX_LINK_GET_TX_COUNT,
    NX_LINK_INTERFACE_ATTACH,
    NX_LINK_INTERFACE_DETACH,
    NX_LINK_PACKET_SEND,
    NX_LINK_UNINITIALIZE,
)
from netx_sim.link import NX_INTERFACE
from netx_sim.status import NX_INVALID_INTERFACE, NX_NOT_SUCCESSFUL, NX_SUCCESS
from netx_sim.testing.driver_bench import PEER, Bench, ip_packet
from tests.drivers.rigs import SocketRig, TapRig
from tests.peers import netns


@pytest.fixture
def reports() -> Iterator[list[str]]:
    """What the drivers report of their links."""
    seen: list[str] = []

    def note(kind: str, name: str, message: str, fields: dict[str, Any]) -> None:
        if kind == "link":
            seen.append(message)

    diagnostics.hooks.append(note)
    yield seen
    diagnostics.hooks.remove(note)


class Stubborn:
    """``os.writev`` that refuses: so many times, or until told otherwise."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, number: int, times: int = -1) -> None:
        self.number = number
        self.times = times
        self.real = os.writev
        monkeypatch.setattr(tap.os, "writev", self)

    def __call__(self, fd: int, views: Any) -> int:
        if self.times:
            self.times -= 1
            raise OSError(self.number, os.strerror(self.number))
        return self.real(fd, views)


def send(bench: Bench, data: bytes) -> None:
    assert bench.send(NX_LINK_PACKET_SEND, bench.packet(ip_packet(data)), PEER) == NX_SUCCESS


def sent(bench: Bench, count: int) -> list[bytes]:
    return [frame[34:] for frame in bench.expect_sent(count)]


# -- a device that takes no more ------------------------------------------------------------------------


def test_full_device_keeps_packets_and_order(reports: list[str]) -> None:
    """The other end reads nothing until the socket is full; then everything arrives, in order, from the backlog."""
    with Bench(SocketRig, packets=600) as bench:
        rig: Any = bench.rig
        tap_driver: TapDriver = rig.tap
        count = 0
        while len(tap_driver._backlog) < 10:
            send(bench, b"%05d" % count)
            count += 1
        assert bench.pool.nx_packet_pool_available == bench.pool.nx_packet_pool_total - 10
        assert sent(bench, count) == [b"%05d" % number for number in range(count)]
        assert bench.settle(lambda: tap_driver._room._epoll is None)
        assert bench.ask(NX_LINK_GET_ERROR_COUNT) == (NX_SUCCESS, 0)
        bench.expect_no_loss()


def test_packet_that_waits_stays_with_the_driver(monkeypatch: pytest.MonkeyPatch) -> None:
    with Bench(SocketRig) as bench:
        stubborn = Stubborn(monkeypatch, errno.ENOBUFS)
        packet = bench.packet(ip_packet(b"patience"), enqueued=True)
        bench.send(NX_LINK_PACKET_SEND, packet, PEER)
        bench.settle(lambda: False, 2)
        assert packet.nx_packet_queue_next is None, "given back before it was sent"
        assert packet._holder == "link driver, waiting for the device"
        stubborn.times = 0
        assert sent(bench, 1) == [b"patience"]
        assert packet.nx_packet_queue_next is not None
        packet.nx_packet_tcp_queue_next = 0xAAAAAAAA
        tap._nx_packet_transmit_release(packet)


@pytest.mark.parametrize("number", [errno.ENOBUFS, errno.ENOMEM, errno.EAGAIN])
def test_refused_frame_is_tried_again(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    with Bench(SocketRig) as bench:
        Stubborn(monkeypatch, number, times=5)
        for data in (b"one", b"two"):
            send(bench, data)
        assert sent(bench, 2) == [b"one", b"two"]
        assert bench.ask(NX_LINK_GET_TX_COUNT) == (NX_SUCCESS, 2)
        bench.expect_no_loss()


def test_backlog_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    with Bench(lambda: SocketRig(backlog=3)) as bench:
        stubborn = Stubborn(monkeypatch, errno.ENOBUFS)
        for number in range(5):
            send(bench, b"%d" % number)
        assert bench.ask(NX_LINK_GET_ERROR_COUNT) == (NX_SUCCESS, 2)
        stubborn.times = 0
        assert sent(bench, 3) == [b"0", b"1", b"2"]
        bench.expect_no_loss()


@pytest.mark.parametrize("command", [NX_LINK_UNINITIALIZE, NX_LINK_INTERFACE_DETACH])
@pytest.mark.parametrize("number", [errno.EAGAIN, errno.ENOBUFS])
def test_backlog_is_given_back_at_the_end(monkeypatch: pytest.MonkeyPatch, number: int, command: int) -> None:
    with Bench(SocketRig) as bench:
        Stubborn(monkeypatch, number)
        for _ in range(3):
            send(bench, b"never")
        assert bench.request(command).nx_ip_driver_status == NX_SUCCESS
        bench.expect_no_loss()


# -- a device that goes away ----------------------------------------------------------------------------


@pytest.mark.parametrize("number", [errno.EIO, errno.EMSGSIZE])
def test_frame_the_device_does_not_take_is_dropped(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    with Bench(SocketRig) as bench:
        Stubborn(monkeypatch, number, times=1)
        send(bench, b"dropped")
        send(bench, b"taken")
        assert sent(bench, 1) == [b"taken"]
        assert bench.ask(NX_LINK_GET_ERROR_COUNT) == (NX_SUCCESS, 1)
        assert bench.link_events == []
        bench.expect_no_loss()


def test_lost_device_is_a_link_that_goes_down_when_sending(monkeypatch: pytest.MonkeyPatch, reports: list[str]) -> None:
    with Bench(SocketRig) as bench:
        Stubborn(monkeypatch, errno.EBADFD)
        send(bench, b"too late")
        assert bench.settle(lambda: bench.link_events == [0])
        assert "is gone (File descriptor in bad state)" in reports[-1]
        bench.expect_no_loss()


def test_lost_device_is_a_link_that_goes_down_when_receiving(reports: list[str]) -> None:
    with Bench(SocketRig) as bench:
        rig: Any = bench.rig
        rig.far.close()
        assert bench.settle(lambda: bench.link_events == [0])
        assert "is gone (the other end closed)" in reports[-1]
        send(bench, b"nobody there")
        bench.expect_no_loss()


def test_removed_device_takes_the_link_down(peer: Callable[[str], str], reports: list[str]) -> None:
    peer("tap")
    with Bench(TapRig) as bench:
        rig: Any = bench.rig
        rig.space.run("ip", "link", "del", "tap0")
        assert bench.settle(lambda: bench.link_events == [0])
        assert "tap0 is " in reports[-1]
        send(bench, b"nobody there")
        bench.expect_no_loss()


def test_link_follows_the_interface(peer: Callable[[str], str], reports: list[str]) -> None:
    peer("tap")
    with Bench(TapRig) as bench:
        bench.rig.set_link(False)
        assert bench.settle(lambda: bench.link_events == [0])
        send(bench, b"into the void")
        bench.rig.set_link(True)
        assert bench.settle(lambda: bench.link_events == [0, 1])
        assert reports == ["tap0 is down", "tap0 is up"]
        bench.expect_only()
        bench.expect_no_loss()


def test_lost_netlink_messages_are_made_up_for(peer: Callable[[str], str], monkeypatch: pytest.MonkeyPatch) -> None:
    """ENOBUFS on the watch says that changes were missed, so the state is asked for."""
    peer("tap")
    with Bench(TapRig) as bench:
        rig: Any = bench.rig
        device = rig.tap._device
        answers: list[Any] = [OSError(errno.ENOBUFS, "No buffer space available"), BlockingIOError()]

        class Watch:
            def recv(self, size: int) -> bytes:
                raise answers.pop(0)

            def close(self) -> None:
                real.close()

            def fileno(self) -> int:
                return int(real.fileno())

        real, device.watch = device.watch, Watch()
        rig.set_link(False)
        rig.tap._on_link_change(rig.tap._port)
        assert bench.interface.nx_interface_link_up == 0


# -- addresses, MTU, attaching --------------------------------------------------------------------------


def test_address_follows_from_the_name_and_can_be_chosen() -> None:
    with Bench(lambda: SocketRig(address=0x020000000077)) as bench:
        assert bench.address == bytes.fromhex("020000000077")
        request = bench.request(NX_LINK_FACTORY_ADDRESS_GET)
        assert (request.nx_ip_driver_physical_address_msw, request.nx_ip_driver_physical_address_lsw) == (0x0200, 0x77)
    with Bench(SocketRig) as bench:
        assert bench.address[:2] == b"\x02N"


def test_mtu_is_the_devices_unless_chosen(peer: Callable[[str], str]) -> None:
    peer("tap")
    with netns.Namespace() as space:
        netns.Tap(space, "tap0", "10.9.9.1/24")
        space.run("ip", "link", "set", "tap0", "mtu", "9000")
        for options, mtu in (({}, 9000), ({"mtu": 576}, 576)):
            driver = space.call(lambda chosen=options: TapDriver("tap0", **chosen))  # type: ignore[misc]

            class Rig(SocketRig):
                def __init__(self) -> None:
                    super().__init__()
                    self.driver = driver  # noqa: B023 - used within the round

            with Bench(Rig) as bench:
                assert bench.interface.nx_interface_ip_mtu_size == mtu
            driver.close()


def test_driver_serves_one_interface() -> None:
    with Bench(SocketRig) as bench:
        request = bench.request(NX_LINK_INTERFACE_ATTACH, interface=NX_INTERFACE(1))
        assert request.nx_ip_driver_status == NX_INVALID_INTERFACE


def test_device_that_cannot_be_opened_again_refuses_to_attach(peer: Callable[[str], str], reports: list[str]) -> None:
    peer("tap")
    with netns.Namespace() as space:
        netns.Tap(space, "tap0", "10.9.9.1/24")
        driver: TapDriver = space.call(lambda: TapDriver("tap0"))
    driver.close()

    class Rig(SocketRig):
        def __init__(self) -> None:
            super().__init__()
            self.driver = driver

    with Bench(Rig) as bench:
        request = bench.request(NX_LINK_INTERFACE_ATTACH)
        assert request.nx_ip_driver_status == NX_NOT_SUCCESSFUL
        assert "there is no interface tap0; mend it with: sudo ip tuntap add" in reports[-1]


def test_end_of_the_simulation_closes_the_device(peer: Callable[[str], str]) -> None:
    peer("tap")
    with Bench(TapRig) as bench:
        rig: Any = bench.rig
        device = rig.tap._device
        assert device.fd >= 0
        bench.sim.close()
        assert device.fd < 0
        assert rig.tap._device is None
