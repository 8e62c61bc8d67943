"""`netx-pop3 time`: what it says is what the line allows, and mails come from wherever they are."""

import mailbox
import re

import pytest
from typer.testing import CliRunner

from netx_drivers import RamWire
from netx_pop3 import Account, MemoryStore, Pop3Server
from netx_pop3.cli import app, line_time
from netx_pop3.cli.exits import Exit
from netx_pop3.cli.line_time import Plan, Timing, duration, measure
from netx_pop3.maildrop import Host

MAILS = [b"Subject: one\r\n\r\n" + b"x" * 60 + b"\r\n", b"Subject: two\r\n\r\n" + b"0123456789\r\n" * 2000]
US = 1_000_000

pytestmark = pytest.mark.leaks  # an APOP login loses a packet, as on the device


def command(*argv):
    return CliRunner().invoke(app, ["time", *map(str, argv)])


def told(*argv):
    """The lines it prints, without the quirks."""
    done = command(*argv)
    assert (done.exit_code, done.stderr) == (0, "")
    return [line for line in done.stdout.splitlines() if not line.startswith("device quirks met: ")]


# -- time -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("baud", "mtu"), [(1200, 576), (9600, 1006), (115200, 1500)])
def test_bytes_take_their_time(baud, mtu):
    """Nothing is faster than the bytes of the mails; headers, acknowledgements and pauses take a tenth at most."""
    content = sum(map(len, MAILS)) * 10 * US // baud
    timing = measure(MAILS, Plan(baud, mtu))
    assert content < timing.mails < 1.1 * content
    assert content < timing.sending < timing.total == timing.login + timing.mails + timing.end


def test_a_mail_of_hours():
    """Longer than a server suffers silence, and than any wait of the device."""
    mail = b"Subject: long\r\n\r\n" + b"0123456789\r\n" * 150_000
    assert measure([mail], Plan(2400, 576)).total > 2 * 3600 * US


def test_what_makes_it_faster_and_slower():
    plain = measure(MAILS, Plan(9600, mtu=296)).total
    assert measure(MAILS, Plan(9600, mtu=296, cslip=True)).total < 0.95 * plain
    assert measure(MAILS, Plan(9600, mtu=1006)).total < 0.95 * plain
    assert measure(MAILS, Plan(9600, mtu=296, noise="1/3000")).total > 1.05 * plain
    assert measure(MAILS, Plan(9600, apop=False)).login != measure(MAILS, Plan(9600)).login


def test_the_device_lets_a_fast_line_rest():
    """It acknowledges after 200 ms or half a window: a server that begins slowly stays slow."""
    late, often = (measure(MAILS, Plan(115200, mtu=576, window=65535, ack_every=every)) for every in (0, 2))
    assert often.total < 0.9 * late.total


# -- what is told -----------------------------------------------------------------------------------------------------


def test_one_line_for_each_speed():
    first, *lines = told("64K", "300", "--baud", 9600, "--baud", 115200)
    assert first == "2 mails, 65.8 kB"
    assert [line.split(":")[0] for line in lines] == ["9600 baud", "115200 baud"]
    pattern = (
        r"9600 baud: (1 min \d\d s) \(login 0\.\d\d s, mails 1 min \d\d s, end 0\.\d\d s\); "
        r"(\d+) bytes of mail a second, the line in use 9\d % of the time"
    )
    assert 850 < int(re.fullmatch(pattern, lines[0])[2]) < 960


@pytest.mark.parametrize(
    ("microseconds", "text"),
    [(1_234_567, "1.23 s"), (59_999_999, "60.00 s"), (75_400_000, "1 min 15 s"), (8_000 * US, "2 h 13 min")],
)
def test_durations(microseconds, text):
    assert duration(microseconds) == text


def test_no_mail_takes_no_time_to_speak_of():
    assert line_time._line(Plan(9600), 0, Timing(1, 0, 1, 1)).startswith("9600 baud: 0.00 s")


# -- where mails come from --------------------------------------------------------------------------------------------


@pytest.fixture
def mailboxes(tmp_path):
    """The same mails in each kind of mailbox."""
    (tmp_path / "eml").mkdir()
    maildir, mbox = mailbox.Maildir(tmp_path / "dir"), mailbox.mbox(tmp_path / "box")
    for number, mail in enumerate(MAILS):
        (tmp_path / "eml" / f"{number}.eml").write_bytes(mail)
        maildir.add(mail.replace(b"\r\n", b"\n"))
        mbox.add(mail.replace(b"\r\n", b"\n"))
    (tmp_path / "eml" / "notes.txt").touch()
    mbox.close()
    return [f"eml:{tmp_path}/eml", f"maildir:{tmp_path}/dir", f"mbox:{tmp_path}/box"]


def test_mailboxes(mailboxes):
    for source in mailboxes:
        assert sorted(line_time._mails(source)) == sorted(MAILS)
    assert told(*mailboxes, "--baud", 115200)[0] == f"6 mails, {3 * sum(map(len, MAILS)) / 1000:.1f} kB"


@pytest.mark.parametrize("size", [0, 2, 17, 70, 1000])
def test_sizes(size):
    (mail,) = line_time._mails(str(size))
    assert len(mail) == max(size, 2)
    assert mail.endswith(b"\r\n")


def test_a_server_is_asked_for_its_mails(monkeypatch):
    """In the place of the NAT there is a wire with a server."""
    monkeypatch.setenv("NETX_POP3_PASSWORD", "secret")
    wires = {}

    class Beside(Host):
        def __init__(self, link, address, gateway):
            self._far = Host(link, "10.0.2.2/24")
            store = MemoryStore(MAILS)
            self._server = Pop3Server(self._far.ip, self._far.pool, {"u": Account("secret", store)})
            self._server.start()
            super().__init__(link, address, gateway)

        def close(self):
            super().close()
            self._server.stop()
            self._far.close()

    monkeypatch.setattr(line_time, "driver_for_url", lambda url: wires.setdefault(url, RamWire()))
    monkeypatch.setattr(line_time, "Host", Beside)
    assert line_time._mails("pop3://u@127.0.0.1") == MAILS
    assert list(wires) == ["nat:"]


@pytest.mark.parametrize(
    ("argv", "status", "words"),
    [
        (["somewhere"], Exit.USAGE, "somewhere is no size"),
        (["maildir:/nowhere/at/all"], Exit.TARGET, "/nowhere/at/all"),
        (["eml:/nowhere/at/all"], Exit.TARGET, "/nowhere/at/all"),
        (["pop3://nobody"], Exit.USAGE, "the form is pop3://"),
        (["1K", "--noise", "2"], Exit.USAGE, "--noise 2: noise and loss are probabilities"),
        (["1K", "--noise", "1/0"], Exit.USAGE, "--noise 1/0"),
        (["64K", "--baud", "300"], Exit.CONNECTION, "the server did not answer in time"),
    ],
)
def test_what_is_wrong_is_one_sentence(argv, status, words):
    done = command(*argv)
    assert done.exit_code == status
    assert done.stderr.startswith("netx-pop3: ")
    assert words in done.stderr
    assert done.stderr.count("\n") == 1
