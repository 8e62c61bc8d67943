"""UDP and pings between two hosts on the RAM wire: whole and in fragments, to a port that nobody has, statistics."""

from netx_drivers.ram import RamWire
from netx_sim.checked.arp import nx_arp_enable
from netx_sim.checked.icmp import nx_icmp_enable, nx_icmp_info_get, nx_icmp_ping
from netx_sim.checked.ip import nx_ip_create, nx_ip_fragment_enable
from netx_sim.checked.packet import (
    nx_packet_allocate,
    nx_packet_data_append,
    nx_packet_data_retrieve,
    nx_packet_pool_create,
    nx_packet_release,
)
from netx_sim.checked.udp import (
    nx_udp_enable,
    nx_udp_info_get,
    nx_udp_socket_bind,
    nx_udp_socket_create,
    nx_udp_socket_delete,
    nx_udp_socket_unbind,
)
from netx_sim.checked.udp_data import nx_udp_socket_receive, nx_udp_socket_send, nx_udp_source_extract
from netx_sim.constants import NX_UDP_PACKET
from netx_sim.ip import NX_IP
from netx_sim.kernel import simulation
from netx_sim.packet import NX_PACKET_POOL, packet_bytes
from netx_sim.ref import Ref
from netx_sim.udp import NX_UDP_SOCKET

ONE, TWO = 0x0A000001, 0x0A000002


def make_host(name, address, wire):
    pool = NX_PACKET_POOL()
    memory = bytearray(24 * 1700)
    print(name, "pool", nx_packet_pool_create(pool, name, 1568, memory, len(memory)))
    ip = NX_IP()
    print(name, "ip", nx_ip_create(ip, name, address, 0xFFFFFF00, pool, wire, bytearray(2048), 2048, 1))
    print(name, "arp", nx_arp_enable(ip, bytearray(1024), 1024), "fragments", nx_ip_fragment_enable(ip))
    print(name, "udp", nx_udp_enable(ip), "icmp", nx_icmp_enable(ip))
    return ip, pool


def make_socket(ip, port):
    socket = NX_UDP_SOCKET()
    status = nx_udp_socket_create(ip, socket, "socket", 0, 0, 128, 5)
    print("socket", status, "bind", nx_udp_socket_bind(socket, port, 0))
    return socket


def send(socket, pool, data, port):
    packet = Ref()
    print("allocate", nx_packet_allocate(pool, packet, NX_UDP_PACKET, 0))
    print("append", nx_packet_data_append(packet.value, data, len(data), pool, 0))
    print("send", len(data), nx_udp_socket_send(socket, packet, TWO, port), packet.value)


def receive(socket, data):
    packet, address, port, count = Ref(), Ref(), Ref(), Ref()
    status = nx_udp_socket_receive(socket, packet, 50)
    print("receive", status)
    if not status:
        print("from", nx_udp_source_extract(packet.value, address, port), hex(address.value), port.value)
        room = bytearray(len(data))
        print("retrieve", nx_packet_data_retrieve(packet.value, room, count), count.value, room == data)
        print("release", nx_packet_release(packet.value))


def ping(ip, address, size):
    reply = Ref()
    data = bytes([value & 0xFF for value in range(size)])
    status = nx_icmp_ping(ip, address, data, size, reply, 200)
    print("ping", size, status, packet_bytes(reply.value) == data if reply.value is not None else None)
    if reply.value is not None:
        nx_packet_release(reply)


def main():
    with simulation(seed=2) as sim:
        wire = RamWire()
        one, pool = make_host("one", ONE, wire)
        two, other_pool = make_host("two", TWO, wire)
        sender, receiver = make_socket(one, 5000), make_socket(two, 6000)
        for size in (1, 512, 1472, 4000):
            data = bytes([(value * 7) & 0xFF for value in range(size)])
            send(sender, pool, data, 6000)
            receive(receiver, data)
        send(sender, pool, b"to nobody", 6001)
        receive(receiver, b"")
        for size in (0, 56, 1472, 5000):
            ping(one, TWO, size)
        ping(one, ONE, 10)
        ping(one, 0x0A000009, 10)
        for name, service, count in (("udp", nx_udp_info_get, 7), ("icmp", nx_icmp_info_get, 6)):
            values = [Ref() for _ in range(count)]
            print(name, service(two, *values), [value.value for value in values])
        for socket in (sender, receiver):
            print("unbind", nx_udp_socket_unbind(socket), "delete", nx_udp_socket_delete(socket))
        print("free", pool.nx_packet_pool_available, other_pool.nx_packet_pool_available, "tick", sim.now)


main()
print("done")
