"""libslirp, the user-mode network stack that virtual machines use, as something that takes frames and gives frames.

The library ends the connections of a guest and opens sockets of this process in their place.  It is driven from
outside: it tells which descriptors it waits for and how long, and is called when they are ready.  Here those
descriptors are in one epoll set, which can be watched like a descriptor.

Nothing here knows packets or the stack.  The library keeps no frame after a call, and calls back only from within
``send``, ``turn`` and ``close``.  What a callback raises comes out of the call that led to it.
"""

import select
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import cffi

from netx_drivers.errors import LinkError

if TYPE_CHECKING:
    from collections.abc import Callable
    from ipaddress import IPv4Network

LIBRARY = "libslirp.so.0"
PACKAGE = "libslirp0"
PAUSE_MS = 1000  # an idle library gets a turn that often
HOST, NAMESERVER, GUEST = 2, 3, 15  # the places of these in the network
_API_VERSION = 1
_PREFIX_6 = bytes.fromhex("fec00000000000000000000000000000")
_PREFIX_6_BITS = 64

# The library's bits for what a descriptor can do, and those of epoll.
_BITS = (
    (1, select.EPOLLIN),
    (2, select.EPOLLOUT),
    (4, select.EPOLLPRI),
    (8, select.EPOLLERR),
    (16, select.EPOLLHUP),
)
_TO_EPOLL = [sum(theirs for ours, theirs in _BITS if bits & ours) for bits in range(32)]
_FROM_EPOLL = [sum(ours for ours, theirs in _BITS if bits & theirs) for bits in range(32)]

# Addresses are in network order.  Those of IPv6 are words, since they are aligned like words.
_INTERFACE = """
typedef struct Slirp Slirp;
typedef void (*SlirpTimerCb)(void *opaque);
typedef int (*SlirpAddPollCb)(int fd, int events, void *opaque);
typedef int (*SlirpGetREventsCb)(int idx, void *opaque);
typedef struct {
    ssize_t (*send_packet)(const void *buf, size_t len, void *opaque);
    void (*guest_error)(const char *msg, void *opaque);
    int64_t (*clock_get_ns)(void *opaque);
    void *(*timer_new)(SlirpTimerCb cb, void *cb_opaque, void *opaque);
    void (*timer_free)(void *timer, void *opaque);
    void (*timer_mod)(void *timer, int64_t expire_ms, void *opaque);
    void (*register_poll_fd)(int fd, void *opaque);
    void (*unregister_poll_fd)(int fd, void *opaque);
    void (*notify)(void *opaque);
} SlirpCb;
typedef struct {
    uint32_t version;
    int restricted;
    bool in_enabled;
    uint32_t vnetwork, vnetmask, vhost;
    bool in6_enabled;
    uint32_t vprefix_addr6[4];
    uint8_t vprefix_len;
    uint32_t vhost6[4];
    const char *vhostname, *tftp_server_name, *tftp_path, *bootfile;
    uint32_t vdhcp_start, vnameserver;
    uint32_t vnameserver6[4];
    const char **vdnssearch;
    const char *vdomainname;
    size_t if_mtu, if_mru;
    bool disable_host_loopback, enable_emu;
} SlirpConfig;
Slirp *slirp_new(const SlirpConfig *cfg, const SlirpCb *callbacks, void *opaque);
void slirp_cleanup(Slirp *slirp);
void slirp_pollfds_fill(Slirp *slirp, uint32_t *timeout, SlirpAddPollCb add_poll, void *opaque);
void slirp_pollfds_poll(Slirp *slirp, int select_error, SlirpGetREventsCb get_revents, void *opaque);
void slirp_input(Slirp *slirp, const uint8_t *pkt, int pkt_len);
"""

ffi = cffi.FFI()
ffi.cdef(_INTERFACE)


def load() -> "Any":
    """The library.

    Raises:
        LinkError: it is not installed, or there is none for this system.
    """
    if not sys.platform.startswith("linux"):
        raise LinkError(f"the link nat: needs Linux, this is {sys.platform}", "using the link ram:, or a Linux machine")
    try:
        return ffi.dlopen(LIBRARY)
    except OSError:
        trouble = f"the link nat: needs the library {LIBRARY}, which cannot be loaded"
        raise LinkError(trouble, f"sudo apt-get install {PACKAGE}") from None


