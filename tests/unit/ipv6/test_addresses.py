"""IPv6 addresses beyond the recordings: the table, duplicate detection, the choice of a source."""

from netx_sim import (
    NX_DUPLICATED_ENTRY,
    NX_NO_INTERFACE_ADDRESS,
    NX_NO_MORE_ENTRIES,
    NX_SUCCESS,
    NXD_ADDRESS,
    Ref,
    netstat,
    nx_ip_interface_attach,
    nx_ip_interface_detach,
    nx_packet_release,
    nxd_icmp_ping,
    nxd_ipv6_address_delete,
    nxd_ipv6_address_get,
    nxd_ipv6_address_set,
    nxd_ipv6_disable,
    nxd_ipv6_enable,
)
from netx_sim.constants_ipv6 import (
    IPV6_ADDRESS_GLOBAL,
    IPV6_ADDRESS_LINKLOCAL,
    IPV6_ADDRESS_LOOPBACK,
    IPV6_ADDRESS_MULTICAST,
    IPV6_ADDRESS_UNICAST,
    IPV6_ADDRESS_UNSPECIFIED,
)
from netx_sim.ipv6.address import source_find
from netx_sim.ipv6.block import address_kind
from tests.unit.ip.bench import MASK, RecordingDriver
from tests.unit.ipv6.bench6 import (
    ALL_NODES,
    GLOBAL,
    LINK_LOCAL,
    NS,
    PEER,
    PREFIX,
    RA,
    ROUTER,
    RS,
    Bench6,
    duo,
    prefix_option,
    router_advertisement,
    solicitation,
)

LOOPBACK_INDEX = 3
OTHER_PREFIX = 0x20010DB800020000 << 64
EVERYWHERE = 0xFF0E << 112 | 1
COMMAND_JOIN, COMMAND_LEAVE = 8, 9


def get(bench: Bench6, index: int) -> int | tuple[int, int]:
    """The status, or interface and prefix length."""
    found, prefix, interface = NXD_ADDRESS(), Ref(), Ref()
    return nxd_ipv6_address_get(bench.ip, index, found, prefix, interface) or (interface.value, prefix.value)


def source(bench: Bench6, destination: int) -> int | None:
    found = source_find(bench.ip, destination)
    return found._number if found is not None else None


def test_addresses_have_kinds() -> None:
    assert address_kind(0) == IPV6_ADDRESS_UNSPECIFIED
    assert address_kind(1) == IPV6_ADDRESS_LOOPBACK
    assert address_kind(ALL_NODES) == IPV6_ADDRESS_MULTICAST
    assert address_kind(PEER) == IPV6_ADDRESS_LINKLOCAL | IPV6_ADDRESS_UNICAST
    assert address_kind(GLOBAL) == IPV6_ADDRESS_GLOBAL | IPV6_ADDRESS_UNICAST


def test_the_table_holds_three() -> None:
    with Bench6() as bench:
        assert nxd_ipv6_address_set(bench.ip, 0, None, 10, None) == NX_DUPLICATED_ENTRY
        for number in (GLOBAL, GLOBAL + 1):
            assert nxd_ipv6_address_set(bench.ip, 0, duo(number), 64, None) == NX_SUCCESS
        assert nxd_ipv6_address_set(bench.ip, 0, duo(GLOBAL + 2), 64, None) == NX_NO_MORE_ENTRIES
        bench.receive(router_advertisement(prefix_option(prefix=OTHER_PREFIX)))
        assert not [entry for entry in bench.ip.nx_ipv6_address if entry._number >> 64 == OTHER_PREFIX >> 64]
        assert get(bench, LOOPBACK_INDEX) == (1, 128)


def test_an_address_in_the_middle_may_go() -> None:
    with Bench6() as bench:
        for number in (GLOBAL, GLOBAL + 1):
            bench.add(number)
        assert nxd_ipv6_address_delete(bench.ip, 1) == NX_SUCCESS
        assert nxd_ipv6_address_delete(bench.ip, 1) == NX_NO_INTERFACE_ADDRESS
        assert get(bench, 1) == NX_NO_INTERFACE_ADDRESS
        assert get(bench, 2) == (0, 64)
        assert source(bench, GLOBAL) == GLOBAL + 1
        assert nxd_ipv6_address_delete(bench.ip, 0) == NX_SUCCESS
        assert source(bench, PEER) is None


