"""What a POP3 server asks of the place the mails are in, and the simplest such place: memory.

A *store* is one user's maildrop.  It is an object with

    lock() -> bool                take it for one session; False while another session has it
    messages() -> list            its messages, in order; asked once per session, after lock
    commit(deleted: list) -> bool RFC 1939's UPDATE: remove these messages for good; False if any is still there
    unlock() -> None              the session is over

and a *message* is an object with

    size: int                     octets, with CR LF line ends, dots not doubled
    uid: bytes                    1 to 70 printable ASCII characters, the same in every session, never used again
    read(offset, length) -> bytes that piece of the message: any bytes-like; shorter only at the end

Nothing here may block: the server runs inside callbacks.  An OSError from `read` or `messages` is reported to the
client as -ERR (or, in the middle of a message, by closing the connection).
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Protocol

    class Message(Protocol):
        """One mail, as the server sees it."""

        size: int
        uid: bytes

        def read(self, offset: int, length: int) -> "bytes | bytearray | memoryview":
            """A piece of the mail."""
            ...

    class Store(Protocol):
        """One user's maildrop, as the server sees it."""

        def lock(self) -> bool:
            """Take it for one session."""
            ...

        def messages(self) -> "Sequence[Message]":
            """Its messages, in order."""
            ...

        def commit(self, deleted: "Sequence[Message]") -> bool:
            """Remove these for good."""
            ...

        def unlock(self) -> None:
            """Give it back."""
            ...


class MemoryMessage:
    """A mail held as bytes."""

    __slots__ = ("_data", "size", "uid")

    def __init__(self, data: "bytes | bytearray", uid: bytes) -> None:
        self._data = memoryview(data)
        self.size = len(data)
        self.uid = uid

    def read(self, offset: int, length: int) -> memoryview:
        """A piece of the mail, not copied."""
        return self._data[offset : offset + length]


class MemoryStore:
    """A maildrop in memory: `MemoryStore([b"Subject: hello\\r\\n\\r\\nhi\\r\\n"])`.

    Args:
        mails: each mail's octets, with CR LF line ends.
    """

    def __init__(self, mails: "Iterable[bytes]" = ()) -> None:
        self._messages: "list[MemoryMessage]" = []
        self._count = 0
        self._locked = False
        for mail in mails:
            self.add(mail)

    def add(self, mail: "bytes | bytearray") -> MemoryMessage:
        """Deliver a mail; sessions that are open do not see it."""
        self._count += 1
        message = MemoryMessage(mail, b"m%08d" % self._count)
        self._messages.append(message)
        return message

    def lock(self) -> bool:
        """Take the maildrop for one session."""
        if self._locked:
            return False
        self._locked = True
        return True

    def messages(self) -> "list[MemoryMessage]":
        """The messages, in order of delivery."""
        return list(self._messages)

    def commit(self, deleted: "Sequence[Message]") -> bool:
        """Remove messages for good."""
        self._messages = [message for message in self._messages if message not in deleted]
        return True

    def unlock(self) -> None:
        """Give the maildrop back."""
        self._locked = False
