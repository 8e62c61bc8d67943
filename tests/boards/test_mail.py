"""The host's client collects the board's mail, by the services of a device and by Maildrop."""

import subprocess

import pytest

from netx_drivers import DROP, PASS, Capture, Deliver, Faults, SlipDriver
from netx_pop3 import (
    NX_POP3_CLIENT,
    nx_pop3_client_create,
    nx_pop3_client_delete,
    nx_pop3_client_mail_item_delete,
    nx_pop3_client_mail_item_get,
    nx_pop3_client_mail_item_message_get,
    nx_pop3_client_mail_item_size_get,
    nx_pop3_client_mail_items_get,
    nx_pop3_client_quit,
)
from netx_pop3.maildrop import AuthenticationError, Host, Maildrop
from netx_sim import (
    NX_POP3_SERVER_ERROR_STATUS,
    NX_SUCCESS,
    Ref,
    nx_packet_release,
    packet_bytes,
    simulation,
)
from tests.boards.board_mails import MAILS, PASSWORD, USER, wire_form
from tests.boards.conftest import HOST
from tests.boards.machine import PATIENCE_S
from tests.boards.wire import BOARD
from tests.peers.judges import assert_clean_capture

SERVER = "192.168.7.2"

pytestmark = pytest.mark.slow


class Device:
    """The client's services, as an application calls them; an unexpected status fails the test."""

    def __init__(self, host, apop=False, password=PASSWORD):
        self.client = NX_POP3_CLIENT()
        who = (BOARD, 110, USER, password)
        assert nx_pop3_client_create(self.client, int(apop), host.ip, host.pool, *who) == NX_SUCCESS

    def __enter__(self):
        return self

    def __exit__(self, *_):
        nx_pop3_client_delete(self.client)

    def items(self):
        """How many mails there are, and how many bytes."""
        number, size = Ref(), Ref()
        assert nx_pop3_client_mail_items_get(self.client, number, size) == NX_SUCCESS
        return number.value, size.value

    def size(self, item):
        size = Ref()
        assert nx_pop3_client_mail_item_size_get(self.client, item, size) == NX_SUCCESS
        return size.value

    def message(self, item):
        """The size that RETR announces, and the message as it is on the wire."""
        announced, size, packet, final = Ref(), Ref(), Ref(), Ref(0)
        assert nx_pop3_client_mail_item_get(self.client, item, announced) == NX_SUCCESS
        parts = []
        while not final.value:
            assert nx_pop3_client_mail_item_message_get(self.client, packet, size, final) == NX_SUCCESS
            parts.append(packet_bytes(packet.value))
            nx_packet_release(packet)
        return announced.value, b"".join(parts)

    def delete(self, item):
        return nx_pop3_client_mail_item_delete(self.client, item)

    def quit(self):
        assert nx_pop3_client_quit(self.client) == NX_SUCCESS


def collected(host, **login):
    """Every message, in a session of the services that deletes nothing."""
    with Device(host, **login) as device:
        assert device.items() == (len(MAILS), sum(map(len, MAILS)))
        messages = []
        for item, mail in enumerate(MAILS, start=1):
            assert device.size(item) == len(mail)
            announced, message = device.message(item)
            assert announced == len(mail)
            messages.append(message)
        device.quit()
    return messages


@pytest.mark.parametrize("window", [512, 1460, 8192])
@pytest.mark.parametrize("apop", [False, pytest.param(True, marks=pytest.mark.leaks)], ids=["password", "apop"])
def test_every_mail_byte_for_byte(board, window, apop):
    """Windows of less than a segment, of one and a half, and of more than the board sends ahead."""
    with simulation(config={"NX_POP3_CLIENT_TCP_WINDOW_SIZE": window}), Host(SlipDriver(board.port), HOST) as host:
        assert collected(host, apop=apop) == [wire_form(mail) for mail in MAILS]


