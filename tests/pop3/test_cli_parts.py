"""The parts of the command that need no network: what is refused, and in which words."""

import netrc
import socket
from importlib.metadata import EntryPoint

import pytest
from rich.console import Console

from netx_drivers.errors import LinkError
from netx_pop3.cli import cc, exits, password
from netx_pop3.cli.exits import BuildImpossible, Exit, UsageError, exit_of, sentence
from netx_pop3.cli.location import Location, check_addresses, parse_location, resolve
from netx_pop3.cli.password import find_password
from netx_pop3.cli.show import Bar, Lines, octets_text, progress_on
from netx_pop3.cli.way import Way
from netx_pop3.maildrop_errors import AuthenticationError, NetXError, ServerRefused, check, error_for
from netx_pop3.store import TargetError, TargetSpecError
from netx_sim.fault import DeviceFault

# -- the maildrop's place ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "user", "host", "port"),
    [
        ("pop3://u@10.0.0.1", "u", "10.0.0.1", 110),
        ("pop3://u@10.0.0.1:11110", "u", "10.0.0.1", 11110),
        ("pop3://u%40example.org@mail.example.org/", "u@example.org", "mail.example.org", 110),
        ("POP3://u@MAIL", "u", "mail", 110),
        ("pop3://u@[2001:db8::1]:11110", "u", "2001:db8::1", 11110),
    ],
)
def test_location(text, user, host, port):
    found = parse_location(text)
    assert (found.user, found.host, found.port) == (user, host, port)
    assert str(found) == (f"{user}@[{host}]:{port}" if ":" in host else f"{user}@{host}:{port}")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "u@h",
        "pop3://h",
        "pop3://@h",
        "pop3://u@",
        "pop3s://u@h",
        "pop3://u@h/inbox",
        "pop3://u@h:x",
        "pop3://u@h:70000",
    ],
)
def test_bad_location_is_told_the_form(text):
    with pytest.raises(UsageError, match=r"the form is pop3://USER@HOST\[:PORT\]"):
        parse_location(text)


def test_a_password_in_the_url_is_refused_and_not_repeated():
    with pytest.raises(UsageError, match="leave the password out") as caught:
        parse_location("pop3://u:hunter2@10.0.0.1")
    assert "hunter2" not in str(caught.value)


def test_resolve(monkeypatch):
    def lookup(host, port, family, kind):
        six = (socket.AF_INET6, kind, 6, "", ("2001:db8::1", 0, 0, 0))
        if host == "mail":
            return [six, (socket.AF_INET, kind, 6, "", ("192.0.2.1", 0))]
        if host == "six":
            return [six]
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", lookup)
    assert resolve("10.0.0.1") == "10.0.0.1"
    assert resolve("::1") == "::1"
    assert resolve("mail") == "192.0.2.1"
    assert resolve("mail", 6) == resolve("six") == "2001:db8::1"
    with pytest.raises(UsageError, match=r"^nowhere: no address is known for this host"):
        resolve("nowhere")


@pytest.mark.parametrize(
    ("address", "gateway", "match"),
    [
        ("10.0.0.2", None, "prefix length is missing, as in 10.0.0.2/24"),
        ("10.0.0.2/33", None, "give the address and its prefix length"),
        ("mars/24", None, "give the address and its prefix length"),
        ("10.0.0.2/24", "10.0.1.1", "outside 10.0.0.0/24"),
        ("10.0.0.2/24", "10.0.0.1/24", "not an address"),
        ("10.0.0.2/24", "fe80::1", "outside 10.0.0.0/24"),
        ("fd00::2", None, "prefix length is missing, as in fd00::2/64"),
        ("fd00::2/64", "fd01::1", "outside fd00::/64"),
        ("fd00::2/64", "10.0.0.1", "outside fd00::/64"),
    ],
)
def test_bad_addresses(address, gateway, match):
    with pytest.raises(UsageError, match=match):
        check_addresses(address, gateway)


def test_without_a_link_it_goes_by_nat_with_its_addresses():
    way = Way(None)
    assert (way.link, way.address, way.gateway) == ("nat:", "10.0.2.15/24", "10.0.2.2")
    assert [way.to(server) for server in ("127.0.0.1", "127.8.9.10", "192.0.2.1")] == ["10.0.2.2"] * 2 + ["192.0.2.1"]


def test_nat_with_addresses_of_ones_own():
    way = Way("nat:10.77.0.0%2F16?mtu=9000", "10.77.1.1/16")
    assert (way.address, way.gateway, way.to("127.0.0.1")) == ("10.77.1.1/16", "10.77.0.2", "10.77.0.2")
    assert Way("nat:", None, "10.0.2.9").gateway == "10.0.2.9"


def test_another_link_has_the_addresses_it_is_given():
    way = Way("tap:tap0", "10.0.0.2/24")
    assert (way.link, way.address, way.gateway, way.to("127.0.0.1")) == ("tap:tap0", "10.0.0.2/24", None, "127.0.0.1")


