"""UserNatDriver for the conformance suite, and hosts behind it that talk to sockets of this process."""

from collections.abc import Callable
from typing import Any

from netx_drivers import libslirp
from netx_drivers.user_nat import UserNatDriver
from netx_sim import (
    IP_ADDRESS,
    NX_IP,
    nx_arp_enable,
    nx_icmp_enable,
    nx_ip_create,
    nx_ip_delete,
    nx_ip_gateway_address_set,
    nx_tcp_enable,
    nx_udp_enable,
)
from netx_sim.testing.driver_bench import DriverRig, make_pool

HOST = IP_ADDRESS(10, 0, 2, 2)
GUEST = IP_ADDRESS(10, 0, 2, 15)
MASK = 0xFFFFFF00


class NatRig(DriverRig):
    """The library is the medium: what is sent is what it is given, and frames come in by its own callback."""

    def __init__(self, wrap: Callable[[Any], Any] | None = None, **options: Any) -> None:
        self.nat = UserNatDriver(**options)
        self.nat._engine = self._make
        self.driver = self.nat if wrap is None else wrap(self.nat)
        self.sent: list[bytes] = []

    def _make(self, *args: Any) -> libslirp.Nat:
        nat = libslirp.Nat(*args)
        send = nat.send

        def spy(frame: Any) -> None:
            self.sent.append(bytes(frame))
            send(frame)

        nat.send = spy
        return nat

    def put(self, frame: bytes) -> None:
        nat, port = self.nat._nat, self.nat._port
        if nat is not None:
            data = libslirp.ffi.from_buffer(frame)
            assert nat._callbacks.send_packet(data, len(frame), libslirp.ffi.NULL) == len(frame)
            self.nat._turn_soon(port)  # as after any call of the library

    def take(self) -> list[bytes]:
        taken, self.sent = self.sent, []
        return taken

    def close(self) -> None:
        self.nat.close()


class Guest:
    """An instance behind NAT; a context manager inside a simulation."""

    def __init__(self, payload: int = 1568, packets: int = 200, **options: Any) -> None:
        self.driver = UserNatDriver(**options)
        self.pool = make_pool("guest", payload, packets)
        self.ip = ip = NX_IP()
        assert nx_ip_create(ip, "guest", GUEST, MASK, self.pool, self.driver, bytearray(2048), 2048, 1) == 0
        assert nx_arp_enable(ip, bytearray(1040), 1040) == 0
        for enable in (nx_icmp_enable, nx_udp_enable, nx_tcp_enable):
            assert enable(ip) == 0
        assert nx_ip_gateway_address_set(ip, HOST) == 0

    def __enter__(self) -> "Guest":
        return self

    def __exit__(self, *_: object) -> None:
        assert nx_ip_delete(self.ip) == 0
