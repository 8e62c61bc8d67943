"""The Linux side of a TAP link: opening the device, its offload, and whether it is up.

Read first: the kernel's Documentation/networking/tuntap.rst, and rtnetlink(7) for the link watch.
Everything is opened when the object is made, so a program may do that inside a network namespace and
then leave it.  Nothing here knows packets or the stack.
"""

import errno
import fcntl
import os
import pwd
import socket
import struct
import time
from collections.abc import Callable
from pathlib import Path

from netx_drivers.errors import LinkError
from netx_sim.diagnostics import report

TUN = "/dev/net/tun"
TUNSETIFF = 0x400454CA
TUNSETOFFLOAD = 0x400454D0
TUNGETIFF = 0x800454D2
TUNGETVNETHDRSZ = 0x800454D7
TUNGETDEVNETNS = 0x54E3
SIOCGIFFLAGS = 0x8913
SIOCGIFMTU = 0x8921

IFF_TAP = 0x0002
IFF_NO_PI = 0x1000
IFF_VNET_HDR = 0x4000
IFF_UP = 0x1
IFF_RUNNING = 0x40
IFF_LOWER_UP = 0x10000

TUN_F_CSUM = 0x01
TUN_F_TSO4 = 0x02
TUN_F_TSO6 = 0x04

NAME_BYTES = 15
VNET_HEADER = 10  # struct virtio_net_hdr
DEFAULT_MTU = 1500
_CARRIES = IFF_UP | IFF_RUNNING
_CARRIER_POLLS = 1000
_CARRIER_POLL_S = 0.001
_IFREQ_FLAGS = "16sH22x"
_IFREQ_INT = "16si20x"

# rtnetlink(7): message header, link message, types, and the group that tells link changes
_NLMSG = struct.Struct("=IHHII")
_IFINFO = struct.Struct("=BxHiII")
_RTM_NEWLINK = 16
_RTM_DELLINK = 17
_RTMGRP_LINK = 1
_NETLINK_READ = 65536


