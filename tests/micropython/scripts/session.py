"""A POP3 session with APOP over the RAM wire, both ends in this process; every byte, status and tick is printed."""

from netx_drivers.ram import RamWire
from netx_pop3.client import (
    nx_pop3_client_create,
    nx_pop3_client_delete,
    nx_pop3_client_mail_item_delete,
    nx_pop3_client_mail_item_get,
    nx_pop3_client_mail_item_message_get,
    nx_pop3_client_mail_item_size_get,
    nx_pop3_client_mail_items_get,
    nx_pop3_client_quit,
)
from netx_pop3.control import NX_POP3_CLIENT
from netx_pop3.server import Account, MemoryStore, Pop3Server
from netx_sim import diagnostics
from netx_sim.checked.arp import nx_arp_enable
from netx_sim.checked.ip import nx_ip_create
from netx_sim.checked.packet import nx_packet_pool_create, nx_packet_release
from netx_sim.checked.tcp import nx_tcp_enable
from netx_sim.ip import NX_IP
from netx_sim.kernel import simulation
from netx_sim.md5 import md5_hexdigest
from netx_sim.packet import NX_PACKET_POOL, packet_bytes
from netx_sim.ref import Ref

SERVER, CLIENT = 0x0A000001, 0x0A000002
MAILS = (
    b"Subject: plain\r\n\r\nGood morning.\r\n",
    b"Subject: dots\r\n\r\n.\r\n..\r\n.leading\r\n\r\n.\r\n",
    b"Subject: raw\r\n\r\nGr\xfc\xdfe \x00\x01\x7f\xff\r\n",
    b"Subject: long\r\n\r\n" + b"0123456789abcdef" * 400 + b"\r\n",
    b"Subject: empty\r\n\r\n",
)


def make_host(name, address, wire):
    pool = NX_PACKET_POOL()
    memory = bytearray(24 * 1700)
    print(name, "pool", nx_packet_pool_create(pool, name, 1568, memory, len(memory)))
    ip = NX_IP()
    print(name, "ip", nx_ip_create(ip, name, address, 0xFFFFFF00, pool, wire, bytearray(2048), 2048, 1))
    print(name, "arp", nx_arp_enable(ip, bytearray(1024), 1024), "tcp", nx_tcp_enable(ip))
    return ip, pool


def fetch(client, number):
    size = Ref()
    print("LIST", number, nx_pop3_client_mail_item_size_get(client, number, size), size.value)
    print("RETR", number, nx_pop3_client_mail_item_get(client, number, size), size.value)
    text = b""
    final = Ref(0)
    while not final.value:
        packet, count = Ref(), Ref()
        status = nx_pop3_client_mail_item_message_get(client, packet, count, final)
        print("  part", status, count.value, bool(final.value))
        if status:
            return
        text += packet_bytes(packet.value)
        nx_packet_release(packet)
    if len(text) < 100:
        print("  text", text)
    print("  digest", md5_hexdigest(text))
    print("DELE", number, nx_pop3_client_mail_item_delete(client, number))


def session(sim):
    wire = RamWire()
    server_ip, server_pool = make_host("server", SERVER, wire)
    client_ip, client_pool = make_host("client", CLIENT, wire)
    store = MemoryStore(MAILS)
    server = Pop3Server(server_ip, server_pool, {"ada": Account("tanstaaf", store)})
    print("listen", server.start())
    client = NX_POP3_CLIENT()
    print("login", nx_pop3_client_create(client, 1, client_ip, client_pool, SERVER, 110, "ada", "tanstaaf"))
    count, size = Ref(), Ref()
    print("STAT", nx_pop3_client_mail_items_get(client, count, size), count.value, size.value)
    for number in range(1, count.value + 1):
        fetch(client, number)
    print("QUIT", nx_pop3_client_quit(client))
    print("delete", nx_pop3_client_delete(client))
    print("left in the maildrop", len(store.messages()))
    print("stop", server.stop())
    for pool in (server_pool, client_pool):
        print("free", pool.nx_packet_pool_available, "of", pool.nx_packet_pool_total)
    print("tick", sim.now)


diagnostics.hooks.append(lambda kind, name, message, fields: print("report", kind, name, message))
with simulation(seed=3) as world:
    session(world)
print("done")
