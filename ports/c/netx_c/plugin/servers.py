"""POP3 servers for tests: a script, or mails, on an instance of their own at the other end of the wire.

    server = pop3_server("192.168.1.2")                      # a script
    server.reply(b"+OK ready\\r\\n").expect(b"USER mary\\r\\n")...
    pop3_server("192.168.1.2", mails=[b"Subject: hi\\r\\n\\r\\nhello\\r\\n"])
    pop3_server("192.168.1.2", maildir=tmp_path / "Maildir", user="mary", password="secret")

They are driven by callbacks and need no thread.
"""

from collections.abc import Callable, Iterable, Mapping
from ipaddress import ip_interface
from pathlib import Path
from typing import Any

from netx_c.plugin.world import World
from netx_pop3.maildrop_host import Host
from netx_pop3.server import Account, MemoryStore, Pop3Server
from netx_pop3.server_script import ScriptedServer
from netx_sim.address import NXD_ADDRESS
from netx_sim.checked.icmp import nxd_icmp_enable
from netx_sim.checked.ipv6 import nxd_ipv6_address_set, nxd_ipv6_enable
from netx_sim.constants import NX_IP_VERSION_V6

_IPV6_SETTLES = 500  # ticks until an IPv6 address is known to be nobody else's
_WORD = 0xFFFFFFFF


class ServerFactory:
    """The `pop3_server` fixture: call it for a server."""

    def __init__(self, world: World) -> None:
        self._world = world

    def __call__(
        self,
        address: str = "10.0.0.2",
        *,
        mails: Iterable[bytes] | None = None,
        maildir: str | Path | None = None,
        user: str = "mary",
        password: str = "secret",  # noqa: S107 - of a test
        accounts: Mapping[str, Account] | None = None,
        port: int = 110,
        gateway: str | None = None,
        link: Callable[[Any], None] | None = None,
        **options: Any,
    ) -> Any:
        """Start a server.

        Args:
            address: IPv4 or IPv6, with a prefix length if it is not 24 or 64; several servers can share one.
            mails: what a maildrop in memory holds, with CR LF line ends.
            maildir: a Maildir on disk instead.
            user, password: for `mails` and `maildir`.
            accounts: `Account` by name, instead of these.
            port: to listen on.
            gateway: of the server's instance, for devices in another network.
            link: the server's driver, if it is not on the wire: `firmware.driver("name")`.
            options: more for `ScriptedServer` or `Pop3Server`: window, apop, connections, ...

        Returns:
            A `ScriptedServer`, whose script is checked at the end of the test; with mails, a `Pop3Server`, which has
            the store of `mails` or `maildir` as `store`.
        """
        host = self._host(address, gateway, link or self._world.wire)
        store = _store(mails, maildir)
        if store is not None:
            accounts = {user: Account(password, store)}
        part, self._world.part = self._world.part, "fixture"
        try:
            server = self._start(host, accounts, port, options)
        finally:
            self._world.part = part
        if store is not None:
            server.store = store
        self._world.servers.append(server)
        return server

    def _start(self, host: Host, accounts: Mapping[str, Account] | None, port: int, options: dict[str, Any]) -> Any:
        server: Any
        if accounts is None:
            server = ScriptedServer(host.ip, host.pool, port, **options)
        else:
            server = Pop3Server(host.ip, host.pool, accounts, port, **options)
        status = server.start()
        if status:
            raise ValueError(f"port {port} cannot be listened on: status {status:#x}")
        return server

    def _host(self, address: str, gateway: str | None, link: Callable[[Any], None]) -> Host:
        """The instance with this address, made if it is not there; of an IPv6 address, an instance that has it too."""
        interface = ip_interface(address)
        known = self._world.hosts.get(str(interface.ip))
        if known is not None:
            return known  # type: ignore[no-any-return]
        if interface.version == 4:
            text = address if "/" in address else f"{address}/24"
            host = Host(link, text, gateway)
        else:
            host = Host(link, "0.0.0.0/0")
            _ipv6_give(host, int(interface.ip), interface.network.prefixlen if "/" in address else 64)
            self._world.sleep(_IPV6_SETTLES)
        self._world.hosts[str(interface.ip)] = host
        self._world.leftovers.others.append(host.pool)
        return host


def _ipv6_give(host: Host, number: int, prefix: int) -> None:
    address = NXD_ADDRESS(NX_IP_VERSION_V6, [number >> shift & _WORD for shift in (96, 64, 32, 0)])
    for status in (
        nxd_ipv6_enable(host.ip),
        nxd_icmp_enable(host.ip),
        nxd_ipv6_address_set(host.ip, 0, None, 10, None),  # link-local
        nxd_ipv6_address_set(host.ip, 0, address, prefix, None),
    ):
        if status:
            raise ValueError(f"the address cannot be set: status {status:#x}")


def _store(mails: Iterable[bytes] | None, maildir: str | Path | None) -> Any:
    if maildir is not None:
        from netx_pop3.store import MaildirStore

        return MaildirStore(maildir)
    return MemoryStore(mails) if mails is not None else None
