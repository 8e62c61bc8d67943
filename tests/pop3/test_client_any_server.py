"""Whatever a server sends, however it is cut: the client answers with statuses, and every packet comes back."""

from hypothesis import given, settings
from hypothesis import strategies as st

from netx_pop3.quirks import QUIRKS
from netx_sim import diagnostics, packet_bytes, status_name
from tests.pop3.rig import GREETING, NEVER, open_rig

WORDS = st.sampled_from(
    [b"+OK", b"-ERR", b" ", b"  ", b"-", b"\r\n", b"\r", b"\n", b".", b"..", b"\0", b"2", b"320", b"12345", b"text"]
)
SEGMENT = st.lists(WORDS, min_size=1, max_size=6).map(b"".join)
CALLS = st.lists(st.sampled_from(["stat", "list", "retr", "message", "message", "dele", "quit"]), max_size=8)

LOSES = {"Q-GREETING-LEAK", "Q-RETR-REPLACE"}


@settings(max_examples=150)
@given(
    login=st.sampled_from([[b"+OK\r\n", b"+OK\r\n"], [b"+OK\r\n"], []]),
    replies=st.lists(st.lists(SEGMENT, max_size=3), max_size=8),
    calls=CALLS,
    end=st.sampled_from(["silent", "fin", "reset"]),
    payload=st.sampled_from([1536, 128]),
)
def test_any_server(login, replies, calls, end, payload):
    lost = []
    diagnostics.hooks.append(lambda kind, name, message, fields: lost.append(name))
    try:
        for rig in open_rig(payload=payload, packets=80):
            script = rig.script(GREETING, *login)
            for segments in replies:
                script.receive().reply(*segments)
            getattr(script, end)()
            rig.create()
            for name in calls:
                result = getattr(rig, name)(*([1] if name in ("list", "retr", "dele") else []))
                known(result if isinstance(result, str) else result[0])
            assert rig.delete() == "NX_SUCCESS"
            script.stop()
            rig.sim.busy(30)
            pool = rig.receive_pool
            out = pool.nx_packet_pool_total - pool.nx_packet_pool_available
            assert out == sum(name in LOSES for name in lost)
            assert rig.pool.nx_packet_pool_available == rig.pool.nx_packet_pool_total
            give_back(pool)
    finally:
        diagnostics.hooks.pop()
    assert set(lost) <= set(QUIRKS) | {"leak"}


def known(status):
    assert status.startswith("NX_")
    assert status != status_name(NEVER)


def give_back(pool):
    """Packets that a quirk lost, so that the test may end with a full pool."""
    from netx_sim import nx_packet_release

    for packet in pool._packets:
        if packet._holder.startswith("nobody"):
            assert packet_bytes(packet) is not None
            assert nx_packet_release(packet) == 0