class TapDevice:
    """One open TAP device, or any descriptor that carries one Ethernet frame per read and write.

    Args:
        name_or_fd: the device's name, or a descriptor that stays the caller's.
        offload: None takes what the kernel gives, False wants none, True insists.

    Raises:
        LinkError: it cannot be had; the message names the command that mends it.
    """

    def __init__(self, name_or_fd: "str | int", offload: "bool | None") -> None:
        self.owned = isinstance(name_or_fd, str)
        self.name = ""
        self.vnet = False  # frames carry a virtio_net_hdr
        self.segments = False  # the kernel hands over super-segments and unfinished checksums
        self.watch: "socket.socket | None" = None
        self._index = 0
        self._watched = False
        self._asker: "socket.socket | None" = None  # asks in the device's namespace, wherever its user is
        if isinstance(name_or_fd, str):
            self.name = name_or_fd
            self.fd = _open(name_or_fd, offload)
        else:
            self.fd = name_or_fd
        try:
            self._look_at(offload)
        except BaseException:
            self.close()
            raise

    def _look_at(self, offload: "bool | None") -> None:
        os.set_blocking(self.fd, False)
        flags = self._identify()
        self.vnet = bool(flags & IFF_VNET_HDR)
        if self._watched:
            self._asker = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            self._index = socket.if_nametoindex(self.name)
            self.watch = _link_watch()
            self._require_up()
        if flags & IFF_TAP:
            self._set_offload(offload)
        elif offload:
            raise LinkError(f"{self.name} is no TAP device and has no offload", "leave out offload=True")

    def _identify(self) -> int:
        """The device's flags; 0 for a descriptor that is none."""
        try:
            name, flags = struct.unpack(_IFREQ_FLAGS, fcntl.ioctl(self.fd, TUNGETIFF, bytes(40)))
        except OSError:
            self.name = f"descriptor {self.fd}"
            return 0
        if not flags & IFF_TAP:
            raise LinkError(
                f"descriptor {self.fd} is a TUN device, which carries no Ethernet frames",
                "ip tuntap add dev tap0 mode tap",
            )
        self.name = name.rstrip(b"\0").decode()
        self._watched = self.owned or _in_this_namespace(self.fd)
        self._check_header_size(flags)
        return int(flags)

    def _check_header_size(self, flags: int) -> None:
        if flags & IFF_VNET_HDR:
            size = struct.unpack("i", fcntl.ioctl(self.fd, TUNGETVNETHDRSZ, bytes(4)))[0]
            if size != VNET_HEADER:
                raise LinkError(
                    f"{self.name} was opened with a virtio header of {size} bytes",
                    f"ioctl(fd, TUNSETVNETHDRSZ, {VNET_HEADER}) before passing the descriptor",
                )

    def _require_up(self) -> None:
        """Fail if the interface is down; wait for the kernel to notice that somebody is at the other end of it."""
        if not self._flags() & IFF_UP:
            raise LinkError(f"{self.name} is down", f"sudo ip link set {self.name} up")
        # Until then, a few milliseconds, the kernel throws away what it should send us.
        for _ in range(_CARRIER_POLLS):
            if self.is_up():
                return
            time.sleep(_CARRIER_POLL_S)

    def is_up(self) -> bool:
        """Does the interface carry frames?  Taken as true where it cannot be asked."""
        return not self._watched or self._flags() & _CARRIES == _CARRIES

    def _flags(self) -> int:
        return self._ask(SIOCGIFFLAGS, _IFREQ_FLAGS) or 0

    def mtu(self) -> int:
        """The device's MTU in IP bytes; 1500 where it cannot be asked."""
        return self._ask(SIOCGIFMTU, _IFREQ_INT) or DEFAULT_MTU

    def _ask(self, request: int, layout: str) -> "int | None":
        """One number about the interface; None if it cannot be asked, or is gone."""
        if self._asker is None:
            return None
        try:
            answer = fcntl.ioctl(self._asker, request, struct.pack(layout, self.name.encode(), 0))
        except OSError:
            return None
        return int(struct.unpack(layout, answer)[1])

    def _set_offload(self, offload: "bool | None") -> None:
        wanted = TUN_F_CSUM | TUN_F_TSO4 | TUN_F_TSO6 if self.vnet and offload is not False else 0
        try:
            fcntl.ioctl(self.fd, TUNSETOFFLOAD, wanted)
        except OSError as error:
            trouble = f"the kernel refuses offload ({error.strerror})"
        else:
            self.segments = bool(wanted)
            trouble = "" if wanted else "it is open without IFF_VNET_HDR"
        if trouble and offload is not False:
            self._without_offload(trouble, offload)

    def _without_offload(self, trouble: str, offload: "bool | None") -> None:
        if offload:
            raise LinkError(f"{self.name} has no offload: {trouble}", "leave out offload=True")
        report("link", "tap-plain", f"{self.name}: no checksum and segmentation offload: {trouble}")

    # -- link changes ---------------------------------------------------------------------------

    def link_changes(self) -> "list[bool]":
        """What the kernel told of the device since the last call: is the link up?  In order."""
        changes: list[bool] = []
        while self.watch is not None:
            try:
                data = self.watch.recv(_NETLINK_READ)
            except BlockingIOError:
                break
            except OSError:
                # Messages were lost: ask instead.
                changes.append(self.is_up())
                continue
            changes.extend(_link_states(data, self._index))
        return changes

    def close(self) -> None:
        """Close what this object opened; a descriptor that was passed in stays open."""
        for helper in (self.watch, self._asker):
            if helper is not None:
                helper.close()
        self.watch = self._asker = None
        if self.owned and self.fd >= 0:
            os.close(self.fd)
        self.fd = -1


# -- opening ----------------------------------------------------------------------------------------


def _open(name: str, offload: "bool | None") -> int:
    """A descriptor attached to the TAP device called ``name``, with IFF_VNET_HDR unless unwanted."""
    _check_name(name)
    fd = _open_tun()
    try:
        _attach(fd, name, offload is not False)
    except BaseException:
        os.close(fd)
        raise
    return fd


def _check_name(name: str) -> None:
    size = len(name.encode())
    if not 0 < size <= NAME_BYTES:
        other = "a shorter name" if size else "a name"
        raise LinkError(
            f"{name!r} is no interface name: {size} bytes, and 1 to {NAME_BYTES} are allowed",
            f"choosing {other}: {_make_command('tap0')}",
        )
    try:
        socket.if_nametoindex(name)
    except OSError:
        raise LinkError(f"there is no interface {name}", _make_command(name)) from None


