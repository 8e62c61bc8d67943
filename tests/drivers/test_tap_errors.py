"""What stands in the way of a TAP link, and the command each error names to mend it."""

import errno
import os
import socket
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from netx_drivers import tap_device
from netx_drivers.errors import LinkError
from netx_drivers.tap import TapDriver
from netx_sim import diagnostics
from tests.peers import netns


@pytest.fixture
def space(peer: Callable[[str], str]) -> Iterator[netns.Namespace]:
    peer("tap")
    with netns.Namespace() as made:
        yield made


@pytest.fixture
def reports() -> Iterator[list[tuple[str, str, str]]]:
    """What the drivers report of their links."""
    seen: list[tuple[str, str, str]] = []

    def note(kind: str, name: str, message: str, fields: dict[str, Any]) -> None:
        seen.append((kind, name, message))

    diagnostics.hooks.append(note)
    yield seen
    diagnostics.hooks.remove(note)


def trouble(make: Callable[[], object]) -> LinkError:
    with pytest.raises(LinkError) as caught:
        make()
    assert f"mend it with: {caught.value.remedy}" in str(caught.value)
    return caught.value


def fails(monkeypatch: pytest.MonkeyPatch, request: int, number: int) -> None:
    """Make one ioctl fail."""
    real = tap_device.fcntl.ioctl

    def ioctl(fd: Any, code: int, *args: Any) -> Any:
        if code == request:
            raise OSError(number, os.strerror(number))
        return real(fd, code, *args)

    monkeypatch.setattr(tap_device.fcntl, "ioctl", ioctl)


# -- without a device -----------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "size"), [("", 0), ("a-name-of-16-byt", 16), ("ünïcödé-tap0", 16)])
def test_impossible_name(name: str, size: int) -> None:
    error = trouble(lambda: TapDriver(name))
    assert f"{size} bytes" in error.trouble
    assert ("shorter" in error.remedy) == (size > 15)
    assert "ip tuntap add dev tap0 mode tap" in error.remedy


def test_missing_device() -> None:
    error = trouble(lambda: TapDriver("netx-none"))
    assert error.trouble == "there is no interface netx-none"
    assert "ip tuntap add dev netx-none mode tap user" in error.remedy
    assert error.remedy.endswith("sudo ip link set netx-none up")


