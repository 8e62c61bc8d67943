"""What the tests against the kernel's own stack share: IPv6 on a TAP device, an instance on it, its clock."""

import threading
from collections.abc import Callable
from ipaddress import IPv6Address
from pathlib import Path
from subprocess import PIPE, STDOUT, Popen
from typing import Any, TypeVar

from netx_pop3.maildrop import Host
from netx_sim import (
    NX_IP_VERSION_V6,
    NX_SUCCESS,
    NXD_ADDRESS,
    Ref,
    nx_ip_fragment_enable,
    nx_udp_enable,
    nxd_icmp_enable,
    nxd_ipv6_address_get,
    nxd_ipv6_address_set,
    nxd_ipv6_enable,
)
from tests.peers.netns import Namespace, Tap

KERNEL6, DEVICE6 = "fd00:9::1", "fd00:9::2"
ONE_SOLICITATION = {"NX_IPV6_DAD_TRANSMITS": 1}  # this clock is real: a second less for each address
PATIENCE = 1000
PATIENCE_S = 60
GLOBAL = 1  # index of the address that comes after the link-local one

T = TypeVar("T")


def must(status: int) -> None:
    assert status == NX_SUCCESS, hex(status)


def kernel_ipv6(tap: Tap, address: str) -> None:
    """Give the kernel's side an IPv6 address, usable at once; it solicits no routers and listens to none."""
    tap.space.call(lambda: _speak_ipv6(tap.name))
    tap.space.run("ip", "-6", "addr", "add", address, "dev", tap.name, "nodad")


def _speak_ipv6(name: str) -> None:
    folder = Path(f"/proc/sys/net/ipv6/conf/{name}")
    for setting, value in (("accept_ra", "0"), ("accept_dad", "0"), ("disable_ipv6", "0")):
        (folder / setting).write_text(value, encoding="ascii")


def address6(text: str) -> NXD_ADDRESS:
    number = int(IPv6Address(text))
    return NXD_ADDRESS(NX_IP_VERSION_V6, [number >> shift & 0xFFFFFFFF for shift in (96, 64, 32, 0)])


def text6(address: NXD_ADDRESS) -> str:
    number = 0
    for word in address.nxd_ip_address.v6:
        number = number << 32 | word
    return str(IPv6Address(number))


def dual(host: Host) -> None:
    """IPv6, ping, UDP and fragments on top of what a Host has."""
    must(nxd_ipv6_enable(host.ip))
    must(nxd_icmp_enable(host.ip))
    must(nx_udp_enable(host.ip))
    must(nx_ip_fragment_enable(host.ip))


def static6(host: Host, address: str) -> None:
    """The link-local address and another one, once duplicate detection is through with both."""
    must(nxd_ipv6_address_set(host.ip, 0, None, 10, None))
    must(nxd_ipv6_address_set(host.ip, 0, address6(address), 64, None))
    assert until(host, lambda: own6(host)) == address


def own6(host: Host, index: int = GLOBAL) -> str:
    """The address at an index, or nothing while there is none that may be used."""
    found = NXD_ADDRESS()
    status = nxd_ipv6_address_get(host.ip, index, found, Ref(), Ref())
    return text6(found) if status == NX_SUCCESS and any(found.nxd_ip_address.v6) else ""


def until(host: Host, condition: Callable[[], T]) -> T:
    """Let the instance work until the condition holds, at most `PATIENCE_S`; what it last was."""
    sim = host.ip._sim
    for _ in range(PATIENCE_S * 50):
        if found := condition():
            return found
        sim.wait(None, 2)
    return condition()


def meanwhile(host: Host, space: Namespace, work: Callable[[], T]) -> T:
    """Run `work` inside a namespace while the instance works."""
    outcome: list[Any] = []

    def body() -> None:
        try:
            outcome.append((space.call(work), None))
        except BaseException as error:  # raised again below
            outcome.append((None, error))

    thread = threading.Thread(target=body)
    thread.start()
    assert until(host, lambda: outcome), "it takes too long"
    thread.join(PATIENCE_S)
    result, trouble = outcome[0]
    if trouble is not None:
        raise trouble
    return result


def program(host: Host, space: Namespace, *argv: str) -> tuple[int, str]:
    """Run a program inside a namespace while the instance works: its status and what it printed."""
    with Popen(space.command(*argv), stdout=PIPE, stderr=STDOUT, text=True) as process:
        if not until(host, lambda: process.poll() is not None):
            process.kill()
        output = process.communicate()[0]
    return process.returncode, output


def packets_out(host: Host) -> int:
    return host.pool.nx_packet_pool_total - host.pool.nx_packet_pool_available