def test_nat_for_a_server_of_ipv6():
    way = Way(None, version=6)
    assert (way.link, way.address, way.gateway) == ("nat:?ipv6=1", "fec0::15/64", "fe80::2")
    assert (way.to("::1"), way.to("2001:db8::1"), way.config) == (
        "fec0::2",
        "2001:db8::1",
        {"NX_DISABLE_IPV6_DAD": True},
    )
    assert Way("nat:10.77.0.0/16?mtu=9000", version=6).link == "nat:10.77.0.0/16?mtu=9000&ipv6=1"
    assert Way("nat:?ipv6=yes", version=6).link == "nat:?ipv6=yes"
    assert Way("tap:tap0", "fd00::2/64", "fe80::1", version=6).config == Way(None).config == {}
    with pytest.raises(UsageError, match="outside fec0::/64"):
        Way(None, "fd00::2/64", version=6)
    with pytest.raises(UsageError, match=r"as in fd00::2/64"):
        Way("tap:tap0", version=6)
    with pytest.raises(UsageError, match="one of IPv6 is wanted"):
        Way("tap:tap0", "10.0.0.2/24", version=6)


@pytest.mark.parametrize(
    ("link", "address", "match"),
    [
        ("tap:tap0", None, "^--link tap:tap0: give --address as well"),
        ("nat", None, r"^--link nat: 'nat' is no link: .* \(did you mean nat:\?\)"),
        ("tpa:tap0", None, r"^--link tpa:tap0: there is no link scheme 'tpa'.*\(did you mean tap:\?\)"),
        ("nat:mars", None, "^--link nat:mars: Expected 4 octets"),
        (None, "10.0.0.2/24", r"^--address 10\.0\.0\.2/24: outside 10\.0\.2\.0/24, the network of nat:"),
        (None, "10.0.2.15", "the prefix length is missing"),
        ("tap:tap0", "fd00::2/64", "one of IPv4 is wanted"),
    ],
)
def test_ways_that_cannot_be(link, address, match):
    with pytest.raises(UsageError, match=match):
        Way(link, address)


def test_good_addresses():
    check_addresses("10.0.0.2/24", None)
    check_addresses("10.0.0.2/24", "10.0.0.254")
    check_addresses("fd00::2/64", "fd00::1")
    check_addresses("fd00::2/64", "fe80::1")  # routers are known by such addresses