def _make_command(name: str) -> str:
    user = pwd.getpwuid(os.getuid()).pw_name if os.getuid() else "root"
    return f"sudo ip tuntap add dev {name} mode tap user {user} && sudo ip link set {name} up"


def _open_tun() -> int:
    try:
        return os.open(TUN, os.O_RDWR | os.O_NONBLOCK | os.O_CLOEXEC)
    except FileNotFoundError:
        trouble, remedy = f"{TUN} does not exist", f"sudo modprobe tun (in a container: mknod {TUN} c 10 200)"
    except PermissionError:
        trouble, remedy = f"no permission to open {TUN}", f"sudo chmod 0666 {TUN} (or run as root)"
    except OSError as error:
        trouble, remedy = f"{TUN} cannot be opened ({error.strerror})", "sudo modprobe tun"
    raise LinkError(trouble, remedy)


def _attach(fd: int, name: str, vnet: bool) -> None:
    flags = IFF_TAP | IFF_NO_PI | (IFF_VNET_HDR if vnet else 0)
    try:
        fcntl.ioctl(fd, TUNSETIFF, struct.pack(_IFREQ_FLAGS, name.encode(), flags))
    except OSError as error:
        explain = _ATTACH_TROUBLE.get(error.errno or 0)
        if explain is None:
            raise LinkError(f"{name} cannot be opened ({error.strerror})", _make_command(name)) from None
        raise LinkError(*explain(name)) from None


def _not_ours(name: str) -> "tuple[str, str]":
    return f"no permission to open {name}", f"sudo ip tuntap del dev {name} mode tap && {_make_command(name)}"


def _in_use(name: str) -> "tuple[str, str]":
    return f"{name} is in use by another program", f"sudo fuser -v {TUN}, or another device: {_make_command('tap1')}"


def _no_tap(name: str) -> "tuple[str, str]":
    return f"{name} is no TAP device", f"choosing another name: {_make_command('tap0')}"


_ATTACH_TROUBLE: "dict[int, Callable[[str], tuple[str, str]]]" = {
    errno.EPERM: _not_ours,
    errno.EACCES: _not_ours,
    errno.EBUSY: _in_use,
    errno.EINVAL: _no_tap,
}


# -- asking -----------------------------------------------------------------------------------------


def _in_this_namespace(fd: int) -> bool:
    """Is the device behind ``fd`` in the network namespace of this thread?  No, if not allowed to ask."""
    try:
        theirs = fcntl.ioctl(fd, TUNGETDEVNETNS)
    except OSError:
        return False
    try:
        return os.fstat(theirs).st_ino == Path("/proc/thread-self/ns/net").stat().st_ino
    finally:
        os.close(theirs)


def _link_watch() -> "socket.socket | None":
    """A socket on which the kernel tells link changes; None where that is forbidden."""
    watch = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW | socket.SOCK_NONBLOCK, socket.NETLINK_ROUTE)
    try:
        watch.bind((0, _RTMGRP_LINK))
    except OSError as error:
        watch.close()
        report("link", "tap-no-watch", f"link changes will not be seen: {error.strerror}")
        return None
    return watch


def _link_states(data: bytes, index: int) -> "list[bool]":
    """The states of interface ``index`` in a buffer of netlink messages."""
    states = []
    offset = 0
    while offset + _NLMSG.size + _IFINFO.size <= len(data):
        length, kind, _, _, _ = _NLMSG.unpack_from(data, offset)
        if length < _NLMSG.size:
            break
        if kind in (_RTM_NEWLINK, _RTM_DELLINK):
            family, _, about, flags, _ = _IFINFO.unpack_from(data, offset + _NLMSG.size)
            # A bridge tells of its ports in the same way, under its own family.
            if about == index and family == socket.AF_UNSPEC:
                states.append(kind == _RTM_NEWLINK and bool(flags & IFF_UP) and bool(flags & IFF_LOWER_UP))
        offset += (length + 3) & ~3
    return states
