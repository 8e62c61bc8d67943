"""Independent opinions: what poplib fetched, what tshark thinks of a capture."""

import os
import poplib
import subprocess
from pathlib import Path

from tests.peers.dovecot import PASSWORD, USER, Dovecot
from tests.peers.netns import Namespace

PATIENCE_S = 60

# poplib refuses lines above 2,048 characters; one of the mails has a longer one.
poplib._MAXLINE = 1 << 20

_CHECKED = ("ip", "tcp", "udp", "icmp", "icmpv6")
_OBJECTION = "_ws.malformed || _ws.expert.severity >= 0x00800000" + "".join(
    f' || {protocol}.checksum.status == "Bad"' for protocol in _CHECKED
)


def fetched_by_poplib(server: Dovecot, reader: Namespace | None = None) -> list[bytes]:
    """Every mail as the standard library's client gets it: lines ended with CR LF, dots undone.

    It reads in the namespace `reader`, without one where the server is.
    """

    def fetch() -> list[bytes]:
        session = poplib.POP3(server.address, server.port, timeout=PATIENCE_S)
        session.user(USER)
        session.pass_(PASSWORD)
        count, _ = session.stat()
        got = [b"".join(line + b"\r\n" for line in session.retr(number)[1]) for number in range(1, count + 1)]
        session.quit()
        return got

    result = server.inside(fetch) if reader is None else reader.call(fetch)
    assert isinstance(result, list)
    return result


def objections(tshark: str, capture: Path, pop_ports: tuple[int, ...] = (), linux: str = "") -> str:
    """Malformed packets, wrong checksums and errors that tshark sees in a capture; empty if it is clean.

    Warnings stay out of it: a retransmission is no fault of the packet. `linux` is the address of a Linux kernel, if
    there is one: where a TCP checksum comes out as 0 it sends 0xFFFF, which sums up just as well, but not for tshark.
    """
    source = "ipv6.src" if ":" in linux else "ip.src"
    wanted = f"({_OBJECTION})" + (f" && !({source} == {linux} && tcp.checksum == 0xffff)" if linux else "")
    argv = [tshark, "-r", str(capture), "-Y", wanted, "-T", "fields"]
    argv += ["-e", "frame.number", "-e", "_ws.expert.message"]
    for protocol in ("ip", "tcp", "udp"):
        argv += ["-o", f"{protocol}.check_checksum:TRUE"]
    for port in pop_ports:
        argv += ["-d", f"tcp.port=={port},pop"]
    environment = os.environ | {"LC_ALL": "C"}
    done = subprocess.run(argv, capture_output=True, text=True, env=environment, timeout=PATIENCE_S, check=False)
    assert done.returncode == 0, f"tshark cannot read {capture}: {done.stderr}"
    return done.stdout


def assert_clean_capture(tshark: str, capture: Path, pop_ports: tuple[int, ...] = (), linux: str = "") -> None:
    """tshark has nothing to object to."""
    found = objections(tshark, capture, pop_ports, linux)
    assert not found, f"tshark objects to {capture}:\n{found}"
