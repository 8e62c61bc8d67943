"""A whole session in a world of its own, with the packet pools under test: does it work, and how long does it take?"""

from dataclasses import dataclass
from typing import Any

from netx_drivers.ram import RamWire
from netx_pop3.client import (
    nx_pop3_client_delete,
    nx_pop3_client_mail_item_delete,
    nx_pop3_client_mail_item_get,
    nx_pop3_client_mail_item_message_get,
    nx_pop3_client_mail_item_size_get,
    nx_pop3_client_mail_items_get,
    nx_pop3_client_quit,
    nxd_pop3_client_create,
)
from netx_pop3.control import NX_POP3_CLIENT
from netx_pop3.server import Account, MemoryStore, Pop3Server
from netx_sim.address import NXD_ADDRESS
from netx_sim.checked.arp import nx_arp_enable
from netx_sim.checked.icmp import nxd_icmp_enable
from netx_sim.checked.ip import nx_ip_create
from netx_sim.checked.ipv6 import nxd_ipv6_address_set, nxd_ipv6_enable
from netx_sim.checked.packet import nx_packet_pool_create, nx_packet_release
from netx_sim.checked.tcp import nx_tcp_enable
from netx_sim.checked.threadx_thread import tx_thread_sleep
from netx_sim.constants import NX_IP_VERSION_V4, NX_IP_VERSION_V6
from netx_sim.ip import NX_IP
from netx_sim.kernel import Simulation, simulation
from netx_sim.packet import NX_PACKET_POOL, packet_bytes
from netx_sim.ref import Ref
from netx_sim.status import status_name

_PLENTY = 60  # packets of a pool that is not under test, for one session
_HEADROOM = 100  # of its payloads above the MTU
_NETWORK, _MASK = 0x0A000000, 0xFFFFFF00
_SERVER, _CLIENT = 1, 2  # numbers of the hosts
_START_TICKS = 5  # until the link is up
_DAD_TICKS = 500  # until an IPv6 address is known to be unique
_LATENCY_US = 1000
_PACKET_HEADER = 60  # sizeof(NX_PACKET)
_LINE = b"A line of a mail that is as long as lines of a mail are.\r\n"