def test_other_system(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    assert "TAP links need Linux, this is darwin" in trouble(lambda: TapDriver("tap0")).trouble


@pytest.mark.parametrize(
    ("number", "says", "remedy"),
    [
        (errno.ENOENT, "/dev/net/tun does not exist", "modprobe tun"),
        (errno.EACCES, "no permission to open /dev/net/tun", "chmod 0666 /dev/net/tun"),
        (errno.ENODEV, "/dev/net/tun cannot be opened", "modprobe tun"),
    ],
)
def test_tun_module_out_of_reach(monkeypatch: pytest.MonkeyPatch, number: int, says: str, remedy: str) -> None:
    real = os.open

    def refuse(path: Any, *args: Any) -> int:
        if path == tap_device.TUN:
            raise OSError(number, os.strerror(number))
        return real(path, *args)

    monkeypatch.setattr(os, "open", refuse)
    error = trouble(lambda: TapDriver("lo"))
    assert says in error.trouble
    assert remedy in error.remedy


def test_descriptor_that_is_no_tap_has_no_offload() -> None:
    near, far = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with near, far:
        error = trouble(lambda: TapDriver(near.fileno(), offload=True))
        assert "no offload" in error.trouble
        with TapDriver(near.fileno()) as driver:
            assert not driver.offload
            assert repr(driver) == f"<TapDriver descriptor {near.fileno()}>"
        assert near.getsockname() == ""  # still open


# -- with a device --------------------------------------------------------------------------------------


def test_interface_of_another_kind(space: netns.Namespace) -> None:
    error = space.call(lambda: trouble(lambda: TapDriver("lo")))
    assert error.trouble == "lo is no TAP device"
    assert "choosing another name" in error.remedy


def test_interface_down(space: netns.Namespace) -> None:
    netns.Tap(space, "tap0", "10.9.9.1/24").down()
    error = space.call(lambda: trouble(lambda: TapDriver("tap0")))
    assert (error.trouble, error.remedy) == ("tap0 is down", "sudo ip link set tap0 up")


def test_device_in_use(space: netns.Namespace) -> None:
    netns.Tap(space, "tap0", "10.9.9.1/24")
    with space.call(lambda: TapDriver("tap0")):
        error = space.call(lambda: trouble(lambda: TapDriver("tap0")))
    assert error.trouble == "tap0 is in use by another program"
    assert "ip tuntap add dev tap1" in error.remedy
    space.call(lambda: TapDriver("tap0")).close()


@pytest.mark.parametrize(
    ("number", "says", "remedy"),
    [
        (errno.EPERM, "no permission to open tap0", "sudo ip tuntap del dev tap0 mode tap && sudo ip tuntap add"),
        (errno.EIO, "tap0 cannot be opened (Input/output error)", "ip tuntap add dev tap0"),
    ],
)
def test_device_refused(
    space: netns.Namespace, monkeypatch: pytest.MonkeyPatch, number: int, says: str, remedy: str
) -> None:
    netns.Tap(space, "tap0", "10.9.9.1/24")
    fails(monkeypatch, tap_device.TUNSETIFF, number)
    error = space.call(lambda: trouble(lambda: TapDriver("tap0")))
    assert error.trouble == says
    assert remedy in error.remedy


def test_tun_device_carries_no_frames(space: netns.Namespace) -> None:
    def attach() -> int:
        fd = os.open(netns.TUN, os.O_RDWR | os.O_NONBLOCK)
        netns.fcntl.ioctl(fd, netns.TUNSETIFF, netns.struct.pack("16sH22x", b"tun0", 0x1001))
        return fd

    fd = space.call(attach)
    assert "is a TUN device" in trouble(lambda: TapDriver(fd)).trouble
    os.close(fd)


def test_descriptor_with_another_virtio_header(space: netns.Namespace) -> None:
    fd = netns.Tap(space, "tap0", "10.9.9.1/24").open(offload=True)
    netns.fcntl.ioctl(fd, 0x400454D8, netns.struct.pack("i", 12))  # TUNSETVNETHDRSZ
    error = trouble(lambda: TapDriver(fd))
    assert "virtio header of 12 bytes" in error.trouble
    assert "TUNSETVNETHDRSZ, 10" in error.remedy
    os.close(fd)


# -- offload --------------------------------------------------------------------------------------------


def test_offload_is_chosen_by_itself(space: netns.Namespace) -> None:
    netns.Tap(space, "tap0", "10.9.9.1/24")
    with space.call(lambda: TapDriver("tap0")) as driver:
        assert driver.offload
        assert repr(driver) == "<TapDriver tap0>"
    with space.call(lambda: TapDriver("tap0", offload=False)) as driver:
        assert not driver.offload


def test_missing_offload_is_reported_and_done_without(
    space: netns.Namespace, monkeypatch: pytest.MonkeyPatch, reports: list[tuple[str, str, str]]
) -> None:
    netns.Tap(space, "tap0", "10.9.9.1/24")
    fails(monkeypatch, tap_device.TUNSETOFFLOAD, errno.EINVAL)
    with space.call(lambda: TapDriver("tap0")) as driver:
        assert not driver.offload
    assert reports == [
        (
            "link",
            "tap-plain",
            "tap0: no checksum and segmentation offload: the kernel refuses offload (Invalid argument)",
        )
    ]
    error = space.call(lambda: trouble(lambda: TapDriver("tap0", offload=True)))
    assert "leave out offload=True" in error.remedy


def test_descriptor_opened_without_a_virtio_header_is_plain(
    space: netns.Namespace, reports: list[tuple[str, str, str]]
) -> None:
    fd = netns.Tap(space, "tap0", "10.9.9.1/24").open(offload=False)
    with TapDriver(fd) as driver:
        assert not driver.offload
    assert "open without IFF_VNET_HDR" in reports[-1][2]
    os.close(fd)


def test_descriptor_of_another_namespace_is_taken_as_up(space: netns.Namespace) -> None:
    device = netns.Tap(space, "tap0", "10.9.9.1/24")
    fd = device.open(offload=True)
    device.down()
    with TapDriver(fd) as driver:
        assert driver.offload
    os.close(fd)


def test_forbidden_link_watch_is_reported(
    space: netns.Namespace, monkeypatch: pytest.MonkeyPatch, reports: list[tuple[str, str, str]]
) -> None:
    netns.Tap(space, "tap0", "10.9.9.1/24")

    class Deaf(socket.socket):
        def bind(self, address: Any) -> None:
            raise PermissionError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(tap_device.socket, "socket", Deaf)
    with space.call(lambda: TapDriver("tap0")):
        assert reports[-1][1] == "tap-no-watch"
