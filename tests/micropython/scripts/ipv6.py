"""Two hosts on the RAM wire with IPv6: addresses, pings short and long, a connection, the end; all is printed."""

from netx_drivers.ram import RamWire
from netx_sim.address import NXD_ADDRESS
from netx_sim.checked.icmp import nxd_icmp_enable, nxd_icmp_ping
from netx_sim.checked.ip import nx_ip_create, nx_ip_fragment_enable
from netx_sim.checked.ipv6 import nxd_ipv6_address_get, nxd_ipv6_address_set, nxd_ipv6_disable, nxd_ipv6_enable
from netx_sim.checked.nd import nxd_nd_cache_hardware_address_find
from netx_sim.checked.packet import nx_packet_pool_create, nx_packet_release
from netx_sim.checked.tcp import nx_tcp_enable
from netx_sim.checked.tcp_client import nx_tcp_client_socket_bind, nxd_tcp_client_socket_connect
from netx_sim.checked.tcp_socket import nx_tcp_socket_create
from netx_sim.checked.threadx_thread import tx_thread_sleep
from netx_sim.ip import NX_IP
from netx_sim.kernel import simulation
from netx_sim.packet import NX_PACKET_POOL, packet_bytes
from netx_sim.ref import Ref
from netx_sim.tcp.block import NX_TCP_SOCKET


def make_host(name, address, wire):
    pool = NX_PACKET_POOL()
    memory = bytearray(24 * 1700)
    print(name, "pool", nx_packet_pool_create(pool, name, 1568, memory, len(memory)))
    ip = NX_IP()
    print(name, "ip", nx_ip_create(ip, name, address, 0xFFFFFF00, pool, wire, bytearray(2048), 2048, 1))
    print(name, "tcp", nx_tcp_enable(ip), "fragments", nx_ip_fragment_enable(ip))
    print(name, "ipv6", nxd_ipv6_enable(ip), "icmp", nxd_icmp_enable(ip))
    return ip, pool


def configure(ip, interface_id):
    index = Ref()
    print("link-local", nxd_ipv6_address_set(ip, 0, None, 10, index), index.value)
    address = NXD_ADDRESS(6, (0x20010DB8, 0, 0, interface_id))
    print("global", nxd_ipv6_address_set(ip, 0, address, 64, index), index.value)
    return address


def ping(ip, address, size):
    reply = Ref()
    data = bytes([value & 0xFF for value in range(size)])
    status = nxd_icmp_ping(ip, address, data, size, reply, 200)
    print("ping", size, status, packet_bytes(reply.value) == data if reply.value is not None else None)
    if reply.value is not None:
        nx_packet_release(reply)


def main():
    with simulation(seed=1) as sim:
        wire = RamWire()
        ip, pool = make_host("one", 0x0A000001, wire)
        other, other_pool = make_host("two", 0x0A000002, wire)
        tx_thread_sleep(1)
        configure(ip, 1)
        peer = configure(other, 2)
        tx_thread_sleep(500)
        address, prefix, interface = NXD_ADDRESS(), Ref(), Ref()
        for index in range(4):
            status = nxd_ipv6_address_get(ip, index, address, prefix, interface)
            words = [hex(word) for word in address.nxd_ip_address.v6]
            print(index, status, words, prefix.value, interface.value)
        for size in (0, 56, 1452, 4000):
            ping(ip, peer, size)
        msw, lsw = Ref(), Ref()
        print("nd", nxd_nd_cache_hardware_address_find(ip, peer, msw, lsw, interface), msw.value, lsw.value)
        socket = NX_TCP_SOCKET()
        print("socket", nx_tcp_socket_create(ip, socket, "socket", 0, 0, 128, 4096, None, None))
        print("bind", nx_tcp_client_socket_bind(socket, 4000, 0))
        print("refused", nxd_tcp_client_socket_connect(socket, peer, 80, 100), sim.now)
        print("disable", nxd_ipv6_disable(ip), pool.nx_packet_pool_available, other_pool.nx_packet_pool_available)


main()
print("done")
