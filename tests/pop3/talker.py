"""A client on a NetX socket that says what it is told, byte for byte."""

from typing import Any

from netx_sim import (
    NX_ANY_PORT,
    NX_FRAGMENT_OKAY,
    NX_IP_NORMAL,
    NX_NO_WAIT,
    NX_SUCCESS,
    NX_TCP_PACKET,
    NX_TCP_SOCKET,
    Ref,
    nx_packet_allocate,
    nx_packet_data_append,
    nx_packet_release,
    nx_tcp_client_socket_bind,
    nx_tcp_client_socket_connect,
    nx_tcp_client_socket_unbind,
    nx_tcp_socket_create,
    nx_tcp_socket_delete,
    nx_tcp_socket_disconnect,
    nx_tcp_socket_receive,
    nx_tcp_socket_send,
    packet_bytes,
)

END = b"\r\n.\r\n"


class Talker:
    """One connection to a server, made with `connect`."""

    def __init__(self, ip: Any, pool: Any, window: int = 8192) -> None:
        self.pool = pool
        self.rest = b""
        self.socket = NX_TCP_SOCKET()
        status = nx_tcp_socket_create(ip, self.socket, "talker", NX_IP_NORMAL, NX_FRAGMENT_OKAY, 64, window, None, None)
        assert status == NX_SUCCESS
        assert nx_tcp_client_socket_bind(self.socket, NX_ANY_PORT, NX_NO_WAIT) == NX_SUCCESS

    def connect(self, address: int, wait: int = 500, port: int = 110) -> int:
        return nx_tcp_client_socket_connect(self.socket, address, port, wait)

    def send(self, data: bytes, wait: int = 500) -> int:
        packet = Ref()
        assert nx_packet_allocate(self.pool, packet, NX_TCP_PACKET, wait) == NX_SUCCESS
        assert nx_packet_data_append(packet.value, data, len(data), self.pool, wait) == NX_SUCCESS
        status = nx_tcp_socket_send(self.socket, packet, wait)
        if status:
            nx_packet_release(packet)
        return status

    def segment(self, wait: int = 500) -> bytes:
        """The next segment; empty if none came."""
        packet = Ref()
        if nx_tcp_socket_receive(self.socket, packet, wait) != NX_SUCCESS:
            return b""
        data = packet_bytes(packet.value)
        nx_packet_release(packet)
        return data

    def until(self, end: bytes, wait: int = 500) -> bytes:
        """Octets up to `end`, or to where no more come."""
        data = self.rest
        while end not in data:
            piece = self.segment(wait)
            if not piece:
                break
            data += piece
        cut = data.find(end)
        cut = len(data) if cut < 0 else cut + len(end)
        self.rest = data[cut:]
        return data[:cut]

    def line(self, command: bytes = b"") -> bytes:
        """Say a line, if one is given, and hear a line."""
        if command:
            assert self.send(command + b"\r\n") == NX_SUCCESS
        return self.until(b"\r\n")

    def table(self, command: bytes) -> bytes:
        """Say a line and hear a reply of many."""
        assert self.send(command + b"\r\n") == NX_SUCCESS
        return self.until(END)

    def login(self, address: int) -> "Talker":
        assert self.connect(address) == NX_SUCCESS
        assert self.line().startswith(b"+OK")
        assert self.line(b"USER mary") == b"+OK\r\n"
        assert self.line(b"PASS secret").startswith(b"+OK")
        return self

    def close(self, wait: int = 500) -> int:
        """Disconnect (0: by RST) and free the socket; the status of the disconnect."""
        status = nx_tcp_socket_disconnect(self.socket, wait)
        nx_tcp_client_socket_unbind(self.socket)
        assert nx_tcp_socket_delete(self.socket) == NX_SUCCESS
        return status
