"""`netx-pop3 time`: how long mails take over a serial line, told in milliseconds by a simulation of it.

A server with these mails and a client, each an instance of its own, at the two ends of a line on which every byte takes
its time.  What the device does to be slow, its window and its late acknowledgements, it does here as well.
"""

from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path

from rich.console import Console

from netx_drivers.slip_wire import BITS_8N1, SlipWire
from netx_drivers.url import driver_for_url, probability
from netx_pop3.cli.exits import Exit, UsageError
from netx_pop3.cli.location import parse_location, resolve
from netx_pop3.cli.password import find_password
from netx_pop3.cli.pool import size_of
from netx_pop3.cli.quirk_log import QuirkLog
from netx_pop3.cli.show import octets_text
from netx_pop3.cli.way import Way
from netx_pop3.maildrop import Host, Maildrop
from netx_pop3.server import Account, MemoryStore, Pop3Server
from netx_pop3.store import store_for
from netx_pop3.store.errors import target_error
from netx_sim.kernel import simulation

_US = 1_000_000
_SECOND = 100  # in ticks
_SERVER, _CLIENT, _USER, _PASSWORD = "10.0.0.1", "10.0.0.2", "board", "secret"
_QUEUE = 64  # packets that a server on this computer has under way, more than any window asks for
_PACKETS = 200
_TEXT = b"A line of a mail that is as long as lines of a mail are.\r\n"
_HEADROOM = 100  # of a payload above the MTU


@dataclass(frozen=True)
class Plan:
    """The line, and the client at its end."""

    baud: int
    mtu: int = 1006
    cslip: bool = False
    noise: str = "0"
    apop: bool = True
    window: int = 0  # the device's own
    ack_every: int = 0

    def wire(self) -> SlipWire:
        """The line.

        Raises:
            UsageError: there is no such line.
        """
        try:
            return SlipWire(self.baud, self.mtu, self.cslip, probability(self.noise))
        except ValueError as error:
            raise UsageError(f"--noise {self.noise}: {error}") from error

    def patience(self, window: int) -> int:
        """Ticks after which the server sends again: TCP on a computer learns how long a window takes on the line."""
        return _SECOND + 2 * window * BITS_8N1 * _SECOND // self.baud

    @property
    def config(self) -> dict[str, int]:
        """What the client is built with."""
        config = {"NX_TCP_ACK_EVERY_N_PACKETS": self.ack_every}
        return config | ({"NX_POP3_CLIENT_TCP_WINDOW_SIZE": self.window} if self.window else {})


@dataclass(frozen=True)
class Timing:
    """A session in microseconds, and for how many of them the server's side was sending."""

    login: int
    mails: int
    end: int
    sending: int

    @property
    def total(self) -> int:
        """From the first packet to the last."""
        return self.login + self.mails + self.end


def time(sources: list[str], plans: list[Plan], console: Console) -> Exit:
    """Tell it for each line.

    Raises:
        Any of exits.EXPECTED.
    """
    with QuirkLog() as quirks:
        mails = [mail for source in sources for mail in _mails(source)]
        octets = sum(map(len, mails))
        console.print(f"{len(mails)} mails, {octets_text(octets)}")
        for plan in plans:
            console.print(_line(plan, octets, measure(mails, plan)))
    if quirks.met:
        console.print(f"device quirks met: {quirks}")
    return Exit.DONE


def measure(mails: list[bytes], plan: Plan) -> Timing:
    """Collect the mails over the line, in virtual time."""
    with simulation(config=plan.config) as sim:
        wire, payload = plan.wire(), plan.mtu + _HEADROOM
        with (
            Host(wire, f"{_SERVER}/24", packets=_PACKETS, payload=payload) as far,
            Host(wire, f"{_CLIENT}/24", packets=_PACKETS, payload=payload) as near,
        ):
            account = Account(_PASSWORD, MemoryStore(mails))
            patience = plan.patience(sim.config.NX_POP3_CLIENT_TCP_WINDOW_SIZE)
            server = Pop3Server(far.ip, far.pool, {_USER: account}, transmit_queue=_QUEUE, retransmit=patience)
            server.start()
            drop = Maildrop(_SERVER, _USER, _PASSWORD, ip=near.ip, pool=near.pool, apop=plan.apop)
            moments = [sim.now_us()]
            try:
                with drop:
                    moments.append(sim.now_us())
                    for mail in drop:
                        for _ in mail.chunks():
                            pass
                    moments.append(sim.now_us())
                moments.append(sim.now_us())
            finally:
                server.stop()
            sent = wire.end_of(far.ip.nx_ip_interface[0]).statistics.bytes_out
    begun, logged_in, received, ended = moments
    sending = sent * BITS_8N1 * _US // plan.baud
    return Timing(logged_in - begun, received - logged_in, ended - received, sending)


# -- what is collected ------------------------------------------------------------------------------------------------


def _mails(source: str) -> list[bytes]:
    """The mails that a source names.

    Raises:
        UsageError, TargetError: it names none.
        Any other of exits.EXPECTED: those of a server cannot be had.
    """
    kind = source.partition(":")[0].lower()
    if kind == "pop3":
        return _collected(source)
    if kind == "eml":
        return _in_folder(Path(source[4:]).expanduser())
    if kind in ("maildir", "mbox"):
        return _stored(source)
    size = size_of(source)
    return [(b"Subject: line\r\n\r\n" + _TEXT * (size // len(_TEXT)))[: max(size - 2, 0)] + b"\r\n"]


def _in_folder(path: Path) -> list[bytes]:
    try:
        return [file.read_bytes() for file in sorted(path.iterdir()) if file.suffix == ".eml"]
    except OSError as error:
        raise target_error(path, error) from error


def _stored(source: str) -> list[bytes]:
    store = store_for(source)
    if not store.lock():
        raise UsageError(f"{source}: another program is using it")
    try:
        return [bytes(message.read(0, message.size)) for message in store.messages()]
    finally:
        store.unlock()


def _collected(url: str) -> list[bytes]:
    """All mails of a server, which stay there."""
    location = parse_location(url)
    server = resolve(location.host)
    way = Way(None, version=ip_address(server).version)
    password = find_password(location.user, location.host, None)
    mails: list[bytes] = []
    with (
        simulation(config=way.config),
        Host(driver_for_url(way.link), way.address, way.gateway) as host,
        Maildrop(way.to(server), location.user, password, ip=host.ip, pool=host.pool, port=location.port) as drop,
    ):
        mails.extend(mail.raw for mail in drop)
    return mails


# -- what is told -----------------------------------------------------------------------------------------------------


def _line(plan: Plan, octets: int, timing: Timing) -> str:
    rate = octets * _US / timing.mails if timing.mails else 0
    busy = 100 * timing.sending / timing.total
    return (
        f"{plan.baud} baud: {duration(timing.total)} (login {duration(timing.login)}, mails {duration(timing.mails)}, "
        f"end {duration(timing.end)}); {rate:.0f} bytes of mail a second, the line in use {busy:.0f} % of the time"
    )


def duration(microseconds: int) -> str:
    """A time for people."""
    seconds = microseconds / _US
    if seconds < 60:
        return f"{seconds:.2f} s"
    minutes, seconds = divmod(round(seconds), 60)
    if minutes < 60:
        return f"{minutes} min {seconds:02} s"
    return f"{minutes // 60} h {minutes % 60:02} min"
