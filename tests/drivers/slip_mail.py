"""A POP3 server and a client at the two ends of a serial line, for the tests that collect mail over one."""

from collections.abc import Callable
from typing import Any

from netx_pop3 import (
    NX_POP3_CLIENT,
    nx_pop3_client_create,
    nx_pop3_client_delete,
    nx_pop3_client_mail_item_get,
    nx_pop3_client_mail_item_message_get,
    nx_pop3_client_mail_items_get,
    nx_pop3_client_quit,
)
from netx_pop3.server import Account, MemoryStore, Pop3Server
from netx_sim import NX_SUCCESS, Ref, nx_packet_release, packet_bytes
from tests.property.two_hosts import PORT, Host

LINE = b"The quick brown fox jumps over the lazy dog, 0123456789 times a day.\r\n"
WINDOW = 65535


def mail(size: int) -> bytes:
    """So many bytes of plain text, at least."""
    return b"Subject: line\r\n\r\n" + LINE * -(-size // len(LINE))


class Mailbox:
    """An instance with a server of some mails; its address is 10.0.0.1."""

    def __init__(self, driver: Any, mails: list[bytes], queue: int = 128) -> None:
        self.host = Host(1, driver, packets=queue + 40)
        account = Account("secret", MemoryStore(mails))
        self.server = Pop3Server(self.host.ip, self.host.pool, {"mary": account}, transmit_queue=queue)
        assert self.server.start() == NX_SUCCESS


class Collector:
    """An instance that collects mail from 10.0.0.1 by the device's services; its address is 10.0.0.2."""

    def __init__(self, driver: Any, packets: int = 200) -> None:
        self.host = Host(2, driver, packets=packets)
        self.sim = self.host.ip._sim
        self.after_first_piece: Callable[[], None] | None = None  # called once
        self.began_us = self.ended_us = 0  # from the request for the last message to its last byte

    def collect(self, count: int = 1) -> tuple[int, list[bytes]]:
        """The status with which the services end, and the messages until then, as they are on the wire."""
        client, number, size = NX_POP3_CLIENT(), Ref(), Ref()
        who = (0x0A000001, PORT, "mary", "secret")
        status = nx_pop3_client_create(client, 0, self.host.ip, self.host.pool, *who)
        status = status or nx_pop3_client_mail_items_get(client, number, size)
        messages: list[bytes] = []
        while not status and len(messages) < count:
            status, message = self._message(client, len(messages) + 1)
            messages.append(message)
        status = status or nx_pop3_client_quit(client)
        nx_pop3_client_delete(client)
        return status, messages

    def _message(self, client: NX_POP3_CLIENT, number: int) -> tuple[int, bytes]:
        size, packet, final = Ref(), Ref(), Ref(0)
        self.began_us = self.sim.now_us()
        status = nx_pop3_client_mail_item_get(client, number, size)
        parts = []
        while not status and not final.value:
            status = nx_pop3_client_mail_item_message_get(client, packet, size, final)
            if not status:
                parts.append(packet_bytes(packet.value))
                nx_packet_release(packet)
                happening, self.after_first_piece = self.after_first_piece, None
                if happening is not None:
                    happening()
        self.ended_us = self.sim.now_us()
        return status, b"".join(parts)


def wire_form(content: bytes) -> bytes:
    """A message without lines that begin with a dot, as the wire has it."""
    return content + b".\r\n"