@pytest.mark.parametrize("mtu", [68, 296, 1500])
def test_segments_as_small_as_the_hosts_mtu_wants_them(board, mtu):
    """The host acknowledges at once here: a window is many small segments, and the board sends four ahead."""
    with simulation(config={"NX_TCP_ACK_EVERY_N_PACKETS": 1}), Host(SlipDriver(board.port, mtu=mtu), HOST) as host:
        if mtu == 68:
            with Device(host) as device:
                device.items()
                assert device.message(2)[1] == wire_form(MAILS[1])
        else:
            assert collected(host) == [wire_form(mail) for mail in MAILS]


def test_maildrop_undoes_the_dots(host):
    with Maildrop(SERVER, USER, PASSWORD, ip=host.ip, pool=host.pool, apop=False) as drop:
        assert [mail.raw for mail in drop] == MAILS
        assert [mail.message["Subject"] for mail in drop] == ["plain", "dots", "the log of 288 measurements"]


def test_what_is_deleted_is_gone_after_quit_and_back_after_a_reset(board, host):
    with Device(host) as device:
        device.items()
        assert device.delete(2) == NX_SUCCESS
        assert device.delete(2) == NX_POP3_SERVER_ERROR_STATUS
        assert device.delete(4) == NX_POP3_SERVER_ERROR_STATUS
        assert device.items()[0] == 2
        device.quit()
    with Device(host) as device:
        assert device.items() == (2, len(MAILS[0]) + len(MAILS[2]))
        assert device.message(2)[1] == wire_form(MAILS[2])
        device.quit()


def test_without_quit_nothing_is_deleted(host):
    with Device(host) as device:
        assert device.delete(1) == NX_SUCCESS
    with Device(host) as device:
        assert device.items()[0] == len(MAILS)
        device.quit()


TROUBLES = {
    "lost": lambda data: DROP,
    "damaged": lambda data: Deliver(data=data[:-1] + bytes([data[-1] ^ 1])),
    "doubled": lambda data: Deliver(copies=2),
    "late": lambda data: Deliver(delay_us=50000),
}


@pytest.mark.parametrize("trouble", TROUBLES)
def test_every_mail_though_every_nineteenth_packet_is(board, trouble):
    """Either way; what is damaged fails a checksum, what is lost comes again."""
    with simulation(config={"NX_POP3_CLIENT_TCP_WINDOW_SIZE": 4096}):
        chosen = TROUBLES[trouble]
        rule = lambda frame: PASS if frame.number % 19 else chosen(frame.data)  # noqa: E731
        faults = Faults(SlipDriver(board.port), rule=rule)
        with Host(faults, HOST) as host:
            assert collected(host) == [wire_form(mail) for mail in MAILS]
        assert faults.counts.ruled > 2


@pytest.mark.leaks
@pytest.mark.parametrize("apop", [False, True], ids=["password", "apop"])
def test_a_wrong_password(host, apop):
    """The device does not look at the answer to PASS; its first STAT is refused."""
    with Device(host, apop, "Lovelace") as device:
        assert nx_pop3_client_mail_items_get(device.client, Ref(), Ref()) == NX_POP3_SERVER_ERROR_STATUS
    with pytest.raises(AuthenticationError):
        Maildrop(SERVER, "eve", PASSWORD, ip=host.ip, pool=host.pool, apop=apop).open()


@pytest.mark.leaks
def test_tshark_has_no_objection(board, peer, tmp_path):
    tshark = peer("tshark")
    with simulation(), Capture(SlipDriver(board.port), tmp_path / "line.pcapng") as driver, Host(driver, HOST) as host:
        assert collected(host, apop=True) == [wire_form(mail) for mail in MAILS]
    assert_clean_capture(tshark, tmp_path / "line.pcapng")


def test_sizes_are_reported(firmware, peer):
    """The program fits where board.ld puts it; the map file is beside it."""
    argv = [peer("arm-none-eabi-gcc").replace("gcc", "size"), str(firmware)]
    done = subprocess.run(argv, capture_output=True, text=True, timeout=PATIENCE_S, check=True)
    text, data, bss = map(int, done.stdout.splitlines()[1].split()[:3])
    assert 4096 < text + data < 32768
    assert bss < 32768
    assert firmware.with_suffix(".map").exists()
