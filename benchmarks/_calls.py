"""What single services cost from Python: the calls of _calls.c, timed in the same way.

Each call is timed, in batches of a few milliseconds; the least average of all batches counts, because what else the
computer does can only add to it.
"""

import time
from collections.abc import Callable
from typing import Any

from benchmarks._ram_world import must
from netx_pop3 import (
    NX_POP3_CLIENT,
    nx_pop3_client_create,
    nx_pop3_client_mail_item_get,
    nx_pop3_client_mail_item_message_get,
    nx_pop3_client_mail_items_get,
)
from netx_sim import (
    IP_ADDRESS,
    NX_ANY_PORT,
    NX_FRAGMENT_OKAY,
    NX_IP_NORMAL,
    NX_NO_WAIT,
    NX_TCP_PACKET,
    NX_TCP_SOCKET,
    NX_UDP_PACKET,
    NX_UDP_SOCKET,
    TX_EVENT_FLAGS_GROUP,
    TX_MUTEX,
    TX_NO_INHERIT,
    TX_NO_WAIT,
    TX_OR,
    TX_OR_CLEAR,
    TX_QUEUE,
    TX_SEMAPHORE,
    Ref,
    nx_ip_address_get,
    nx_packet_allocate,
    nx_packet_data_append,
    nx_packet_release,
    nx_tcp_client_socket_bind,
    nx_tcp_client_socket_connect,
    nx_tcp_server_socket_accept,
    nx_tcp_server_socket_listen,
    nx_tcp_socket_create,
    nx_tcp_socket_mss_get,
    nx_tcp_socket_receive,
    nx_tcp_socket_send,
    nx_tcp_socket_transmit_configure,
    nx_udp_enable,
    nx_udp_socket_bind,
    nx_udp_socket_create,
    nx_udp_socket_receive,
    nx_udp_socket_send,
    tx_event_flags_create,
    tx_event_flags_get,
    tx_event_flags_set,
    tx_mutex_create,
    tx_mutex_get,
    tx_mutex_put,
    tx_queue_create,
    tx_queue_receive,
    tx_queue_send,
    tx_semaphore_create,
    tx_semaphore_get,
    tx_semaphore_put,
    tx_time_get,
)

# By place; place 0 is what the timing itself takes.
SERVICES = (
    "",
    "tx_time_get",
    "tx_semaphore_put",
    "tx_semaphore_get",
    "tx_mutex_get",
    "tx_mutex_put",
    "tx_event_flags_set",
    "tx_event_flags_get",
    "tx_queue_send",
    "tx_queue_receive",
    "nx_packet_allocate",
    "nx_packet_data_append",
    "nx_packet_release",
    "nx_ip_address_get",
    "nx_tcp_socket_mss_get",
    "nx_tcp_socket_transmit_configure",
    "nx_udp_socket_send",
    "nx_udp_socket_receive",
    "nx_tcp_socket_send",
    "nx_tcp_socket_receive",
    "nx_pop3_client_mail_item_get",
    "nx_pop3_client_mail_item_message_get",
)
_ROUNDS = 50
_BATCHES = 40
_MAILS_AT = IP_ADDRESS(10, 0, 0, 1)
_HERE = IP_ADDRESS(127, 0, 0, 1)