def test_the_next_address_is_asked_about_at_once_when_the_first_goes() -> None:
    with Bench6(link_local=False) as bench:
        for number in (GLOBAL, GLOBAL + 1):
            assert nxd_ipv6_address_set(bench.ip, 0, duo(number), 64, None) == NX_SUCCESS
        assert nxd_ipv6_address_delete(bench.ip, 0) == NX_SUCCESS
        bench.sleep_until(15)
        assert bench.driver.ticks() == [10]
        assert bench.driver.frames()[0].endswith((GLOBAL + 1).to_bytes(16, "big"))


def test_sources() -> None:
    with Bench6() as bench:
        bench.add(GLOBAL)
        assert source(bench, 1) == 1
        assert source(bench, 0) is None
        assert source(bench, LINK_LOCAL) == LINK_LOCAL
        assert source(bench, PEER) == LINK_LOCAL
        assert source(bench, PREFIX | 7) == GLOBAL
        assert source(bench, ALL_NODES) == LINK_LOCAL
        assert source(bench, EVERYWHERE) == GLOBAL
        assert source(bench, OTHER_PREFIX) is None
        bench.receive(router_advertisement())
        assert source(bench, OTHER_PREFIX) == GLOBAL
        assert nxd_ipv6_address_delete(bench.ip, 1) == NX_SUCCESS
        assert source(bench, EVERYWHERE) == LINK_LOCAL
        assert source(bench, OTHER_PREFIX) is None


def test_a_new_interface_gets_groups_and_router_solicitations_and_loses_all() -> None:
    second = RecordingDriver(mac=(0x0011, 0x22334457))
    with Bench6(config={"NX_MAX_PHYSICAL_INTERFACES": 2}) as bench:
        assert nx_ip_interface_attach(bench.ip, "second", 0x0A010001, MASK, second) == NX_SUCCESS
        assert COMMAND_JOIN in second.commands
        assert nxd_ipv6_address_set(bench.ip, 1, None, 10, None) == NX_SUCCESS
        bench.sleep_until(800)
        assert [frame[40] for frame in second.frames()] == [NS, NS, NS, RS]
        bench.receive(router_advertisement(prefix_option()), interface=1)
        bench.receive(solicitation(target=LINK_LOCAL + 1, destination=LINK_LOCAL + 1), interface=1)
        bench.sleep_until(1300)
        assert len(bench.ip.nx_ipv6_nd_cache) == 1
        assert len(bench.ip._ipv6.routers) == len(bench.ip._ipv6.prefixes) == 1
        assert nx_ip_interface_detach(bench.ip, 1) == NX_SUCCESS
        assert COMMAND_LEAVE in second.commands
        assert not bench.ip.nx_ipv6_nd_cache
        assert not bench.ip._ipv6.routers
        assert not bench.ip._ipv6.prefixes
        assert source(bench, LINK_LOCAL + 5) == LINK_LOCAL
        assert source(bench, PREFIX | 5) is None


def test_disabled_it_is_gone_and_may_come_back() -> None:
    with Bench6() as bench:
        bench.add(GLOBAL)
        bench.know()
        assert nxd_ipv6_disable(bench.ip) == NX_SUCCESS
        assert nxd_ipv6_disable(bench.ip) == NX_SUCCESS
        assert not bench.ip.nx_ipv6_nd_cache
        assert not any(entry.nxd_ipv6_address_valid for entry in bench.ip.nx_ipv6_address)
        bench.receive(solicitation())
        bench.sleep_until(bench.sim.now + 200)
        assert not bench.driver.sent
        assert bench.info()["invalid"] == 1
        assert nxd_ipv6_enable(bench.ip) == NX_SUCCESS
        reply = Ref()
        assert nxd_icmp_ping(bench.ip, duo(1), b"", 0, reply, 10) == NX_SUCCESS
        assert nx_packet_release(reply) == NX_SUCCESS


def test_router_solicitations_end_with_an_advertisement() -> None:
    with Bench6() as bench:
        bench.receive(router_advertisement())
        bench.sleep_until(1500)
        assert RS not in bench.kinds()
        assert RA not in bench.kinds()


def test_netstat_shows_addresses_and_neighbors() -> None:
    with Bench6() as bench:
        bench.know()
        text = netstat(bench.sim)
        assert "ipv6 fe80:0:0:0:211:22ff:fe33:4456/10 valid" in text
        assert "nd fe80:0:0:0:0:0:0:2 020000000002 delay" in text
        bench.receive(solicitation(source=ROUTER, option=b""))
        assert "nd fe80:0:0:0:0:0:0:ff 000000000000 incomplete, 1 waiting" in netstat(bench.sim)
        assert nxd_ipv6_disable(bench.ip) == NX_SUCCESS
