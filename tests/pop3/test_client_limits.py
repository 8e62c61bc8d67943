"""How much room each command wants, what is checked before anything is sent, and what a compiler would refuse."""

import inspect

import pytest

import netx_pop3
from netx_sim import (
    NX_IP,
    NX_POP3_CLIENT_INVALID_INDEX,
    NX_POP3_PARAM_ERROR,
    NX_PTR_ERROR,
    NXD_ADDRESS,
    Ref,
)
from tests.pop3.rig import GREETING, NEVER, SERVER, STAMP, new_pool, open_rig
from tests.pop3.talker import Talker

OK = b"+OK\r\n"


@pytest.fixture
def rig(request):
    """The rig; payloads are not rounded up to 4."""
    yield from open_rig({"NX_PACKET_ALIGNMENT": 1} | getattr(request, "param", {}))


# -- the smallest payload for each command ------------------------------------------------------------


@pytest.mark.parametrize("length", [0, 1, 17, 40])
@pytest.mark.parametrize(("spare", "status"), [(-1, "NX_POP3_INSUFFICIENT_PACKET_PAYLOAD"), (0, "NX_SUCCESS")])
def test_user_wants_64_bytes_and_the_name(rig, length, spare, status):
    rig.pool = new_pool(64 + length + spare)
    server = rig.script(GREETING, OK, OK)
    assert rig.create(name=b"n" * length, password=b"") == status
    assert bool(server.heard()) is (status == "NX_SUCCESS")
    rig.delete()


@pytest.mark.parametrize("length", [1, 20])
@pytest.mark.parametrize(("spare", "status"), [(-1, "NX_POP3_INSUFFICIENT_PACKET_PAYLOAD"), (0, "NX_SUCCESS")])
def test_pass_wants_64_bytes_and_the_password(rig, length, spare, status):
    rig.pool = new_pool(64 + length + spare)
    server = rig.script(GREETING, OK, OK)
    assert rig.create(name=b"", password=b"p" * length) == status
    assert server.heard()[0] == b"USER \r\n"
    rig.delete()


@pytest.mark.leaks
@pytest.mark.parametrize("length", [1, 40])
@pytest.mark.parametrize(("spare", "status"), [(-1, "NX_POP3_INSUFFICIENT_PACKET_PAYLOAD"), (0, "NX_SUCCESS")])
def test_apop_wants_97_bytes_and_the_name(rig, length, spare, status, reported):
    rig.pool = new_pool(97 + length + spare)
    rig.script(GREETING, OK)
    assert rig.create(1, name=b"n" * length) == status
    assert "Q-GREETING-LEAK" in reported
    rig.delete()


# call, payload, replies
COMMANDS = {
    "STAT": (lambda rig: rig.stat()[0], 63, b"+OK 2 320\r\n"),
    "LIST 1": (lambda rig: rig.list(1)[0], 65, b"+OK 1 7\r\n"),
    "LIST 100": (lambda rig: rig.list(100)[0], 67, b"+OK 100 777\r\n"),
    "RETR 1": (lambda rig: rig.retr(1)[0], 65, b"+OK 7\r\n"),
    "RETR 1000": (lambda rig: rig.retr(1000)[0], 68, b"+OK 7\r\n"),
    "DELE 1": (lambda rig: rig.dele(1), 65, OK),
    "DELE 999999999": (lambda rig: rig.dele(999999999), 73, OK),
    "DELE ": (lambda rig: rig.dele(1000000000), 64, OK),
    "QUIT": (lambda rig: rig.quit(), 64, OK),
}


@pytest.mark.parametrize("command", COMMANDS)
def test_smallest_payload(rig, command, reported):
    call, payload, reply = COMMANDS[command]
    server = rig.script(GREETING, OK, OK, reply)
    assert rig.create() == "NX_SUCCESS"
    rig.client.nx_pop3_client_maildrop_items = 1000
    rig.client.nx_pop3_client_packet_pool_ptr = new_pool(payload - 1)
    assert call(rig) == "NX_POP3_INSUFFICIENT_PACKET_PAYLOAD"
    assert ("Q-QUIT-SIZE" in reported) is (command == "QUIT")
    rig.client.nx_pop3_client_packet_pool_ptr = new_pool(55)
    assert call(rig) == "NX_INVALID_PARAMETERS"
    rig.client.nx_pop3_client_packet_pool_ptr = new_pool(payload)
    assert call(rig) == "NX_SUCCESS"
    assert server.heard()[2:] == [command.encode() + b"\r\n"]
    rig.delete()