class Calls:
    """Rounds of calls of an instance and its pool; `costs` in microseconds, by place."""

    def __init__(self, ip: Any, pool: Any) -> None:
        self._ip = ip
        self._pool = pool
        self._sum = [0.0] * len(SERVICES)
        self._count = [0] * len(SERVICES)
        self._least = [float("inf")] * len(SERVICES)
        self._last = 0.0
        self._out, self._more, self._packet = Ref(), Ref(), Ref()

    def run(self, _input: object) -> None:
        """The entry of the thread that makes the calls."""
        self._create()
        parts: tuple[tuple[Callable[[], None], int], ...] = (
            (self._kernel_round, _ROUNDS),
            (self._network_round, _ROUNDS),
            (self._mail_round, _ROUNDS // 5),
        )
        for _batch in range(_BATCHES):
            for part, rounds in parts:
                for _round in range(rounds):
                    part()
            self._end_batch()

    @property
    def costs(self) -> list[float]:
        """What each service took, without the timing."""
        return [(cost - self._least[0]) * 1e6 for cost in self._least]

    def _begin(self) -> None:
        self._last = time.perf_counter()

    def _mark(self, place: int, _status: int) -> None:
        """The call since the last mark was one of this service."""
        self._sum[place] += time.perf_counter() - self._last
        self._count[place] += 1
        self._last = time.perf_counter()

    def _end_batch(self) -> None:
        for place, count in enumerate(self._count):
            self._least[place] = min(self._least[place], self._sum[place] / count)
            self._sum[place] = self._count[place] = 0

    def _create(self) -> None:
        ip = self._ip
        self._semaphore, self._mutex, self._flags = TX_SEMAPHORE(), TX_MUTEX(), TX_EVENT_FLAGS_GROUP()
        self._queue, self._udp = TX_QUEUE(), NX_UDP_SOCKET()
        self._listener, self._caller, self._client = NX_TCP_SOCKET(), NX_TCP_SOCKET(), NX_POP3_CLIENT()
        must(tx_semaphore_create(self._semaphore, "semaphore", 1))
        must(tx_mutex_create(self._mutex, "mutex", TX_NO_INHERIT))
        must(tx_event_flags_create(self._flags, "flags"))
        must(tx_queue_create(self._queue, "queue", 1, bytearray(64), 64))
        must(nx_udp_enable(ip))
        must(nx_udp_socket_create(ip, self._udp, "udp", NX_IP_NORMAL, NX_FRAGMENT_OKAY, 128, 30))
        must(nx_udp_socket_bind(self._udp, 7, NX_NO_WAIT))
        for socket in (self._listener, self._caller):
            must(nx_tcp_socket_create(ip, socket, "tcp", NX_IP_NORMAL, NX_FRAGMENT_OKAY, 128, 8192, None, None))
        must(nx_tcp_server_socket_listen(ip, 7, self._listener, 5, None))
        must(nx_tcp_client_socket_bind(self._caller, NX_ANY_PORT, NX_NO_WAIT))
        nx_tcp_client_socket_connect(self._caller, _HERE, 7, NX_NO_WAIT)
        must(nx_tcp_server_socket_accept(self._listener, 100))
        must(nx_pop3_client_create(self._client, 0, ip, self._pool, _MAILS_AT, 110, "user", "password"))
        must(nx_pop3_client_mail_items_get(self._client, self._out, self._more))

    def _kernel_round(self) -> None:
        mark, out, message = self._mark, self._out, bytearray(4)
        self._begin()
        mark(0, 0)
        mark(1, tx_time_get())
        mark(2, tx_semaphore_put(self._semaphore))
        mark(3, tx_semaphore_get(self._semaphore, TX_NO_WAIT))
        mark(4, tx_mutex_get(self._mutex, TX_NO_WAIT))
        mark(5, tx_mutex_put(self._mutex))
        mark(6, tx_event_flags_set(self._flags, 1, TX_OR))
        mark(7, tx_event_flags_get(self._flags, 1, TX_OR_CLEAR, out, TX_NO_WAIT))
        mark(8, tx_queue_send(self._queue, message, TX_NO_WAIT))
        mark(9, tx_queue_receive(self._queue, message, TX_NO_WAIT))

    def _network_round(self) -> None:
        mark, out, packet, pool = self._mark, self._out, self._packet, self._pool
        self._begin()
        mark(10, nx_packet_allocate(pool, packet, NX_TCP_PACKET, NX_NO_WAIT))
        mark(11, nx_packet_data_append(packet.value, b"data", 4, pool, NX_NO_WAIT))
        mark(12, nx_packet_release(packet))
        mark(13, nx_ip_address_get(self._ip, out, self._more))
        mark(14, nx_tcp_socket_mss_get(self._caller, out))
        mark(15, nx_tcp_socket_transmit_configure(self._caller, 20, 100, 10, 0))

        nx_packet_allocate(pool, packet, NX_UDP_PACKET, NX_NO_WAIT)
        nx_packet_data_append(packet.value, b"data", 4, pool, NX_NO_WAIT)
        self._begin()
        mark(16, nx_udp_socket_send(self._udp, packet, _HERE, 7))
        mark(17, nx_udp_socket_receive(self._udp, packet, NX_NO_WAIT))
        nx_packet_release(packet)

        nx_packet_allocate(pool, packet, NX_TCP_PACKET, NX_NO_WAIT)
        nx_packet_data_append(packet.value, b"data", 4, pool, NX_NO_WAIT)
        self._begin()
        mark(18, nx_tcp_socket_send(self._caller, packet, NX_NO_WAIT))
        mark(19, nx_tcp_socket_receive(self._listener, packet, NX_NO_WAIT))
        mark(18, nx_tcp_socket_send(self._listener, packet, NX_NO_WAIT))
        mark(19, nx_tcp_socket_receive(self._caller, packet, NX_NO_WAIT))
        nx_packet_release(packet)

    def _mail_round(self) -> None:
        packet, size, last = self._packet, self._out, self._more
        self._begin()
        self._mark(20, nx_pop3_client_mail_item_get(self._client, 1, size))
        last[0] = 0
        while not last[0]:
            self._begin()
            self._mark(21, nx_pop3_client_mail_item_message_get(self._client, packet, size, last))
            nx_packet_release(packet)
