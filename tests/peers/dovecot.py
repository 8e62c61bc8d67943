"""A Dovecot of the test's own: its own configuration, folder, log and port, as a user without rights.

Dovecot answers wrong passwords late and keeps its own processes; stopping the master stops them all.
"""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Self

from tests.peers.mails import write_maildir
from tests.peers.netns import Namespace


def _own_port() -> int:
    """One that nobody listens at, another one in each process: tests run side by side.

    Below those that connections come from.
    """
    for port in range(11111 + os.getpid() % 10000, 32768):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
        return port
    raise OSError("every port is taken")


PORT = _own_port()
USER, PASSWORD = "u", "secret"
NOBODY = 65534
PATIENCE_S = 20.0

_CONFIGURATION = """
protocols = pop3
listen = {address}
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
ssl = no
disable_plaintext_auth = no
auth_mechanisms = plain login apop cram-md5
auth_failure_delay = {failure_delay}
default_login_user = {user}
default_internal_user = {user}
default_internal_group = {group}
first_valid_uid = 1
mail_location = maildir:{folder}/home/%u
service pop3-login {{
  chroot =
  inet_listener pop3 {{
    port = {port}
  }}
  inet_listener pop3s {{
    port = 0
  }}
}}
service anvil {{
  chroot =
  # Without it a wrong password makes every later login wait.
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service stats {{
  chroot =
}}
passdb {{
  driver = passwd-file
  args = {folder}/users
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}/home/%u
}}
"""


def _identity() -> tuple[int, int]:
    """User and group for the server: not root."""
    return (os.getuid(), os.getgid()) if os.getuid() else (NOBODY, NOBODY)


class Dovecot:
    """One server, running inside a `with`.

    Args:
        program: path of the `dovecot` program.
        content: the mails of its one user, with LF line ends.
        address: where it listens; in `space` if one is given, else on this machine.
        failure_delay: how long a wrong password waits for its answer.
    """

    def __init__(
        self,
        program: str,
        content: list[bytes],
        address: str = "127.0.0.1",
        space: Namespace | None = None,
        failure_delay: str = "1 secs",
    ) -> None:
        self.program = program
        self.content = content
        self.address = address
        self.space = space
        self.failure_delay = failure_delay
        self.port = PORT
        # Not pytest's folder: other users cannot enter that.
        self.folder = Path(tempfile.mkdtemp(prefix="netx-dovecot-"))
        self.process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self._write_files()
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
        shutil.rmtree(self.folder)

    @property
    def log(self) -> str:
        """What the server logged so far."""
        path = self.folder / "log"
        return path.read_text(encoding="utf-8", errors="replace") if path.exists() else ""

    def start(self) -> None:
        """Start and wait until it accepts connections."""
        uid, gid = _identity()
        drop = [] if os.getuid() else ["setpriv", f"--reuid={uid}", f"--regid={gid}", "--clear-groups"]
        argv = [*drop, self.program, "-F", "-c", str(self.folder / "dovecot.conf")]
        if self.space is not None:
            argv = self.space.command(*argv)
        self.process = subprocess.Popen(argv, stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        _until(self._answers, f"Dovecot did not start: {self.log}")

    def stop(self) -> None:
        """Stop the master and with it every session."""
        if self.process is not None:
            self.process.terminate()
            self.process.wait(PATIENCE_S)
            self.process = None

    def kill_sessions(self) -> None:
        """Kill the processes that serve a logged-in user, as a crash would."""
        assert self.process is not None
        for pid in _children(self.process.pid):
            if Path(f"/proc/{pid}/comm").read_text(encoding="ascii").strip() == "pop3":
                os.kill(pid, signal.SIGKILL)

    def inside(self, work: Callable[[], object]) -> object:
        """Run `work` where the server's address can be reached through the kernel."""
        return work() if self.space is None else self.space.call(work)

    def _answers(self) -> bool:
        assert self.process is not None
        if self.process.poll() is not None:
            raise RuntimeError(f"Dovecot ended with status {self.process.returncode}: {self.log}")
        return bool(self.inside(self._greets))

    def _greets(self) -> bool:
        try:
            with socket.create_connection((self.address, self.port), timeout=1) as probe:
                return probe.recv(512).startswith(b"+OK")
        except OSError:
            return False

    def _write_files(self) -> None:
        uid, gid = _identity()
        self.folder.chmod(0o755)
        write_maildir(self.folder / "home" / USER, self.content)
        (self.folder / "users").write_text(f"{USER}:{{PLAIN}}{PASSWORD}::::::\n", encoding="ascii")
        values = {"folder": self.folder, "address": self.address, "port": self.port, "uid": uid, "gid": gid}
        names = {"user": _name("getent", "passwd", uid), "group": _name("getent", "group", gid)}
        text = _CONFIGURATION.format(**values, **names, failure_delay=self.failure_delay)
        (self.folder / "dovecot.conf").write_text(text, encoding="utf-8")
        if os.getuid() == 0:
            for path in [self.folder, *self.folder.rglob("*")]:
                os.chown(path, uid, gid)


def _children(pid: int) -> list[int]:
    """Processes that this one started."""
    return [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()]


def _name(*argv: str | int) -> str:
    """Name of a user or group by number."""
    line = subprocess.run([str(word) for word in argv], capture_output=True, text=True, check=True).stdout
    return line.split(":", maxsplit=1)[0]


def _until(condition: Callable[[], bool], what: str) -> None:
    """Ask again until true; a fixture may wait for another process, a test may not."""
    end = time.monotonic() + PATIENCE_S
    while not condition():
        if time.monotonic() > end:
            raise TimeoutError(what)
        time.sleep(0.02)
