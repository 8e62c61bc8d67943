"""The same as main.py over IPv6.  Both are needed to build it: `build.py --only-for ports/micropython/main_ipv6.py`.

IPv6 wants links of at least 1280 bytes (RFC 8200 section 5).  Between two ends that are both told so, as here, smaller
ones work: nothing is fragmented, and TCP's segments fit the MTU.
"""

import gc

from main import BAUD, MTU, PACKETS, PAYLOAD, PORT, collect, file_of, uart

from netx_drivers.slip import SlipDriver
from netx_pop3.control import NX_POP3_CLIENT
from netx_pop3.core import _nx_pop3_client_delete, _nxd_pop3_client_create
from netx_sim.address import NXD_ADDRESS
from netx_sim.constants import NX_IP_VERSION_V6
from netx_sim.ip import NX_IP, _nx_ip_create
from netx_sim.ipv6.address import _nxd_ipv6_address_set
from netx_sim.ipv6.enable import _nxd_ipv6_enable
from netx_sim.kernel import simulation
from netx_sim.packet import NX_PACKET_POOL
from netx_sim.packet_pool import _nx_packet_pool_create
from netx_sim.tcp import _nx_tcp_enable

ADDRESS, PREFIX = (0x20010DB8, 0, 0, 15), 64  # 2001:db8::f
SERVER = (0x20010DB8, 0, 0, 2)  # 2001:db8::2
NAME, PASSWORD = "ada", "tanstaaf"


def fetch(port, sink=file_of, delete=False, server_port=PORT, say=print, seed=0):
    """Collect all mails; the last status.  `port`: a UART or a descriptor; `sink(number)` gives what to write to."""
    config = {"NX_POP3_CLIENT_TCP_WINDOW_SIZE": (MTU - 60) * 4}
    with simulation(seed, config) as sim:
        pool, ip, client = NX_PACKET_POOL(), NX_IP(), NX_POP3_CLIENT()
        size = (PAYLOAD + 60) * PACKETS
        _nx_packet_pool_create(pool, "pool", PAYLOAD, bytearray(size), size)
        driver = SlipDriver(port, BAUD, MTU, "never")
        _nx_ip_create(ip, "board", 0, 0, pool, driver, bytearray(1024), 1024, 1)
        _nx_tcp_enable(ip)
        status = _nxd_ipv6_enable(ip)
        address, server = NXD_ADDRESS(NX_IP_VERSION_V6, ADDRESS), NXD_ADDRESS(NX_IP_VERSION_V6, SERVER)
        status = status or _nxd_ipv6_address_set(ip, 0, address, PREFIX, None)
        gc.collect()
        if not status:
            status = _nxd_pop3_client_create(client, 1, ip, pool, server, server_port, NAME, PASSWORD)
        if not status:
            status = collect(client, sink, delete, say)
        _nx_pop3_client_delete(client)
        say("free packets", pool.nx_packet_pool_available, "of", pool.nx_packet_pool_total, "tick", sim.now)
    return status


if __name__ == "__main__":
    print("status", fetch(uart()))
