"""Interface capabilities: who promises integrity does not have checksums computed or verified by the stack."""

from collections.abc import Callable
from typing import Any

from netx_sim import (
    NX_INTERFACE_CAPABILITY_IPV4_TX_CHECKSUM,
    NX_INTERFACE_CAPABILITY_TCP_RX_CHECKSUM,
    NX_INTERFACE_CAPABILITY_TCP_TX_CHECKSUM,
    NX_NOT_SUPPORTED,
    NX_SUCCESS,
    Ref,
    nx_ip_interface_capability_get,
    nx_ip_interface_capability_set,
)
from netx_sim.testing.drill import Drill

Maker = Callable[..., Drill]
FLAG = {"NX_ENABLE_INTERFACE_CAPABILITY": 1}


def test_default_build_has_no_service_for_it(drill: Drill) -> None:
    """Without NX_ENABLE_INTERFACE_CAPABILITY: NX_NOT_SUPPORTED."""
    assert nx_ip_interface_capability_get(drill.ip, 0, Ref()) == NX_NOT_SUPPORTED
    assert nx_ip_interface_capability_set(drill.ip, 0, 0) == NX_NOT_SUPPORTED


def able(drill: Drill, flags: int) -> Any:
    """The drill's interface with those capabilities."""
    drill.ip.nx_ip_interface[0].nx_interface_capability_flag = flags
    return drill


def test_transmit_capability_leaves_the_field_to_the_link(make_drill: Maker) -> None:
    """The TCP checksum is not computed: it is the link's work."""
    drill = able(make_drill(FLAG), NX_INTERFACE_CAPABILITY_TCP_TX_CHECKSUM)
    drill.connect()
    drill("+0 > S 0:0(0) checksum bad")
    drill("+0 < R. 0:0(0) ack 1")


def test_ip_header_checksum_is_a_capability_of_its_own(make_drill: Maker) -> None:
    """Without the flag for TCP the TCP checksum stays right when the IP header's is left out."""
    drill = able(make_drill(FLAG), NX_INTERFACE_CAPABILITY_IPV4_TX_CHECKSUM)
    drill.connect()
    drill("+0 > S 0:0(0)")
    drill("+0 < R. 0:0(0) ack 1")


def test_receive_capability_believes_the_link(make_drill: Maker) -> None:
    """A segment with a wrong checksum is taken, because the link vouches for it."""
    drill = able(make_drill(FLAG), NX_INTERFACE_CAPABILITY_TCP_RX_CHECKSUM)
    drill.established(window=60000)
    drill("""
      +0  < P. 1:11(10) ack 1 checksum bad
      +.2 > . 1:1(0) ack 11
    """)
    assert drill.receive()[0] == NX_SUCCESS


def test_without_capability_it_is_dropped(make_drill: Maker) -> None:
    """RFC 9293 3.1."""
    drill = able(make_drill(FLAG), 0)
    drill.established(window=60000)
    drill("+0 < P. 1:11(10) ack 1 checksum bad")
    drill.silent_for(0.4)
