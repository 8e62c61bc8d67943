"""A POP3 server on NetX sockets (RFC 1939, RFC 2449), driven by callbacks: it needs no thread of its own.

    server = Pop3Server(ip, pool, {"mary": Account("secret", MemoryStore([mail]))})
    server.start()

Read next: `server_session` (the dialogue), `server_link` (the connections), `server_store` (where the mails are).
`netx_pop3.store` has stores for Maildir and mbox on CPython.
"""

from netx_pop3.server_link import Connection
from netx_pop3.server_listener import Listener
from netx_pop3.server_session import Account, Session
from netx_pop3.server_store import MemoryMessage, MemoryStore

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from netx_sim.ip.block import NX_IP
    from netx_sim.packet import NX_PACKET_POOL

__all__ = ["Account", "MemoryMessage", "MemoryStore", "Pop3Server"]


class Pop3Server:
    """Serves maildrops.

    Args:
        ip_ptr (NX_IP): instance with TCP enabled.
        packet_pool_ptr (NX_PACKET_POOL): for the replies; payloads of the MSS and 56 (IPv6: 76) bytes are best.
        accounts: Account by user name, as a mapping or as a function that gives None for a stranger.
        port (int): to listen on.
        apop (bool): offer APOP by a time stamp in the greeting.
        host (str): the stamp's right-hand side.
        connections (int): sessions at a time.
        backlog (int): further clients that wait for one to end.
        window (int): receive window of each connection, in bytes.
        transmit_queue (int): packets a connection may have unacknowledged; 0 for NX_TCP_MAXIMUM_TX_QUEUE (20).
        idle (int): ticks of silence after which a session is dropped; RFC 1939 asks for 10 minutes or more.
        retransmit (int): ticks after which a segment is sent again first; 0 for NX_TCP_TRANSMIT_TIMER_RATE, a second.
            The stack does not measure how long an answer takes, as TCP on a computer does; on a slow line give more.
    """

    def __init__(
        self,
        ip_ptr: "NX_IP",
        packet_pool_ptr: "NX_PACKET_POOL",
        accounts: "Mapping[str, Account] | Mapping[bytes, Account] | Callable[[bytes], Account | None]",
        port: int = 110,
        apop: bool = True,
        host: str = "netx-pop3",
        connections: int = 4,
        backlog: int = 8,
        window: int = 4096,
        transmit_queue: int = 0,
        idle: int = 60000,
        retransmit: int = 0,
    ) -> None:
        self._sim = ip_ptr._sim
        self._find_account = accounts if callable(accounts) else _by_name(accounts)
        self._apop = apop
        self._host = host
        self._listener = Listener(
            ip_ptr, packet_pool_ptr, port, self._session, connections, backlog, window, transmit_queue, idle, retransmit
        )

    def start(self) -> int:
        """Listen; the status of nx_tcp_server_socket_listen."""
        return self._listener.start()

    def stop(self) -> int:
        """Drop all sessions and listen no more; the status of nx_tcp_server_socket_unlisten."""
        return self._listener.stop()

    def _session(self, connection: Connection) -> Session:
        return Session(connection, self._find_account, self._stamp(connection.number) if self._apop else b"")

    def _stamp(self, number: int) -> bytes:
        """A time stamp no other greeting has (RFC 1939 section 7)."""
        return f"<{number}.{self._sim.now_us()}.{self._sim.random()}@{self._host}>".encode()


def _by_name(accounts: "Mapping[str, Account] | Mapping[bytes, Account]") -> "Callable[[bytes], Account | None]":
    table: "dict[bytes, Account]" = {}
    for name in accounts:
        table[name if isinstance(name, bytes) else name.encode()] = accounts[name]  # type: ignore[index]
    return table.get
