"""A board: one instance on the terminal whose descriptor is the argument, answering pings until the line goes away."""

import sys

from netx_drivers.slip import SlipDriver
from netx_sim.icmp import _nx_icmp_enable
from netx_sim.ip import NX_IP, _nx_ip_create
from netx_sim.kernel import simulation
from netx_sim.packet_pool import NX_PACKET_POOL, _nx_packet_pool_create

ADDRESS = 0x0A000001

with simulation() as sim:
    pool, ip = NX_PACKET_POOL(), NX_IP()
    memory, stack = bytearray(8 * 700), bytearray(1024)
    _nx_packet_pool_create(pool, "pool", 600, memory, len(memory))
    driver = SlipDriver(int(sys.argv[1]), mtu=576)
    _nx_ip_create(ip, "board", ADDRESS, 0xFFFFFF00, pool, driver, stack, len(stack), 1)
    _nx_icmp_enable(ip)
    interface = ip.nx_ip_interface[0]
    sim.wait(None, 1)
    while interface.nx_interface_link_up:
        sim.wait(None, 10)
    lost = pool.nx_packet_pool_total - pool.nx_packet_pool_available
    print("packets", driver.statistics.packets_in, driver.statistics.packets_out, "lost", lost)
