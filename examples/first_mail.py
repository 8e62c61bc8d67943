"""First mail: a server and a device, each a NetX instance of its own, on a wire in this process."""

from netx_drivers import RamWire
from netx_pop3 import Account, Maildrop, MemoryStore, Pop3Server
from netx_pop3.maildrop import Host

wire = RamWire()
server, device = Host(wire, "10.0.0.1/24"), Host(wire, "10.0.0.2/24")
store = MemoryStore([b"Subject: hello\r\n\r\nIt works.\r\n"])
Pop3Server(server.ip, server.pool, {"ada": Account("secret", store)}).start()
with Maildrop("10.0.0.1", "ada", "secret", ip=device.ip) as drop:
    for mail in drop:
        print(mail.size, mail.message["Subject"], mail.raw)
        mail.delete()
print(len(store.messages()), "left on the server")
