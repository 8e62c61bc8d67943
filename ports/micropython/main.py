"""Collect mail over a serial line: SLIP on a UART, POP3 with APOP, each mail packet by packet to a file.

The other end is whatever routes IP: a computer with `slattach`, or `netx-pop3` on a host.  Change what is in capitals.
The services without argument checks are used, as a firmware is released; while developing, import the checked ones
from `netx_sim.checked` and `netx_pop3.client` (24 KB more).
"""

import gc
import os
import sys

from netx_drivers.slip import SlipDriver
from netx_pop3.control import NX_POP3_CLIENT
from netx_pop3.core import (
    _nx_pop3_client_create,
    _nx_pop3_client_delete,
    _nx_pop3_client_mail_item_delete,
    _nx_pop3_client_mail_items_get,
    _nx_pop3_client_quit,
)
from netx_pop3.stream import mail_stream
from netx_sim.ip import NX_IP, _nx_ip_create
from netx_sim.kernel import simulation
from netx_sim.packet import NX_PACKET_POOL
from netx_sim.packet_pool import _nx_packet_pool_create
from netx_sim.ref import Ref
from netx_sim.tcp import _nx_tcp_enable

ADDRESS, MASK = 0x0A00020F, 0xFFFFFF00  # 10.0.2.15; behind a gateway the mask is 0: all is at the other end
SERVER, PORT = 0x0A000202, 110  # 10.0.2.2
NAME, PASSWORD = "ada", "tanstaaf"
BAUD = 115200
PAYLOAD, PACKETS, MTU = 256, 8, 236  # a received packet fits one payload: 16 bytes of room, then the MTU


def uart():
    """The serial port of the board at hand: pins 4 and 5 on an RP2040, 16 and 17 on an ESP32."""
    from machine import UART, Pin

    if sys.platform == "rp2":
        return UART(1, BAUD, tx=Pin(4), rx=Pin(5), rxbuf=2048)
    return UART(2, BAUD, tx=17, rx=16, rxbuf=2048)


def file_of(number):
    """Where a mail goes."""
    return open("mail" + str(number) + ".eml", "wb")


def fetch(port, sink=file_of, delete=False, server_port=PORT, say=print, seed=None):
    """Collect all mails; the last status.  `port`: a UART or a descriptor; `sink(number)` gives what to write to."""
    if seed is None:  # the ports that connections come from: routers remember those of the last session
        seed = int.from_bytes(os.urandom(4), "big")
    config = {"NX_POP3_CLIENT_TCP_WINDOW_SIZE": (MTU - 40) * 4}
    with simulation(seed, config) as sim:
        pool, ip, client = NX_PACKET_POOL(), NX_IP(), NX_POP3_CLIENT()
        size = (PAYLOAD + 60) * PACKETS
        _nx_packet_pool_create(pool, "pool", PAYLOAD, bytearray(size), size)
        driver = SlipDriver(port, BAUD, MTU, "never")
        _nx_ip_create(ip, "board", ADDRESS, MASK, pool, driver, bytearray(1024), 1024, 1)
        _nx_tcp_enable(ip)
        gc.collect()
        status = _nx_pop3_client_create(client, 1, ip, pool, SERVER, server_port, NAME, PASSWORD)
        if not status:
            status = collect(client, sink, delete, say)
        _nx_pop3_client_delete(client)
        say("free packets", pool.nx_packet_pool_available, "of", pool.nx_packet_pool_total, "tick", sim.now)
    return status


def collect(client, sink, delete, say):
    """The session, from STAT to QUIT."""
    count = Ref(0)
    status = _nx_pop3_client_mail_items_get(client, count, Ref())
    for number in range(1, count.value + 1):
        if status:
            return status
        with sink(number) as target:
            status = mail_stream(client, number, target.write)
        say("mail", number, "status", status)
        if delete and not status:
            status = _nx_pop3_client_mail_item_delete(client, number)
    return status or _nx_pop3_client_quit(client)


if __name__ == "__main__":
    print("status", fetch(uart()))