def test_quit_fits_nowhere_it_would_fill_the_payload(rig, reported):
    rig.script(GREETING, OK, OK)
    rig.create()
    rig.client.nx_pop3_client_packet_pool_ptr = new_pool(62)
    assert rig.quit() == "NX_POP3_INSUFFICIENT_PACKET_PAYLOAD"
    assert reported.take() == []  # 62 bytes are too few for any command of six letters
    rig.client.nx_pop3_client_packet_pool_ptr = new_pool(63)
    assert rig.quit() == "NX_POP3_INSUFFICIENT_PACKET_PAYLOAD"
    assert reported.take() == ["Q-QUIT-SIZE"]
    rig.delete()


# -- names and passwords ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "password", "status"),
    [
        (b"n" * 40, b"p" * 20, "NX_SUCCESS"),
        (b"n" * 41, b"p", "NX_POP3_PARAM_ERROR"),
        (b"n", b"p" * 21, "NX_POP3_PARAM_ERROR"),
        ("n" * 40, "p" * 20, "NX_SUCCESS"),
        ("\u00e9" * 20, "", "NX_SUCCESS"),
        ("\u00e9" * 20 + "n", "", "NX_POP3_PARAM_ERROR"),  # bytes count, not characters
        (b"name\0" + b"x" * 50, bytearray(b"pass\0word"), "NX_SUCCESS"),  # a C string ends at a NUL
    ],
)
def test_lengths_of_name_and_password(rig, name, password, status):
    server = rig.script(GREETING, OK, OK)
    assert rig.create(name=name, password=password) == status
    if status == "NX_SUCCESS":
        text = [bytes(value.encode() if isinstance(value, str) else value) for value in (name, password)]
        name, password = (value.split(b"\0")[0] for value in text)
        assert server.heard() == [b"USER " + name + b"\r\n", b"PASS " + password + b"\r\n"]
        assert rig.client.nx_pop3_client_name == name
        assert rig.client.nx_pop3_client_password == password
        rig.delete()


def test_control_block_after_apop_was_asked_for_but_not_offered(rig):
    rig.script(b"+OK\r\n", OK, OK)
    assert rig.create(7) == "NX_SUCCESS"
    assert rig.client.nx_pop3_client_enable_APOP_authentication == 0
    assert rig.client.nx_pop3_server_process_id == b""
    rig.delete()


def test_control_block_after_apop_was_refused(rig):
    rig.script(GREETING, b"-ERR\r\n", OK, OK)
    assert rig.create(7) == "NX_SUCCESS"
    assert rig.client.nx_pop3_client_enable_APOP_authentication == 7  # any value but 0 is on, and stays
    assert rig.client.nx_pop3_server_process_id == STAMP
    rig.delete()
    assert rig.client.nx_pop3_server_process_id == b""
    assert rig.client.nx_pop3_client_packet_pool_ptr is None


# -- the error-checking layer -------------------------------------------------------------------------


def create_arguments(rig):
    return [rig.client, 0, rig.ip, rig.pool, SERVER, 110, b"user", b"pass"]


@pytest.mark.parametrize("index", [0, 2, 3, 6, 7])
@pytest.mark.parametrize("form", ["nx_pop3_client_create", "nxd_pop3_client_create"])
def test_create_with_a_null_pointer(rig, form, index):
    arguments = create_arguments(rig)
    if form == "nxd_pop3_client_create":
        arguments[4] = NXD_ADDRESS(4, SERVER)
    arguments[5] = 0  # null pointers are looked for first
    arguments[index] = None
    assert getattr(netx_pop3, form)(*arguments) == NX_PTR_ERROR


def test_create_with_a_null_address(rig):
    arguments = create_arguments(rig)
    arguments[4] = None
    assert netx_pop3.nxd_pop3_client_create(*arguments) == NX_PTR_ERROR


@pytest.mark.parametrize(("index", "value"), [(2, NX_IP()), (4, 0), (5, 0)])
def test_create_with_a_bad_parameter(rig, index, value):
    arguments = create_arguments(rig)
    arguments[index] = value
    assert netx_pop3.nx_pop3_client_create(*arguments) == NX_POP3_PARAM_ERROR
    if index != 4:
        arguments[4] = NXD_ADDRESS(4, SERVER)
        assert netx_pop3.nxd_pop3_client_create(*arguments) == NX_POP3_PARAM_ERROR


SERVICES = {
    "nx_pop3_client_delete": ["client"],
    "nx_pop3_client_quit": ["client"],
    "nx_pop3_client_mail_items_get": ["client", "out", "out"],
    "nx_pop3_client_mail_item_size_get": ["client", "item", "out"],
    "nx_pop3_client_mail_item_get": ["client", "item", "out"],
    "nx_pop3_client_mail_item_delete": ["client", "item"],
    "nx_pop3_client_mail_item_message_get": ["client", "out", "out", "out"],
}


