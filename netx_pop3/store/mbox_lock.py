"""The locks mail programs take on an mbox: fcntl on the file, and a dot-lock file beside it."""

import errno
import fcntl
import os
import time
from pathlib import Path

from netx_pop3.store.errors import TargetError, target_error

_PAUSE = 0.05

# Where the folder may not be written (a spool folder), programs go by the fcntl lock alone; so do we.
_NO_DOTLOCK = (errno.EACCES, errno.EROFS, errno.EPERM)


class MboxLock:
    """Holds both locks inside a `with`, which gives the open file.

    The dot-lock holds the process id, so that the lock of a killed process is known for what it is.
    """

    def __init__(self, path: Path, patience: float) -> None:
        self._path = path
        self._dot = path.with_name(path.name + ".lock")
        self._patience = patience
        self._dotted = False
        self._fd = -1

    def __enter__(self) -> int:
        try:
            self._fd = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            self._wait()
        except OSError as error:
            self._unlock()
            raise target_error(self._path, error) from error
        except TargetError:
            self._unlock()
            raise
        return self._fd

    def __exit__(self, *_: object) -> None:
        self._unlock()

    def _wait(self) -> None:
        deadline = time.monotonic() + self._patience
        while not self._try():
            if time.monotonic() >= deadline:
                raise TargetError(f"{self._path}: locked by another program")
            time.sleep(_PAUSE)

    def _try(self) -> bool:
        try:
            fcntl.lockf(self._fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except (BlockingIOError, PermissionError):
            return False
        try:
            return self._dotlock()
        except OSError as error:
            if error.errno in _NO_DOTLOCK:
                return True
            raise

    def _dotlock(self) -> bool:
        """The file appears with the process id in it, or not at all (open O_EXCL, then write, could be cut between)."""
        draft = self._dot.with_name(f".{self._dot.name}.netx-pop3")
        draft.unlink(missing_ok=True)  # of a killed run; it may be the same file as its lock
        draft.write_bytes(b"%d\n" % os.getpid())
        try:
            os.link(draft, self._dot)
            self._dotted = True
        except FileExistsError:
            self._break_stale()
        finally:
            draft.unlink()
        return self._dotted

    def _break_stale(self) -> None:
        """Remove the lock of a process that is no more.  We hold the fcntl lock, so nobody else does that now."""
        try:
            os.kill(int(self._dot.read_text()), 0)
        except ProcessLookupError:
            self._dot.unlink(missing_ok=True)
        except (ValueError, OverflowError, OSError):
            return

    def _unlock(self) -> None:
        if self._dotted:
            self._dot.unlink(missing_ok=True)
            self._dotted = False
        if self._fd >= 0:
            os.close(self._fd)
            self._fd = -1
