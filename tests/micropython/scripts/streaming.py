"""APOP where hashlib has no MD5, and mails streamed to a callback: dots, empty ones, one larger than any pool."""

import sys


class Hashlib:
    """As it is in a MicroPython without SSL."""


sys.modules["hashlib"] = Hashlib()

from netx_drivers.ram import RamWire  # noqa: E402
from netx_pop3.client import (  # noqa: E402
    nx_pop3_client_create,
    nx_pop3_client_delete,
    nx_pop3_client_mail_items_get,
    nx_pop3_client_quit,
)
from netx_pop3.control import NX_POP3_CLIENT  # noqa: E402
from netx_pop3.server import Account, MemoryStore, Pop3Server  # noqa: E402
from netx_pop3.stream import mail_stream  # noqa: E402
from netx_sim import md5  # noqa: E402
from netx_sim.checked.arp import nx_arp_enable  # noqa: E402
from netx_sim.checked.ip import nx_ip_create  # noqa: E402
from netx_sim.checked.packet import nx_packet_pool_create  # noqa: E402
from netx_sim.checked.tcp import nx_tcp_enable  # noqa: E402
from netx_sim.ip import NX_IP  # noqa: E402
from netx_sim.kernel import simulation  # noqa: E402
from netx_sim.packet import NX_PACKET_POOL  # noqa: E402
from netx_sim.ref import Ref  # noqa: E402

SERVER, CLIENT = 0x0A000001, 0x0A000002
MAILS = (
    b"Subject: dots\r\n\r\n.\r\n..\r\n.leading\r\n\r\n.\r\n",
    b"Subject: empty\r\n\r\n",
    b"Subject: long\r\n\r\n" + b".0123456789abcde\r\n" * 3000,
)


def make_host(name, address, wire, payload):
    pool = NX_PACKET_POOL()
    memory = bytearray(16 * (payload + 60))
    print(name, "pool", nx_packet_pool_create(pool, name, payload, memory, len(memory)))
    ip = NX_IP()
    print(name, "ip", nx_ip_create(ip, name, address, 0xFFFFFF00, pool, wire, bytearray(2048), 2048, 1))
    print(name, "arp", nx_arp_enable(ip, bytearray(1024), 1024), "tcp", nx_tcp_enable(ip))
    return ip, pool


class Taker:
    """What a mail is written to; keeps no more than a count and a digest."""

    def __init__(self):
        self.size = self.pieces = self.largest = 0
        self.context = md5.NX_MD5()
        md5._nx_md5_initialize(self.context)

    def write(self, data):
        self.size += len(data)
        self.pieces += 1
        self.largest = max(self.largest, len(data))
        md5._nx_md5_update(self.context, data, len(data))

    def digest(self):
        digest = bytearray(16)
        md5._nx_md5_digest_calculate(self.context, digest)
        return bytes(digest)


def main():
    with simulation(seed=3, config={"NX_POP3_CLIENT_TCP_WINDOW_SIZE": 4096}) as sim:
        wire = RamWire()
        server_ip, server_pool = make_host("server", SERVER, wire, 1568)
        client_ip, client_pool = make_host("client", CLIENT, wire, 1568)
        server = Pop3Server(server_ip, server_pool, {"ada": Account("tanstaaf", MemoryStore(MAILS))})
        print("listen", server.start())
        client = NX_POP3_CLIENT()
        print("login", nx_pop3_client_create(client, 1, client_ip, client_pool, SERVER, 110, "ada", "tanstaaf"))
        count, size = Ref(), Ref()
        print("STAT", nx_pop3_client_mail_items_get(client, count, size), count.value, size.value)
        for number in range(1, count.value + 1):
            taker = Taker()
            print("mail", number, mail_stream(client, number, taker.write))
            print("size", taker.size, "pieces", taker.pieces, "largest", taker.largest)
            print("as sent", taker.digest() == md5.md5_digest(MAILS[number - 1]))
        print("missing", mail_stream(client, 9, print))
        print("QUIT", nx_pop3_client_quit(client), "delete", nx_pop3_client_delete(client), "stop", server.stop())
        print("free", server_pool.nx_packet_pool_available, client_pool.nx_packet_pool_available, "tick", sim.now)


print("own MD5", md5._digest is md5.md5_digest)
main()
print("done")