@pytest.mark.parametrize(
    ("service", "index"),
    [(name, index) for name, kinds in SERVICES.items() for index, kind in enumerate(kinds) if kind != "item"],
)
def test_null_pointers(rig, service, index):
    values = {"client": rig.client, "out": Ref(NEVER), "item": 0}
    arguments = [values[kind] for kind in SERVICES[service]]
    arguments[index] = None
    assert getattr(netx_pop3, service)(*arguments) == NX_PTR_ERROR


@pytest.mark.parametrize("service", [name for name, kinds in SERVICES.items() if "item" in kinds])
def test_mail_0(rig, service, reported):
    size = Ref(NEVER)
    arguments = {"client": rig.client, "out": size, "item": 0}
    status = getattr(netx_pop3, service)(*[arguments[kind] for kind in SERVICES[service]])
    assert status == NX_POP3_CLIENT_INVALID_INDEX
    assert size.value == NEVER
    assert reported == (["Q-LIST-BARE"] if service == "nx_pop3_client_mail_item_size_get" else [])


@pytest.mark.parametrize(
    ("index", "value", "name"),
    [
        (0, "client", "client_ptr"),
        (1, "yes", "APOP_authentication"),
        (2, object(), "ip_ptr"),
        (3, 5, "packet_pool_ptr"),
        (4, "10.0.0.1", "server_ip_address"),
        (4, 1 << 32, "server_ip_address"),
        (5, "110", "server_port"),
        (5, -1, "server_port"),
        (6, 5, "client_name"),
        (7, object(), "client_password"),
    ],
)
def test_create_with_what_a_compiler_refuses(rig, index, value, name):
    arguments = create_arguments(rig)
    arguments[index] = value
    with pytest.raises(TypeError, match=name):
        netx_pop3.nx_pop3_client_create(*arguments)


def test_nxd_create_with_a_number_for_an_address(rig):
    with pytest.raises(TypeError, match="server_duo_address"):
        netx_pop3.nxd_pop3_client_create(*create_arguments(rig))


@pytest.mark.parametrize(
    ("service", "index"), [(name, index) for name, kinds in SERVICES.items() for index in range(len(kinds))]
)
@pytest.mark.parametrize("wrong", ["text", -1, 1 << 32])
def test_services_with_what_a_compiler_refuses(rig, service, index, wrong):
    kind = SERVICES[service][index]
    if kind != "item" and wrong == -1:
        wrong = 5
    rig.script(GREETING, OK, OK, b"+OK 1 120\r\n", b"+OK 1 120\r\n")
    rig.create()
    rig.client.nx_pop3_client_maildrop_items = 5
    rig.client.nx_pop3_client_ready_to_download = 1
    values = {"client": rig.client, "out": Ref(NEVER), "item": 1}
    arguments = [values[kind] for kind in SERVICES[service]]
    arguments[index] = wrong
    parameter = list(inspect.signature(getattr(netx_pop3, service)).parameters)[index]
    with pytest.raises(TypeError, match=parameter):
        getattr(netx_pop3, service)(*arguments)
    rig.delete()


@pytest.mark.parametrize("kind", [list, Ref])
def test_any_cell_takes_an_output(rig, kind):
    rig.script(GREETING, OK, OK, b"+OK 2 320\r\n")
    rig.create()
    items, size = ([None], [None]) if kind is list else (Ref(), Ref())
    assert netx_pop3.nx_pop3_client_mail_items_get(rig.client, items, size) == 0
    assert (items[0], size[0]) == (2, 320)
    rig.delete()


@pytest.mark.leaks
@pytest.mark.parametrize("rig", [{"NX_POP3_MAX_PASSWORD": 60}], indirect=True)
@pytest.mark.parametrize(("length", "status"), [(25, "NX_SUCCESS"), (26, "NX_POP3_INSUFFICIENT_PACKET_PAYLOAD")])
def test_time_stamp_and_password_have_100_bytes(rig, length, status):
    rig.script(b"+OK <" + b"t" * 73 + b">\r\n", OK)
    assert rig.create(1, password=b"p" * length) == status
    rig.delete()


@pytest.mark.parametrize("rig", [{"NX_SEARCH_PORT_START": 65535}], indirect=True)
def test_no_local_port_is_free(rig, reported):
    taken = Talker(rig.ip, rig.pool)
    assert rig.create() == "NX_NO_FREE_PORTS"
    assert reported.take() == ["Q-CREATE-FAIL-OPEN"]
    assert rig.stat()[0] == "NX_NOT_BOUND"
    assert rig.delete() == "NX_SUCCESS"
    taken.close(0)


@pytest.mark.parametrize("name", ["nx_pop3_client_list", "maildrop2", "Pop3Client"])
def test_names_the_package_does_not_have(rig, name):
    with pytest.raises(AttributeError, match=name):
        getattr(netx_pop3, name)
