"""The computer at the other end of a board's serial line: a POP3 server over SLIP on a pseudo-terminal."""

import os
import pty
import subprocess
import time
import tty

from netx_drivers.slip import SlipDriver
from netx_pop3.server import Account, MemoryStore, Pop3Server
from netx_sim import (
    NX_IP,
    NX_PACKET_POOL,
    NXD_ADDRESS,
    nx_ip_create,
    nx_packet_pool_create,
    nx_system_initialize,
    nx_tcp_enable,
    nxd_ipv6_address_set,
    nxd_ipv6_enable,
    simulation,
    tx_thread_sleep,
)

SERVER, SERVER_IPV6 = 0x0A000202, (0x20010DB8, 0, 0, 2)


def mail(size):
    head = b"Subject: figures\r\n\r\n.\r\n..dots\r\n"
    lines = [b"%07d: all work and no play.\r\n" % number for number in range((size - len(head)) // 33)]
    return head + b"".join(lines)


def serve(argv, environment, mails, patience_s=60):
    """Run a board's program with the line's descriptor as its last argument; its output and the seconds it took."""
    ours, theirs = pty.openpty()
    tty.setraw(theirs)
    os.set_blocking(theirs, False)
    try:
        with simulation():
            nx_system_initialize()
            pool, ip = NX_PACKET_POOL(), NX_IP()
            nx_packet_pool_create(pool, "host", 1536, memory := bytearray(64 * 1600), len(memory))
            driver = SlipDriver(ours, 115200, 236)
            assert nx_ip_create(ip, "host", SERVER, 0xFFFFFF00, pool, driver, bytearray(2048), 2048, 1) == 0
            assert nx_tcp_enable(ip) == 0
            assert nxd_ipv6_enable(ip) == 0
            assert nxd_ipv6_address_set(ip, 0, NXD_ADDRESS(6, SERVER_IPV6), 64, None) == 0
            server = Pop3Server(ip, pool, {"ada": Account("tanstaaf", MemoryStore(mails))})
            assert server.start() == 0
            begun = time.monotonic()
            board = subprocess.Popen(
                [*argv, str(theirs)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment,
                pass_fds=[theirs],
            )  # fmt: skip
            try:
                while board.poll() is None and time.monotonic() - begun < patience_s:
                    tx_thread_sleep(1)
            finally:
                board.kill()
            seconds = time.monotonic() - begun
            output, _ = board.communicate(timeout=10)
            server.stop()
            return output, seconds
    finally:
        os.close(ours)
        os.close(theirs)
