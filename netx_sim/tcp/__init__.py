"""TCP (RFC 9293) as the device's stack does it, which is not always as the RFC says.

Read in this order: `block` (the socket, the state table, what an IP instance keeps), `timers` (deadlines on the
device's grid), `output` (what goes out), `acknowledge` and `data` (what an acceptable segment does), `states` (one
handler per state), `input` (from a received packet to its handler), `close` (endings and who is woken), `periodic`
(expired deadlines). The services' work is in the `api_*` files, their checks in `netx_sim.checked.tcp`.

Loaded by `nx_tcp_enable` only, which plugs it into the IP instance.
"""

from netx_sim.tcp.block import NX_TCP_SOCKET

__all__ = ["NX_TCP_SOCKET"]
