"""A mail of a megabyte over a bad link, many seeds: it arrives intact, or the services say why it did not.

`--seeds` is how many seeds each plan is run with: 2 in an ordinary run, 200 with `make soak`.
"""

import random
import re

import pytest

from netx_drivers import RamWire
from netx_pop3 import (
    NX_POP3_CLIENT,
    nx_pop3_client_create,
    nx_pop3_client_delete,
    nx_pop3_client_mail_item_get,
    nx_pop3_client_mail_item_message_get,
    nx_pop3_client_mail_items_get,
    nx_pop3_client_quit,
)
from netx_pop3.maildrop import Maildrop, NetXError
from netx_pop3.server import Account, MemoryStore, Pop3Server
from netx_sim import (
    NX_INVALID_PACKET,
    NX_NO_PACKET,
    NX_NOT_CONNECTED,
    NX_POP3_SERVER_ERROR_STATUS,
    NX_SUCCESS,
    NX_WINDOW_OVERFLOW,
    Ref,
    nx_arp_static_entry_create,
    nx_packet_release,
    packet_bytes,
    simulation,
    status_name,
    tx_thread_sleep,
)
from tests.property.two_hosts import PORT, Host, Plan

pytestmark = [pytest.mark.soak, pytest.mark.leaks]  # an APOP login loses a packet, as on the device

SIZE = 1 << 20
ATTEMPTS = 20
SETTLED = 30000  # ticks until nothing of an ended connection is left
WHY = (NX_NO_PACKET, NX_NOT_CONNECTED, NX_WINDOW_OVERFLOW, NX_INVALID_PACKET, NX_POP3_SERVER_ERROR_STATUS)

GOOD_PLANS = {
    "1 % loss, duplicates, reordering": {"loss": 0.01, "duplicate": 0.01, "reorder": 0.01},
    "5 % loss, duplicates, reordering": {"loss": 0.05, "duplicate": 0.05, "reorder": 0.05},
    "1 % corruption": {"corrupt": 0.01},
}
# The device's window has room for one segment; in a larger one segments overtake each other, and gaps open.
WINDOWS = (1460, 32768)


def mail(seed: int) -> bytes:
    """A mail with dots, long lines, empty lines and raw bytes."""
    chance = random.Random(seed)
    lines = [b"Subject: soak", b""]
    size = 0
    while size < SIZE:
        line = chance.choice((b"", b".", b"..", b". dot", b"x" * 998, bytes(range(128, 256)), b"abc " * 18))
        lines.append(line)
        size += len(line) + 2
    return b"\r\n".join(lines) + b"\r\n"


class Network:
    """A server with one mail, a client, and a wire between them that follows a plan."""

    def __init__(self, plan: Plan, content: bytes) -> None:
        driver = plan.driver(RamWire())
        self.server, self.client = Host(1, driver, packets=100), Host(2, driver, packets=40)
        tx_thread_sleep(1)
        self._know(self.server, self.client)
        self._know(self.client, self.server)
        self.store = MemoryStore([content])
        self.pop3 = Pop3Server(self.server.ip, self.server.pool, {"mary": Account("secret", self.store)})
        assert self.pop3.start() == NX_SUCCESS

    @staticmethod
    def _know(host: Host, other: Host) -> None:
        """Address resolution is not what this is about: a lost answer to it costs ten seconds."""
        interface = other.ip.nx_ip_interface[0]
        mac = (interface.nx_interface_physical_address_msw, interface.nx_interface_physical_address_lsw)
        assert nx_arp_static_entry_create(host.ip, other.address, *mac) == NX_SUCCESS

    def fetch(self) -> bytes:
        """One session; NetXError if it failed."""
        with Maildrop("10.0.0.1", "mary", "secret", ip=self.client.ip, pool=self.client.pool) as drop:
            (item,) = drop
            return item.raw

    def fetch_plainly(self) -> tuple[int, bytes]:
        """The same by the device's services: the status they end with, and the bytes they gave until then."""
        client, count, size, packet, final = NX_POP3_CLIENT(), Ref(), Ref(), Ref(), Ref(0)
        who = (self.server.address, PORT, "mary", "secret")
        status = nx_pop3_client_create(client, 0, self.client.ip, self.client.pool, *who)
        status = status or nx_pop3_client_mail_items_get(client, count, size)
        status = status or nx_pop3_client_mail_item_get(client, 1, size)
        data = b""
        while not status and not final.value:
            status = nx_pop3_client_mail_item_message_get(client, packet, size, final)
            if not status:
                data += packet_bytes(packet.value)
                nx_packet_release(packet)
        status = status or nx_pop3_client_quit(client)
        nx_pop3_client_delete(client)
        return status, data

    def judge(self) -> None:
        """Every packet is back: all of the server's, and the client's but one for each APOP login."""
        tx_thread_sleep(SETTLED)
        assert self.pop3.stop() == NX_SUCCESS
        assert self.server.pool.nx_packet_pool_available == self.server.pool.nx_packet_pool_total


@pytest.fixture
def content(soak_seed: int) -> bytes:
    return mail(soak_seed)


@pytest.mark.parametrize("window", WINDOWS)
@pytest.mark.parametrize("plan", GOOD_PLANS)
def test_mail_arrives_intact(plan: str, window: int, soak_seed: int, content: bytes) -> None:
    with simulation(seed=soak_seed, config={"NX_POP3_CLIENT_TCP_WINDOW_SIZE": window}):
        network = Network(Plan(seed=soak_seed, **GOOD_PLANS[plan]), content)
        assert network.fetch() == content
        network.judge()


@pytest.mark.parametrize("plan", GOOD_PLANS)
def test_plain_services_give_the_bytes_of_the_wire(plan: str, soak_seed: int, content: bytes) -> None:
    """All bytes in order, dots still doubled; an end mark cut in two is waited out (device quirk), nothing is lost."""
    sent = re.sub(rb"(?m)^\.", b"..", content) + b".\r\n"
    with simulation(seed=soak_seed):
        network = Network(Plan(seed=soak_seed, **GOOD_PLANS[plan]), content)
        status, data = network.fetch_plainly()
        assert data == sent
        assert status in (NX_SUCCESS, NX_NO_PACKET)
        network.judge()
        assert network.client.pool.nx_packet_pool_available == network.client.pool.nx_packet_pool_total


@pytest.mark.parametrize("window", WINDOWS)
def test_mail_on_a_link_that_loses_a_fifth(window: int, soak_seed: int, content: bytes) -> None:
    """Ten repeats can run out: then a status says so, and a repeated session brings the mail."""
    with simulation(seed=soak_seed, config={"NX_POP3_CLIENT_TCP_WINDOW_SIZE": window}):
        network = Network(Plan(seed=soak_seed, loss=0.2), content)
        failures: list[str] = []
        while len(failures) < ATTEMPTS:
            try:
                fetched = network.fetch()
            except NetXError as error:
                failures.append(status_name(error.status))
                tx_thread_sleep(SETTLED)
            else:
                assert fetched == content
                break
        assert set(failures) <= {status_name(status) for status in WHY}
        assert len(failures) < ATTEMPTS, f"no session of {ATTEMPTS} brought the mail: {failures}"
        network.judge()