@dataclass(frozen=True)
class Plan:
    """What the pools have to be good for."""

    user_length: int = 40
    password_length: int = 20
    apop: bool = True
    mtu: int = 1500
    mail_size: int = 10_000
    sessions: int = 1
    ipv6: bool = False

    def plenty(self) -> tuple[int, int]:
        """Payload and packets that never are the limit."""
        return self.mtu + _HEADROOM, _PLENTY + self.sessions

    def mail(self) -> bytes:
        """A mail of the size, in lines."""
        lines = _LINE * (self.mail_size // len(_LINE) + 1)
        return lines[: max(self.mail_size - 2, 0)].rstrip(b"\r\n") + b"\r\n"


@dataclass(frozen=True)
class Outcome:
    """What came of a session: empty `failure` if it worked; `ticks` it took."""

    failure: str
    ticks: int = 0


class _Failed(Exception):
    """A service returned another status than NX_SUCCESS."""


def _must(status: int, service: str) -> None:
    if status:
        raise _Failed(f"{status_name(status)} from {service}")


def _pool(name: str, payload: int, packets: int) -> NX_PACKET_POOL:
    pool = NX_PACKET_POOL()
    memory = bytearray(packets * (_PACKET_HEADER + (payload + 3) // 4 * 4) + 3)
    _must(nx_packet_pool_create(pool, name, payload, memory, len(memory)), "nx_packet_pool_create")
    return pool


def _host(wire: Any, number: int, pool: NX_PACKET_POOL, ipv6: bool) -> NX_IP:
    """An instance with addresses of both versions, or of IPv4 alone."""
    ip = NX_IP()
    address = _NETWORK + number
    _must(nx_ip_create(ip, "host", address, _MASK, pool, wire, bytearray(2048), 2048, 1), "nx_ip_create")
    _must(nx_arp_enable(ip, bytearray(1024), 1024), "nx_arp_enable")
    _must(nx_tcp_enable(ip), "nx_tcp_enable")
    if ipv6:
        _must(nxd_ipv6_enable(ip), "nxd_ipv6_enable")
        _must(nxd_icmp_enable(ip), "nxd_icmp_enable")
        _must(nxd_ipv6_address_set(ip, 0, _address(number, True), 64, Ref()), "nxd_ipv6_address_set")
    return ip


def _address(number: int, ipv6: bool) -> NXD_ADDRESS:
    """10.0.0.n, or 2001:db8::n."""
    if ipv6:
        return NXD_ADDRESS(NX_IP_VERSION_V6, (0x20010DB8, 0, 0, number))
    return NXD_ADDRESS(NX_IP_VERSION_V4, _NETWORK + number)


def attempt(plan: Plan, commands: "tuple[int, int] | None", receive: tuple[int, int]) -> Outcome:
    """Play the plan's sessions.

    Args:
        plan: names, sizes, how many sessions one after another.
        commands: payload and packets of the client's pool; None if it uses the instance's.
        receive: payload and packets of the IP instance's pool.
    """
    outcome = Outcome("nothing was tried")
    with simulation(seed=1) as sim:
        try:
            outcome = _sessions(sim, plan, commands, receive)
        except _Failed as failed:
            outcome = Outcome(str(failed), sim.now)
    return outcome


def _sessions(sim: Simulation, plan: Plan, commands: "tuple[int, int] | None", receive: tuple[int, int]) -> Outcome:
    wire = RamWire(latency_us=_LATENCY_US, mtu=plan.mtu, integrity=True)
    server_pool = _pool("server", *plan.plenty())
    server_ip = _host(wire, _SERVER, server_pool, plan.ipv6)
    name, password = b"u" * plan.user_length, b"p" * plan.password_length
    mail = plan.mail()
    accounts = {name: Account(password, MemoryStore([mail] * plan.sessions))}
    _must(Pop3Server(server_ip, server_pool, accounts, apop=plan.apop).start(), "nx_tcp_server_socket_listen")
    ip_pool = _pool("instance", *receive)
    ip = _host(wire, _CLIENT, ip_pool, plan.ipv6)
    pool = _pool("client", *commands) if commands is not None else ip_pool
    tx_thread_sleep(_DAD_TICKS if plan.ipv6 else _START_TICKS)
    begun = sim.now
    for _ in range(plan.sessions):
        client = NX_POP3_CLIENT()
        try:
            server = (ip, pool, _address(_SERVER, plan.ipv6), 110)
            _must(nxd_pop3_client_create(client, plan.apop, *server, name, password), "nxd_pop3_client_create")
            _session(client, mail)
        finally:
            if client.nx_pop3_client_tcp_socket.nx_tcp_socket_id:
                nx_pop3_client_delete(client)
    return Outcome("", sim.now - begun)


def _session(client: NX_POP3_CLIENT, mail: bytes) -> None:
    """STAT, LIST, RETR, the whole message, DELE, QUIT."""
    items, total, size = Ref(), Ref(), Ref()
    _must(nx_pop3_client_mail_items_get(client, items, total), "nx_pop3_client_mail_items_get")
    _must(nx_pop3_client_mail_item_size_get(client, 1, size), "nx_pop3_client_mail_item_size_get")
    _must(nx_pop3_client_mail_item_get(client, 1, size), "nx_pop3_client_mail_item_get")
    if _message(client) != mail + b".\r\n":
        raise _Failed("the mail differs from the server's")
    _must(nx_pop3_client_mail_item_delete(client, 1), "nx_pop3_client_mail_item_delete")
    _must(nx_pop3_client_quit(client), "nx_pop3_client_quit")


def _message(client: NX_POP3_CLIENT) -> bytes:
    packet, count, final = Ref(), Ref(), Ref(0)
    pieces = []
    while not final.value:
        status = nx_pop3_client_mail_item_message_get(client, packet, count, final)
        _must(status, "nx_pop3_client_mail_item_message_get")
        pieces.append(packet_bytes(packet.value))
        _must(nx_packet_release(packet), "nx_packet_release")
    return b"".join(pieces)
