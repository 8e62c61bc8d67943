"""Two nodes of firmware on one wire: the mail reader, and a server in a thread of C, each an image of its own."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from netx_drivers.faults import DROP, PASS

READER = "../mail_reader"
WIRE = {"NETWORK_DRIVER": "_nx_ram_network_driver"}
TEXTS = (
    b"Subject: first\r\n\r\nhello\r\n",
    b"Subject: second\r\n\r\nA line of dots:\r\n..\r\n.\r\nand no more.\r\n",
    b"Subject: third\r\n\r\nbye\r\n",
)
WHOLE = b"".join(TEXTS)
HERE = Path(__file__).parent


@pytest.fixture
def reader(build):
    """The client's node, not started yet."""
    return build(f"{READER}/mail_reader.c", f"{READER}/kept_mails.c", defines=WIRE)


@pytest.fixture
def server(build):
    """The server's node, started."""
    node = build("mail_server.c")
    node.start()
    return node


def kept(reader):
    """All that the client's application was given."""
    return bytes(reader.kept[: reader.kept_length])


def done(reader):
    """Has the reader's thread ended?"""
    return lambda: reader.twin("mail_thread").tx_thread_state == 1


def test_a_session(netx, reader, server):
    reader.start()
    netx.until(done(reader))
    assert kept(reader) == WHOLE
    assert (server.server_sessions, server.server_deleted) == (1, 3)
    assert [str(ip.nx_ip_name) for ip in netx.ip_instances] == ["server", "mail device"]


def test_each_node_has_its_own_variables(netx, reader, server, build):
    again = build("mail_server.c")
    reader.start()
    netx.until(done(reader))
    assert (server.server_deleted, again.server_deleted) == (3, 0)


def test_a_server_that_starts_late(netx, reader, build, wire):
    """While nobody has the server's address, the reader tries; then ARP finds it."""
    late = build("mail_server.c")
    reader.start()
    netx.sleep(1500)
    late.start()
    netx.until(done(reader))
    assert kept(reader) == WHOLE
    assert reader.mail_statistics.failures >= 1


@pytest.mark.parametrize("seed", range(5))
def test_a_bad_wire(netx, reader, server, wire, seed):
    wire.loss, wire.duplicate, wire.reorder, wire.corrupt = 0.1, 0.05, 0.05, 0.05
    reader.start()
    netx.until(done(reader), 100_000)
    assert kept(reader).endswith(WHOLE)
    assert server.server_deleted >= 3


def test_a_lost_quit(netx, reader, server, wire):
    """The server forgets the session's deletions, and serves the next one."""
    lost = []

    def rule(frame):
        lost.extend([frame] if frame.tcp_data.startswith(b"QUIT") else [])
        return DROP if lost and not reader.mail_statistics.failures else PASS

    with wire.install(rule):
        reader.start()
        netx.until(lambda: reader.mail_statistics.failures)
    netx.until(done(reader))
    assert kept(reader) == WHOLE + WHOLE
    assert (server.server_sessions, server.server_deleted) == (2, 3)


def test_a_client_that_goes_away_while_it_connects(netx, reader, server, wire):
    """Of its first connection only the SYN arrives; the server has to be there for the next one."""
    ports = []

    def rule(frame):
        header = frame.tcp
        if header is None or header.destination_port != 110:
            return PASS
        if header.source_port not in ports:
            ports.append(header.source_port)
            return PASS
        return DROP if header.source_port == ports[0] else PASS

    wire.install(rule)
    reader.start()
    netx.until(done(reader), 100_000)
    assert kept(reader) == WHOLE
    assert len(ports) > 1
    assert server.server_sessions == 1


def test_a_capture(netx, reader, server, wire, tshark, tmp_path):
    file = wire.capture(tmp_path / "nodes.pcapng")
    reader.start()
    netx.until(done(reader))
    file.flush()
    commands = ["USER", "PASS", "STAT", *["RETR", "DELE"] * 3, "QUIT"]
    assert tshark(tmp_path / "nodes.pcapng", "pop.request.command") == commands


def test_both_nodes_in_one_program(tmp_path):
    """As a program, without pytest: a wire in one process needs no link from the environment."""
    if shutil.which("gcc") is None:
        pytest.skip("there is no gcc (apt-get install gcc)")
    sources = ["both.c", "mail_server.c", f"{READER}/mail_reader.c", f"{READER}/main.c"]
    flags = [f"-I{READER}", "-DNETX_TWO_NODES", "-DNETWORK_DRIVER=_nx_ram_network_driver", "-o", str(tmp_path / "both")]
    command = [sys.executable, "-m", "netx_pop3.cli", "cc", *sources, *flags]
    subprocess.run(command, cwd=HERE, check=True, timeout=300)
    result = subprocess.run([tmp_path / "both"], capture_output=True, timeout=120, check=False)
    said = result.stderr.decode()
    assert (result.returncode, result.stdout) == (0, WHOLE), said
    assert said == f"3 mails, {len(WHOLE)} octets, 0 failures\n"