class Nat:
    """One network of one guest, behind this process.

    Args:
        network: whose addresses the guest, this host and the name server have.
        mtu (int): largest IP packet, both ways.
        ipv6 (bool): fec0::/64 as well.
        on_frame: called with each frame for the guest, in a buffer that is good during the call.
        on_error: called with what the library has to say about a frame of the guest.
        clock: nanoseconds, going forward only.

    Raises:
        LinkError: there is no library, or it refuses.
    """

    def __init__(
        self,
        network: "IPv4Network",
        mtu: int,
        ipv6: bool,
        on_frame: "Callable[[Any], None]",
        on_error: "Callable[[str], None]",
        clock: "Callable[[], int]",
    ) -> None:
        self._library = load()
        self._on_frame = on_frame
        self._on_error = on_error
        self._clock = clock
        self._trouble: "BaseException | None" = None
        self._timers: "dict[int, list[Any]]" = {}  # function, its argument, milliseconds when due or None
        self._made = 0
        self._watched: "dict[int, int]" = {}  # descriptors in the epoll set, with the library's bits
        self._wanted: "dict[int, int]" = {}
        self._ready: "dict[int, int]" = {}
        self._callbacks = self._make_callbacks()
        self._timeout = ffi.new("uint32_t *")
        self._epoll = select.epoll()
        self._slirp = self._library.slirp_new(_config(network, mtu, ipv6), self._callbacks, ffi.NULL)
        if self._slirp == ffi.NULL:
            self._epoll.close()
            raise LinkError("libslirp refuses to start", f"sudo apt-get install --reinstall {PACKAGE}")

    def fileno(self) -> int:
        """Readable when ``turn`` has something to do."""
        return self._epoll.fileno()

    def send(self, frame: "Any") -> None:
        """The guest sends a frame; answers may come from within the call."""
        self._library.slirp_input(self._slirp, ffi.from_buffer("uint8_t[]", frame), len(frame))
        self._raise_trouble()

    def turn(self) -> None:
        """Do what is due: descriptors that are ready, and timers."""
        self._ready = {fd: _FROM_EPOLL[events & 31] for fd, events in self._epoll.poll(0)}
        self._library.slirp_pollfds_poll(self._slirp, 0, self._get_ready, ffi.NULL)
        self._ready = {}
        if self._timers:
            self._run_timers()
        self._raise_trouble()

    def prepare(self) -> int:
        """Watch what the library waits for now; in how many milliseconds it wants a turn in any case."""
        wanted: "dict[int, int]" = {}
        self._wanted = wanted
        self._timeout[0] = PAUSE_MS
        self._library.slirp_pollfds_fill(self._slirp, self._timeout, self._add_poll, ffi.NULL)
        self._raise_trouble()
        if wanted != self._watched:
            self._watch(wanted)
        timeout: int = self._timeout[0]
        if self._timers:
            now = self._clock() // 1000000
            due = [timer[2] - now for timer in self._timers.values() if timer[2] is not None]
            timeout = max(0, min([timeout, *due]))
        return timeout

    def close(self) -> None:
        """End all connections; harmless when it was done."""
        if self._slirp != ffi.NULL:
            slirp, self._slirp = self._slirp, ffi.NULL
            self._library.slirp_cleanup(slirp)
            self._epoll.close()
            self._watched = {}

    # -- descriptors ----------------------------------------------------------------------------

    def _watch(self, wanted: "dict[int, int]") -> None:
        """Make the epoll set what the library wants.

        One without a wish has to leave it: epoll would report that the other end hung up, again and again.
        """
        epoll, watched = self._epoll, self._watched
        for fd in [fd for fd in watched if fd not in wanted]:
            self._forget(fd)
        for fd, bits in wanted.items():
            if fd not in watched:
                epoll.register(fd, _TO_EPOLL[bits])
            elif watched[fd] != bits:
                epoll.modify(fd, _TO_EPOLL[bits])
        self._watched = wanted

    def _forget(self, fd: int) -> None:
        if self._watched.pop(fd, None) is not None:
            with suppress(OSError):
                self._epoll.unregister(fd)

    # -- what the library calls -----------------------------------------------------------------

    def _make_callbacks(self) -> "Any":
        self._kept = kept = {
            "send_packet": ffi.callback("ssize_t(const void *, size_t, void *)", self._send_packet, 0, self._note),
            "guest_error": ffi.callback("void(const char *, void *)", self._guest_error, onerror=self._note),
            "clock_get_ns": ffi.callback("int64_t(void *)", lambda _: self._clock(), 0, self._note),
            "timer_new": ffi.callback("void *(SlirpTimerCb, void *, void *)", self._timer_new, onerror=self._note),
            "timer_free": ffi.callback("void(void *, void *)", self._timer_free, onerror=self._note),
            "timer_mod": ffi.callback("void(void *, int64_t, void *)", self._timer_mod, onerror=self._note),
            "register_poll_fd": ffi.callback("void(int, void *)", lambda fd, _: None),
            "unregister_poll_fd": ffi.callback("void(int, void *)", lambda fd, _: self._forget(fd), onerror=self._note),
            "notify": ffi.callback("void(void *)", lambda _: None),
        }
        self._add_poll = ffi.callback("int(int, int, void *)", self._want, -1, self._note)
        self._get_ready = ffi.callback("int(int, void *)", lambda fd, _: self._ready.get(fd, 0), 0, self._note)
        return ffi.new("SlirpCb *", kept)

    def _note(self, kind: "Any", error: BaseException, trace: "Any") -> None:
        """A callback raised: C cannot, so whoever called into C will."""
        if self._trouble is None:
            self._trouble = error

    def _raise_trouble(self) -> None:
        if self._trouble is not None:
            trouble, self._trouble = self._trouble, None
            raise trouble

    def _send_packet(self, frame: "Any", size: int, _: "Any") -> int:
        self._on_frame(ffi.buffer(frame, size))
        return size

    def _guest_error(self, message: "Any", _: "Any") -> None:
        text: "Any" = ffi.string(message)
        self._on_error(text.decode("utf-8", "replace"))

    def _want(self, fd: int, bits: int, _: "Any") -> int:
        self._wanted[fd] = bits
        return fd

    # -- timers, which only IPv6 has ------------------------------------------------------------

    def _timer_new(self, function: "Any", argument: "Any", _: "Any") -> "Any":
        self._made += 1
        self._timers[self._made] = [function, argument, None]
        return ffi.cast("void *", self._made)

    def _timer_free(self, timer: "Any", _: "Any") -> None:
        self._timers.pop(int(ffi.cast("intptr_t", timer)), None)

    def _timer_mod(self, timer: "Any", milliseconds: int, _: "Any") -> None:
        self._timers[int(ffi.cast("intptr_t", timer))][2] = milliseconds

    def _run_timers(self) -> None:
        now = self._clock() // 1000000
        for timer in [timer for timer in self._timers.values() if timer[2] is not None and timer[2] <= now]:
            timer[2] = None
            timer[0](timer[1])


def _config(network: "IPv4Network", mtu: int, ipv6: bool) -> "Any":
    """What the library is told at its start."""
    config: "Any" = ffi.new("SlirpConfig *")
    config.version = _API_VERSION
    config.in_enabled = True
    config.vnetwork = _word(network.network_address.packed)
    config.vnetmask = _word(network.netmask.packed)
    config.vhost = _word(network[HOST].packed)
    config.vnameserver = _word(network[NAMESERVER].packed)
    config.vdhcp_start = _word(network[GUEST].packed)
    config.in6_enabled = ipv6
    config.vprefix_len = _PREFIX_6_BITS
    config.vprefix_addr6 = _words(0)
    config.vhost6 = _words(HOST)
    config.vnameserver6 = _words(NAMESERVER)
    config.if_mtu = config.if_mru = mtu
    return config


def _word(address: bytes) -> int:
    return int.from_bytes(address, sys.byteorder)


def _words(last: int) -> "list[int]":
    address = _PREFIX_6[:-1] + bytes((last,))
    return [_word(address[at : at + 4]) for at in range(0, 16, 4)]
