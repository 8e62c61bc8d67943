"""Where a device crashes or hangs, the host stops and says so."""

import pytest

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
    nxd_pop3_client_create,
)
from netx_sim import (
    NX_INVALID_INTERFACE,
    NX_IP_ADDRESS_ERROR,
    NX_NO_INTERFACE_ADDRESS,
    NX_NOT_CONNECTED,
    NX_PACKET_POOL,
    NX_POP3_CLIENT_INVALID_STATE,
    NX_POP3_INVALID_MAIL_ITEM,
    NX_SUCCESS,
    NXD_ADDRESS,
    DeviceFault,
    Ref,
    simulation,
)
from tests.pop3.rig import CLIENT, GREETING, SERVER, new_host, new_pool

OK = b"+OK\r\n"


def create(rig, client, **other):
    arguments = {"port": 110, "name": b"user", "ip": rig.ip} | other
    return nx_pop3_client_create(
        client, 0, arguments["ip"], rig.pool, SERVER, arguments["port"], arguments["name"], b"pass"
    )


def test_create_without_tcp(rig, reported):
    ip = new_host(rig.wire, CLIENT + 1, rig.receive_pool, tcp=False)
    with pytest.raises(DeviceFault, match=r"T-NO-TCP: .* crashes"):
        create(rig, NX_POP3_CLIENT(), ip=ip)
    assert reported == ["T-NO-TCP"]


SERVICES = {
    "delete": nx_pop3_client_delete,
    "mail_items_get": lambda client: nx_pop3_client_mail_items_get(client, Ref(), Ref()),
    "mail_item_delete": lambda client: nx_pop3_client_mail_item_delete(client, 1),
    "quit": nx_pop3_client_quit,
}


@pytest.mark.parametrize("service", SERVICES.values(), ids=SERVICES)
def test_services_on_a_block_that_was_never_created(service, reported):
    with pytest.raises(DeviceFault, match=r"T-NO-CLIENT: .* crashes"):
        service(NX_POP3_CLIENT())
    assert reported[-1] == "T-NO-CLIENT"


@pytest.mark.parametrize("refused", [{"name": b"n" * 41}, {"port": 0}], ids=str)
def test_delete_after_a_create_refused_for_its_arguments_as_in_the_guide(rig, refused):
    client = NX_POP3_CLIENT()
    assert create(rig, client, **refused) == 0xB1
    with pytest.raises(DeviceFault, match="T-NO-CLIENT"):
        nx_pop3_client_delete(client)


def test_delete_twice(rig):
    client = NX_POP3_CLIENT()
    assert create(rig, client) == NX_NOT_CONNECTED
    assert nx_pop3_client_delete(client) == NX_SUCCESS
    with pytest.raises(DeviceFault, match="T-NO-CLIENT"):
        nx_pop3_client_delete(client)


def test_create_again_without_delete(rig, reported):
    client = NX_POP3_CLIENT()
    assert create(rig, client) == NX_NOT_CONNECTED
    assert reported.take() == ["Q-CREATE-FAIL-OPEN"]
    with pytest.raises(DeviceFault, match=r"T-CREATE-TWICE: .* crashes"):
        create(rig, client)
    assert reported == ["T-CREATE-TWICE"]
    assert nx_pop3_client_delete(client) == NX_SUCCESS
    assert create(rig, client) == NX_NOT_CONNECTED


def test_a_create_refused_for_its_name_leaves_an_open_session_alone(rig):
    rig.script(GREETING, OK, OK, b"+OK 2 320\r\n")
    assert rig.create() == "NX_SUCCESS"
    rig.client.nx_pop3_client_ready_to_download = 1
    assert rig.create(name=b"n" * 41) == "NX_POP3_PARAM_ERROR"
    assert rig.client.nx_pop3_client_ready_to_download == 0
    assert rig.stat() == ("NX_SUCCESS", 2, 320)
    assert rig.delete() == "NX_SUCCESS"


def test_a_block_of_an_ended_world_can_be_used_in_the_next():
    client = NX_POP3_CLIENT()
    for _ in range(2):
        with simulation():
            pool = new_pool()
            ip = new_host(lambda _: None, CLIENT, pool)  # a link without an MTU
            assert nx_pop3_client_create(client, 0, ip, pool, SERVER, 110, "u", "p") == NX_INVALID_INTERFACE


def test_message_get_with_the_ready_flag_forced_on_a_zeroed_block():
    client = NX_POP3_CLIENT()
    client.nx_pop3_client_ready_to_download = 1
    with pytest.raises(DeviceFault, match="T-NO-CLIENT"):
        nx_pop3_client_mail_item_message_get(client, Ref(), Ref(), Ref())


@pytest.mark.parametrize("version", [0, 5])
def test_create_with_an_address_of_no_known_version(rig, version):
    with pytest.raises(DeviceFault, match=r"T-VERSION: .* hangs"):
        nxd_pop3_client_create(
            NX_POP3_CLIENT(), 0, rig.ip, rig.pool, NXD_ADDRESS(version, SERVER), 110, b"user", b"pass"
        )


# -- what looks as bad but is not -------------------------------------------------------------------


def test_numbered_services_on_a_zeroed_block():
    client, size = NX_POP3_CLIENT(), Ref(7)
    assert nx_pop3_client_mail_item_size_get(client, 1, size) == NX_POP3_INVALID_MAIL_ITEM
    assert size.value == 0
    size.value = 7
    assert nx_pop3_client_mail_item_get(client, 1, size) == NX_POP3_INVALID_MAIL_ITEM
    assert size.value == 7


def test_message_get_on_a_zeroed_block():
    packet, count, final = Ref(7), Ref(7), Ref(7)
    assert nx_pop3_client_mail_item_message_get(NX_POP3_CLIENT(), packet, count, final) == NX_POP3_CLIENT_INVALID_STATE
    assert (packet.value, count.value, final.value) == (7, 0, 0)


def test_a_pool_that_was_never_created(rig):
    rig.pool = NX_PACKET_POOL()
    assert rig.create() == "NX_NOT_CONNECTED"
    assert rig.stat()[0] == "NX_INVALID_PARAMETERS"
    assert rig.delete() == "NX_SUCCESS"


def test_an_ipv6_address_where_ipv6_is_not_enabled(rig):
    address = NXD_ADDRESS(6, (0x20010DB8, 0, 0, 1))
    status = nxd_pop3_client_create(rig.client, 0, rig.ip, rig.pool, address, 110, b"user", b"pass")
    assert status == NX_NO_INTERFACE_ADDRESS
    assert rig.delete() == "NX_SUCCESS"


def test_create_from_initialisation():
    with simulation() as sim:
        statuses = []

        def define(_memory):
            pool = new_pool()
            ip = new_host(lambda _: None, CLIENT, pool)
            client = NX_POP3_CLIENT()
            statuses.append(nx_pop3_client_create(client, 0, ip, pool, SERVER, 110, b"user", b"pass"))
            statuses.append(nx_pop3_client_delete(client))

        sim.run(define)
    assert statuses == [NX_IP_ADDRESS_ERROR, NX_SUCCESS]
