"""Fetch one mail through the services of the POP3 client and time it."""

import logging
import time
from collections.abc import Callable
from typing import Any

from netx_pop3.client import (
    nx_pop3_client_create,
    nx_pop3_client_delete,
    nx_pop3_client_mail_item_delete,
    nx_pop3_client_mail_item_get,
    nx_pop3_client_mail_item_message_get,
    nx_pop3_client_mail_items_get,
    nx_pop3_client_quit,
)
from netx_pop3.control import NX_POP3_CLIENT
from netx_sim import NX_SUCCESS, Ref, nx_packet_release

# The device's quirks are the same in every round; they are not what is measured.
logging.getLogger("netx_pop3.quirks").setLevel(logging.ERROR)
logging.getLogger("netx_sim.leak").setLevel(logging.ERROR)


def log_in(ip: Any, pool: Any, address: int, port: int) -> NX_POP3_CLIENT:
    """A client that has logged in with USER and PASS."""
    client = NX_POP3_CLIENT()
    _must(nx_pop3_client_create(client, 0, ip, pool, address, port, "user", "password"))
    return client


def log_out(client: NX_POP3_CLIENT) -> None:
    """End the session."""
    nx_pop3_client_quit(client)
    nx_pop3_client_delete(client)


def retrieve(
    client: NX_POP3_CLIENT, number: int, clock: Callable[[], float] = time.perf_counter
) -> tuple[float, int]:
    """STAT, then fetch a mail, each packet released at once as on a device; seconds of the latter, and octets."""
    packet, size, final = Ref(), Ref(), Ref()
    octets = 0
    _must(nx_pop3_client_mail_items_get(client, size, size))
    begin = clock()
    _must(nx_pop3_client_mail_item_get(client, number, size))
    while True:
        _must(nx_pop3_client_mail_item_message_get(client, packet, size, final))
        octets += size.value
        nx_packet_release(packet)
        if final.value:
            return clock() - begin, octets


def run_session(ip: Any, pool: Any, address: int, port: int) -> None:
    """Connect, log in with APOP, STAT, RETR of one short mail, DELE, QUIT."""
    client = NX_POP3_CLIENT()
    _must(nx_pop3_client_create(client, 1, ip, pool, address, port, "user", "password"))
    retrieve(client, 1)
    _must(nx_pop3_client_mail_item_delete(client, 1))
    _must(nx_pop3_client_quit(client))
    _must(nx_pop3_client_delete(client))


def _must(status: int) -> None:
    if status != NX_SUCCESS:
        raise RuntimeError(f"the client's service ended with status 0x{status:02X}")
