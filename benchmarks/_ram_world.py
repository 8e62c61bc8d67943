"""Two instances on one RAM wire, and a POP3 server on NetX sockets with its replies ready in memory."""

from typing import Any

from benchmarks._prerendered import GREETING, LINE, replies
from netx_drivers import RamWire
from netx_sim import (
    IP_ADDRESS,
    NX_FRAGMENT_OKAY,
    NX_IP,
    NX_IP_NORMAL,
    NX_PACKET_POOL,
    NX_SUCCESS,
    NX_TCP_SOCKET,
    NX_WAIT_FOREVER,
    TX_AUTO_START,
    TX_NO_TIME_SLICE,
    TX_THREAD,
    NX_IPv4_TCP_PACKET,
    Ref,
    nx_arp_enable,
    nx_ip_create,
    nx_packet_allocate,
    nx_packet_data_append,
    nx_packet_pool_create,
    nx_packet_release,
    nx_tcp_enable,
    nx_tcp_server_socket_accept,
    nx_tcp_server_socket_listen,
    nx_tcp_server_socket_relisten,
    nx_tcp_server_socket_unaccept,
    nx_tcp_socket_create,
    nx_tcp_socket_disconnect,
    nx_tcp_socket_receive,
    nx_tcp_socket_send,
    nx_tcp_socket_transmit_configure,
    packet_bytes,
    tx_thread_create,
)

SERVER_ADDRESS = IP_ADDRESS(10, 0, 0, 1)
PORT = 110
MSS = 1460
WINDOW = 65535
PAYLOAD = 1600
TRANSMIT_QUEUE = 64
_STACK = 4096


def must(status: int) -> None:
    """A service of the set-up has to succeed."""
    if status != NX_SUCCESS:
        raise RuntimeError(f"status 0x{status:02X}")


class Node:
    """An instance with TCP and a pool of its own; its address ends in `number`."""

    def __init__(self, number: int, wire: RamWire, packets: int) -> None:
        self.pool, self.ip = NX_PACKET_POOL(), NX_IP()
        memory = bytearray(packets * (PAYLOAD + 64))
        must(nx_packet_pool_create(self.pool, f"pool {number}", PAYLOAD, memory, len(memory)))
        address = IP_ADDRESS(10, 0, 0, number)
        must(nx_ip_create(self.ip, f"ip {number}", address, 0xFFFFFF00, self.pool, wire, bytearray(_STACK), _STACK, 1))
        must(nx_arp_enable(self.ip, bytearray(1040), 1040))
        must(nx_tcp_enable(self.ip))


class Server:
    """Serves mails of the given sizes, one session at a time, in a thread that outranks the client's."""

    def __init__(self, node: Node, sizes: list[int]) -> None:
        self._node = node
        self._replies = self._prepare(sizes)
        self._packet = Ref()
        self._thread = start_thread("server", self._run, 3)

    def _prepare(self, sizes: list[int]) -> dict[bytes, bytes]:
        return replies(sizes)

    def _run(self, _: Any) -> None:
        socket, ip = NX_TCP_SOCKET(), self._node.ip
        must(nx_tcp_socket_create(ip, socket, "server", NX_IP_NORMAL, NX_FRAGMENT_OKAY, 128, 4096, None, None))
        must(nx_tcp_socket_transmit_configure(socket, TRANSMIT_QUEUE, 100, 10, 0))
        must(nx_tcp_server_socket_listen(ip, PORT, socket, 5, None))
        while nx_tcp_server_socket_accept(socket, NX_WAIT_FOREVER) == NX_SUCCESS:
            self._session(socket)
            nx_tcp_socket_disconnect(socket, 500)
            nx_tcp_server_socket_unaccept(socket)
            nx_tcp_server_socket_relisten(ip, PORT, socket)

    def _session(self, socket: NX_TCP_SOCKET) -> None:
        self._send(socket, GREETING)
        while nx_tcp_socket_receive(socket, self._packet, NX_WAIT_FOREVER) == NX_SUCCESS:
            command = packet_bytes(self._packet.value).rstrip()
            nx_packet_release(self._packet)
            self._answer(socket, command)

    def _answer(self, socket: NX_TCP_SOCKET, command: bytes) -> None:
        """Send the reply; the status line of a message goes alone, as the device's client wants it."""
        reply = self._replies.get(command, b"+OK\r\n")
        line = reply.index(b"\n") + 1
        self._send(socket, reply[:line])
        self._send(socket, reply[line:])

    def _send(self, socket: NX_TCP_SOCKET, data: bytes) -> None:
        """Send in full segments."""
        pool, packet = self._node.pool, self._packet
        view = memoryview(data)
        for at in range(0, len(data), MSS):
            piece = view[at : at + MSS]
            must(nx_packet_allocate(pool, packet, NX_IPv4_TCP_PACKET, NX_WAIT_FOREVER))
            must(nx_packet_data_append(packet.value, piece, len(piece), pool, NX_WAIT_FOREVER))
            if nx_tcp_socket_send(socket, packet, NX_WAIT_FOREVER) != NX_SUCCESS:
                nx_packet_release(packet)
                return


class SilentServer(Server):
    """Answers the first commands of a session and none after that."""

    def __init__(self, node: Node, answered: int) -> None:
        self._left = answered
        super().__init__(node, [])

    def _answer(self, socket: NX_TCP_SOCKET, command: bytes) -> None:
        if self._left:
            self._left -= 1
            super()._answer(socket, command)


class EndlessServer(Server):
    """Serves mails that are one page of text over and over, so that they take no memory."""

    def _prepare(self, sizes: list[int]) -> dict[bytes, bytes]:
        self._sizes = sizes
        self._page = LINE * MSS
        return {}

    def _answer(self, socket: NX_TCP_SOCKET, command: bytes) -> None:
        word, _, number = command.partition(b" ")
        if word != b"RETR":
            self._send(socket, b"+OK %d %d\r\n" % (len(self._sizes), sum(self._sizes)))
            return
        size = -(-self._sizes[int(number) - 1] // len(LINE)) * len(LINE)
        self._send(socket, b"+OK %d octets\r\n" % size)
        while size > 0:
            self._send(socket, self._page[:size])
            size -= len(self._page)
        self._send(socket, b".\r\n")


def start_thread(name: str, entry: Any, priority: int) -> TX_THREAD:
    """An application thread that starts at once."""
    made = TX_THREAD()
    must(
        tx_thread_create(
            made, name, entry, 0, bytearray(_STACK), _STACK, priority, priority, TX_NO_TIME_SLICE, TX_AUTO_START
        )
    )
    return made
