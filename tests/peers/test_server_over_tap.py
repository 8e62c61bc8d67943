"""The POP3 server through TAP, judged by poplib: another implementation at both ends of the dialogue and of TCP."""

import hashlib
import json
import subprocess
import sys

import pytest

from netx_drivers import Capture
from netx_pop3.maildrop import Host
from netx_pop3.server import Account, MemoryStore, Pop3Server
from netx_sim import NX_SUCCESS, simulation, tx_thread_sleep
from tests.peers.conftest import DEVICE, KERNEL
from tests.peers.judges import assert_clean_capture
from tests.peers.mails import mails

PORT = 110
ADDRESS = DEVICE.split("/")[0]
PATIENCE_TICKS = 3000

# Runs in the namespace: one session with everything poplib can say.
CLIENT = """
import hashlib, json, poplib, sys
poplib._MAXLINE = 1 << 20  # one of the mails has a longer line than it takes
how, address = sys.argv[1:]
session = poplib.POP3(address, 110, timeout=20)
if how == "apop":
    session.apop("mary", "secret")
else:
    session.user("mary")
    session.pass_("secret")
count, octets = session.stat()
result = {"stat": [count, octets], "capa": sorted(session.capa()), "digests": [], "tops": []}
result["sizes"] = [int(line.split()[1]) for line in session.list()[1]]
result["uids"] = [line.split()[1].decode() for line in session.uidl()[1]]
for number in range(1, count + 1):
    raw = b"".join(line + b"\\r\\n" for line in session.retr(number)[1])
    result["digests"].append(hashlib.sha256(raw).hexdigest())
    result["tops"].append(len(session.top(number, 0)[1]))
session.dele(1)
session.rset()
session.dele(2)
session.noop()
session.quit()
print(json.dumps(result))
"""


@pytest.mark.parametrize("offload", [False, True], ids=["plain", "offload"])
@pytest.mark.parametrize("how", ["apop", "user-pass"])
def test_poplib_collects_what_is_stored(how, offload, tap, tap_driver, peer, tmp_path):
    stored = [as_sent(mail) for mail in mails()]
    capture = tmp_path / "server.pcapng"
    tshark = peer("tshark")
    with simulation(seed=5) as world, Host(Capture(tap_driver(offload=offload), str(capture)), DEVICE) as host:
        store = MemoryStore(stored)
        server = Pop3Server(host.ip, host.pool, {"mary": Account("secret", store)}, PORT)
        assert server.start() == NX_SUCCESS
        result = run_beside(tap.space.command(sys.executable, "-c", CLIENT, how, ADDRESS))
        assert result["stat"] == [len(stored), sum(map(len, stored))]
        assert result["sizes"] == [len(mail) for mail in stored]
        assert result["uids"] == [f"m{number:08d}" for number in range(1, len(stored) + 1)]
        assert {"TOP", "UIDL", "USER", "PIPELINING"} < set(result["capa"])
        assert result["digests"] == [sha256(mail) for mail in stored]
        assert result["tops"] == [mail.partition(b"\r\n\r\n")[0].count(b"\r\n") + 2 for mail in stored]
        tx_thread_sleep(5)
        assert [message.size for message in store.messages()] == [len(stored[0])] + [len(mail) for mail in stored[2:]]
        assert server.stop() == NX_SUCCESS
        world.close()
    assert_clean_capture(tshark, capture, (PORT,), linux=KERNEL)


def as_sent(mail):
    """A mail of a Maildir with the line ends it has on the wire."""
    return mail.replace(b"\n", b"\r\n")


def sha256(data):
    return hashlib.sha256(data).hexdigest()


def run_beside(command):
    """Run a program while the world goes on; what it printed."""
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as program:
        for _ in range(PATIENCE_TICKS):
            if program.poll() is not None:
                break
            tx_thread_sleep(1)
        program.kill()
        out, problems = program.communicate()
    assert program.returncode == 0, problems.decode()
    return json.loads(out)
