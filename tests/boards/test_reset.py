"""The board is reset in a session, or its host is: the session ends in a device's status, and the next one works."""

import pytest

from netx_drivers import SlipDriver
from netx_pop3 import nx_pop3_client_mail_item_get, nx_pop3_client_mail_item_message_get, nx_pop3_client_mail_items_get
from netx_pop3.maildrop import ConnectionLost, Host, Maildrop, ReplyTimeout
from netx_sim import (
    NX_NO_PACKET,
    NX_NOT_CONNECTED,
    NX_SUCCESS,
    Ref,
    nx_packet_release,
    simulation,
)
from tests.boards.board_mails import MAILS, PASSWORD, USER, wire_form
from tests.boards.conftest import HOST
from tests.boards.machine import BANNER
from tests.boards.test_mail import SERVER, Device, collected
from tests.boards.wire import Talk

pytestmark = pytest.mark.slow

# A reply that does not come is waited for so long, in ticks: less than the ten seconds of a device.
PATIENCE = {"NX_POP3_SERVER_REPLY_TIMEOUT": 300}


@pytest.fixture
def host(board):
    """An instance that waits less long."""
    with simulation(config=PATIENCE):
        driver = SlipDriver(board.port)
        with Host(driver, HOST) as made:
            made.driver = driver
            yield made


def everything_arrives(host):
    return collected(host) == [wire_form(mail) for mail in MAILS]


def test_reset_between_two_commands(board, host):
    """The board knows nothing of the connection and refuses it. Its banner is a damaged frame."""
    with Device(host) as device:
        assert device.delete(1) == NX_SUCCESS
        board.press_reset()
        assert nx_pop3_client_mail_items_get(device.client, Ref(), Ref()) == NX_NOT_CONNECTED
        assert nx_pop3_client_mail_items_get(device.client, Ref(), Ref()) == NX_NOT_CONNECTED
    assert host.driver.statistics.damaged == 1
    assert everything_arrives(host)


def test_the_banner_of_a_board_that_starts_is_junk(board, host):
    board.press_reset()
    assert everything_arrives(host)
    statistics = host.driver.statistics
    assert (statistics.junk, statistics.damaged) == (len(BANNER), 0)


def test_reset_in_the_middle_of_a_mail(board, host):
    """The rest does not come: the board refuses our next acknowledgement, or there is none and time runs out."""
    with Device(host) as device:
        device.items()
        size, packet, final = Ref(), Ref(), Ref(0)
        assert nx_pop3_client_mail_item_get(device.client, 3, size) == NX_SUCCESS
        board.press_reset()
        got, status = 0, NX_SUCCESS
        while status == NX_SUCCESS:
            status = nx_pop3_client_mail_item_message_get(device.client, packet, size, final)
            if status == NX_SUCCESS:
                got += size.value
                nx_packet_release(packet)
        assert status in (NX_NO_PACKET, NX_NOT_CONNECTED)
        assert got < len(MAILS[2])
        assert not final.value
    assert everything_arrives(host)


def test_reset_while_python_reads_a_mail(board, host):
    drop = Maildrop(SERVER, USER, PASSWORD, ip=host.ip, pool=host.pool, apop=False).open()
    chunks = drop.mail(3).chunks()
    next(chunks)
    board.press_reset()
    with pytest.raises((ConnectionLost, ReplyTimeout)):
        list(chunks)
    drop.close()
    assert everything_arrives(host)


def test_the_host_is_reset(terminal, board):
    """What it had open stays behind on the board, makes way for the next one, and deletes nothing."""
    first, second = Talk(terminal, 40000), Talk(terminal, 40001)
    first.open()
    first.log_in()
    first.ask(b"DELE 1")
    second.open()
    with simulation(), Host(SlipDriver(board.port), HOST) as host:
        assert everything_arrives(host)
        assert everything_arrives(host)