# -- the password -----------------------------------------------------------------------------------------------------


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.delenv(password.VARIABLE, raising=False)
    monkeypatch.delenv("NETRC", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    return tmp_path


def write_netrc(path, text):
    path.write_text(text)
    path.chmod(0o600)


def never(prompt):
    raise AssertionError(prompt)


def test_password_from_the_environment_comes_first(home, monkeypatch):
    write_netrc(home / ".netrc", "machine h login u password other\n")
    monkeypatch.setenv(password.VARIABLE, "secret")
    assert find_password("u", "h", never) == "secret"
    monkeypatch.setenv(password.VARIABLE, "")
    assert find_password("u", "h", never) == ""


def test_password_from_netrc(home):
    write_netrc(home / ".netrc", "machine h login u password secret\nmachine g login v password x\n")
    assert find_password("u", "h", never) == "secret"


def test_password_from_a_netrc_elsewhere(home, monkeypatch):
    write_netrc(home / "my", "machine h login u password secret\n")
    monkeypatch.setenv("NETRC", str(home / "my"))
    assert find_password("u", "h", never) == "secret"


@pytest.mark.parametrize("text", ["machine h login other password x\n", "machine g login u password x\n", ""])
def test_password_is_asked_for_when_netrc_has_none(home, text):
    write_netrc(home / ".netrc", text)
    asked = []
    assert find_password("u", "h", lambda prompt: asked.append(prompt) or "typed") == "typed"
    assert asked == ["Password of u at h: "]


def test_password_without_a_terminal(home, monkeypatch):
    monkeypatch.setattr(password.sys, "stdin", open("/dev/null"))  # noqa: SIM115
    with pytest.raises(
        UsageError, match=r"^no password for u at h: set NETX_POP3_PASSWORD, add .* or run in a terminal$"
    ):
        find_password("u", "h")
    password.sys.stdin.close()


def test_password_prompt_in_a_terminal(home, monkeypatch):
    monkeypatch.setattr(password.sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(password.getpass, "getpass", lambda prompt: "typed")
    assert find_password("u", "h") == "typed"


@pytest.mark.parametrize("error", [netrc.NetrcParseError("bad token"), PermissionError(13, "Permission denied")])
def test_netrc_that_cannot_be_used(home, monkeypatch, error):
    def broken(path):
        raise error

    monkeypatch.setattr(password.netrc, "netrc", broken)
    with pytest.raises(UsageError, match="netrc cannot be used"):
        find_password("u", "h", never)


# -- errors -----------------------------------------------------------------------------------------------------------

SERVICE = "nx_pop3_client_mail_item_get"


@pytest.mark.parametrize(
    ("error", "status", "text"),
    [
        (UsageError("bad option"), Exit.USAGE, "bad option"),
        (TargetSpecError("bad target"), Exit.USAGE, "bad target"),
        (TargetError("/m: the disk is full"), Exit.TARGET, "/m: the disk is full"),
        (LinkError("tap9 is not there", "ip tuntap"), Exit.LINK, "tap9 is not there; mend it with: ip tuntap"),
        (
            AuthenticationError(0xB4, "nx_pop3_client_mail_items_get", b"-ERR [AUTH] no"),
            Exit.LOGIN,
            (
                "the server refused the name or the password (NX_POP3_SERVER_ERROR_STATUS from "
                "nx_pop3_client_mail_items_get: -ERR [AUTH] no)"
            ),
        ),
        (
            error_for(0xB4, SERVICE, b"-ERR gone"),
            Exit.SERVER,
            f"the server refused (NX_POP3_SERVER_ERROR_STATUS from {SERVICE}: -ERR gone)",
        ),
        (
            ServerRefused(0xB4, SERVICE, b"HTTP/1.1 400"),
            Exit.SERVER,
            f"the server's answer cannot be understood (NX_POP3_SERVER_ERROR_STATUS from {SERVICE}: HTTP/1.1 400)",
        ),
        (
            error_for(0x38, "nxd_pop3_client_create"),
            Exit.CONNECTION,
            "no connection to the server (NX_NOT_CONNECTED from nxd_pop3_client_create)",
        ),
        (error_for(0x38, SERVICE), Exit.CONNECTION, f"the connection was lost (NX_NOT_CONNECTED from {SERVICE})"),
        (error_for(1, SERVICE), Exit.CONNECTION, f"the server did not answer in time (NX_NO_PACKET from {SERVICE})"),
        (
            error_for(0xB1, "nxd_pop3_client_create"),
            Exit.SERVICE,
            (
                "a user name may have 40 bytes and a password 20, and neither address nor port may be 0 "
                "(NX_POP3_PARAM_ERROR from nxd_pop3_client_create)"
            ),
        ),
        (error_for(0x12, SERVICE), Exit.SERVICE, f"a service failed (NX_INVALID_PACKET from {SERVICE})"),
        (DeviceFault("T-X", "it crashes"), Exit.FAULT, "a device would not survive this (T-X): it crashes"),
        (KeyboardInterrupt(), Exit.INTERRUPTED, "stopped"),
    ],
)
def test_each_error_has_a_status_and_a_sentence(error, status, text):
    assert isinstance(error, exits.EXPECTED)
    assert exit_of(error) is status
    assert sentence(error) == text
    assert "\n" not in text


def test_check():
    check(0, "nx_tcp_enable")
    with pytest.raises(NetXError) as caught:
        check(0x15, "nx_tcp_enable")
    assert str(caught.value) == "nx_tcp_enable: NX_ALREADY_ENABLED (0x15)"
    assert (caught.value.status, caught.value.service, caught.value.reply) == (0x15, "nx_tcp_enable", b"")


# -- what is shown ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("count", "text"),
    [(0, "0 bytes"), (9999, "9999 bytes"), (10000, "10.0 kB"), (1234567, "1.2 MB"), (5 * 10**9, "5.0 GB")],
)
def test_octets(count, text):
    assert octets_text(count) == text


class StubMail:
    number = 1


@pytest.mark.parametrize(("terminal", "kind"), [(True, Bar), (False, Lines)])
def test_progress_suits_the_output(terminal, kind, capsys):
    console = Console(force_terminal=terminal, width=100)
    with progress_on(console) as progress:
        assert type(progress) is kind
        progress.begin(2, 300)
        progress.mail(StubMail())
        progress.received(200)
        progress.received(100)
        progress.kept(StubMail(), 300, False)
        progress.kept(StubMail(), 300, True)
    shown = capsys.readouterr().out
    expected = ["mail 1 of 2", "300/300 bytes"] if terminal else ["mail 1 of 2: 300 bytes, stored\n", "stored before"]
    for text in expected:
        assert text in shown


def test_location_is_what_the_journal_knows_an_account_by():
    assert str(Location("u", "h", 110)) == "u@h:110"


@pytest.mark.parametrize("found", [[], [EntryPoint("cc", "netx_none.cc:cc", cc.GROUP)]], ids=["unknown", "taken away"])
def test_without_the_c_side_nothing_is_compiled(monkeypatch, found):
    monkeypatch.setattr(cc, "entry_points", lambda **_: found)
    with pytest.raises(BuildImpossible, match="the C side is not installed here"):
        cc.cc(["app.c"])
