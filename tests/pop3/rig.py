"""A client and a server instance on one RAM wire, and the services of the client in a few letters."""

from collections.abc import Iterator
from typing import Any

from netx_drivers import RamWire
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
from netx_pop3.server_script import ScriptedServer
from netx_sim import (
    IP_ADDRESS,
    NX_IP,
    NX_PACKET_POOL,
    NX_SUCCESS,
    Ref,
    nx_arp_enable,
    nx_ip_create,
    nx_packet_pool_create,
    nx_packet_release,
    nx_tcp_enable,
    packet_bytes,
    simulation,
    status_name,
    tx_thread_sleep,
)

SERVER = IP_ADDRESS(10, 0, 0, 1)
CLIENT = IP_ADDRESS(10, 0, 0, 2)
STAMP = b"<1896.697170952@dbc.mtview.ca.us>"
GREETING = b"+OK POP3 ready " + STAMP + b"\r\n"
NEVER = 0xFFFFFFFF  # an output that was not written


def new_pool(payload: int = 1536, packets: int = 30, name: str = "pool") -> Any:
    """A packet pool of its own memory."""
    pool = NX_PACKET_POOL()
    memory = bytearray(packets * (60 + (payload + 3) // 4 * 4) + 3)
    assert nx_packet_pool_create(pool, name, payload, memory, len(memory)) == NX_SUCCESS
    return pool


def new_host(wire: Any, address: int, pool: Any, tcp: bool = True, priority: int = 1) -> Any:
    """An instance with ARP and TCP."""
    ip = NX_IP()
    assert nx_ip_create(ip, "ip", address, 0xFFFFFF00, pool, wire, bytearray(2048), 2048, priority) == NX_SUCCESS
    assert nx_arp_enable(ip, bytearray(1024), 1024) == NX_SUCCESS
    if tcp:
        assert nx_tcp_enable(ip) == NX_SUCCESS
    return ip


class Rig:
    """Both instances, made in the open simulation; `pool` is the client's for commands, `receive_pool` for replies."""

    def __init__(self, payload: int = 1536, wire: Any = None, packets: int = 30) -> None:
        self.sim: Any = None
        self.prepare(payload, wire, packets)
        tx_thread_sleep(5)

    def prepare(self, payload: int = 1536, wire: Any = None, packets: int = 30) -> None:
        """Make everything, also in initialisation."""
        self.wire = wire or RamWire()
        self.server_pool = new_pool(1536, 60, "server")
        self.receive_pool = new_pool(payload, packets, "receive")
        self.pool = new_pool(1536, 10, "commands")
        self.server_ip = new_host(self.wire, SERVER, self.server_pool)
        self.ip = new_host(self.wire, CLIENT, self.receive_pool)
        self.client = NX_POP3_CLIENT()

    def script(self, *steps: bytes) -> ScriptedServer:
        """A scripted server; `steps` are replies, the first at once, each further one behind a segment."""
        server = ScriptedServer(self.server_ip, self.server_pool)
        for number, reply in enumerate(steps):
            if number:
                server.receive()
            server.reply(reply)
        assert server.start() == NX_SUCCESS
        return server

    # -- the services; outputs that were not written are NEVER ------------------------------------

    def create(self, apop: int = 0, name: Any = b"user", password: Any = b"pass", port: int = 110) -> str:
        status = nx_pop3_client_create(self.client, apop, self.ip, self.pool, SERVER, port, name, password)
        return status_name(status)

    def stat(self) -> tuple[str, int, int]:
        items, size = Ref(NEVER), Ref(NEVER)
        status = nx_pop3_client_mail_items_get(self.client, items, size)
        return status_name(status), items.value, size.value

    def list(self, item: int) -> tuple[str, int]:
        size = Ref(NEVER)
        return status_name(nx_pop3_client_mail_item_size_get(self.client, item, size)), size.value

    def retr(self, item: int) -> tuple[str, int]:
        size = Ref(NEVER)
        return status_name(nx_pop3_client_mail_item_get(self.client, item, size)), size.value

    def message(self) -> tuple[str, bytes, int, int]:
        """Status, the packet's bytes (released here), count, final."""
        packet, count, final = Ref(), Ref(NEVER), Ref(NEVER)
        status = nx_pop3_client_mail_item_message_get(self.client, packet, count, final)
        data = packet_bytes(packet.value)
        if packet.value is not None:
            nx_packet_release(packet)
        return status_name(status), data, count.value, final.value

    def read(self) -> bytes:
        """A whole message, end mark included."""
        data, final = b"", 0
        while not final:
            status, piece, _, final = self.message()
            assert status == "NX_SUCCESS"
            data += piece
        return data

    def dele(self, item: int) -> str:
        return status_name(nx_pop3_client_mail_item_delete(self.client, item))

    def quit(self) -> str:
        return status_name(nx_pop3_client_quit(self.client))

    def delete(self) -> str:
        return status_name(nx_pop3_client_delete(self.client))


def open_rig(config: dict[str, Any] | None = None, **options: Any) -> Iterator[Rig]:
    """A rig in a simulation of its own."""
    with simulation(seed=1, config=config) as sim:
        rig = Rig(**options)
        rig.sim = sim
        yield rig
