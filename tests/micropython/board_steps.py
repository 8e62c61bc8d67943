"""The session of the example for boards in steps, for a runtime that collects garbage only between calls from outside.

Each function does one step and leaves; what is in use between two of them is what a board must have.
"""

import gc

from netx_drivers.slip import SlipDriver
from netx_pop3.control import NX_POP3_CLIENT
from netx_pop3.core import (
    _nx_pop3_client_create,
    _nx_pop3_client_delete,
    _nx_pop3_client_mail_item_get,
    _nx_pop3_client_mail_item_message_get,
    _nx_pop3_client_mail_items_get,
    _nx_pop3_client_quit,
)
from netx_pop3.unstuff import Unstuffer
from netx_sim.constants import NX_TRUE
from netx_sim.ip import NX_IP, _nx_ip_create
from netx_sim.kernel import simulation
from netx_sim.packet import NX_PACKET_POOL, _nx_packet_release, packet_bytes
from netx_sim.packet_pool import _nx_packet_pool_create
from netx_sim.ref import Ref
from netx_sim.tcp import _nx_tcp_enable

PAYLOAD, PACKETS, MTU = 256, 8, 236

world = simulation(1, {"NX_POP3_CLIENT_TCP_WINDOW_SIZE": (MTU - 40) * 4})
pool, ip, client = NX_PACKET_POOL(), NX_IP(), NX_POP3_CLIENT()
variable, number, size, final = Ref(), Ref(0), Ref(), Ref()
stream, left = Unstuffer(), [0, 0]


def begin(port):
    """Everything up to the login; its status."""
    world.__enter__()
    memory = (PAYLOAD + 60) * PACKETS
    _nx_packet_pool_create(pool, "pool", PAYLOAD, bytearray(memory), memory)
    driver = SlipDriver(port, 115200, MTU, "never")
    _nx_ip_create(ip, "board", 0x0A00020F, 0xFFFFFF00, pool, driver, bytearray(1024), 1024, 1)
    _nx_tcp_enable(ip)
    return _nx_pop3_client_create(client, 1, ip, pool, 0x0A000202, 110, "ada", "tanstaaf")


def mails():
    """How many there are."""
    status = _nx_pop3_client_mail_items_get(client, number, size)
    return -status if status else number.value


def mail(item):
    """Ask for one; its status."""
    stream.__init__()
    return _nx_pop3_client_mail_item_get(client, item, size)


def packet():
    """The next bytes of the mail; None at its end."""
    if stream.finished:
        return None
    client.nx_pop3_client_ready_to_download = NX_TRUE
    status = _nx_pop3_client_mail_item_message_get(client, variable, size, final)
    if status:
        raise OSError(status)
    data = packet_bytes(variable.value)
    _nx_packet_release(variable.value)
    return stream.feed(data)


def end():
    """Status of QUIT, and how many packets are free."""
    status = _nx_pop3_client_quit(client)
    _nx_pop3_client_delete(client)
    free = pool.nx_packet_pool_available
    world.__exit__(None, None, None)
    gc.collect()
    return status, free
