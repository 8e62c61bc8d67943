"""The options of a received segment (RFC 9293 section 3.2), read as far as the device looks at them."""

from netx_sim.wire.tcp import OPTION_END, OPTION_MSS, OPTION_NOP, OPTION_WINDOW_SCALE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from netx_sim.tcp.block import NX_TCP_SOCKET

MSS_DEFAULT_IPV4 = 536
MSS_DEFAULT_IPV6 = 1220
SCALE_MAXIMUM = 14  # RFC 7323 section 2.3
WINDOW_UNSCALED_MAXIMUM = 0xFFFF

# What spoils a segment: an option of length zero or an MSS option of a wrong length always does, an option that runs
# beyond the header only in a SYN.
GOOD = 0
BEYOND_HEADER = 1
BAD_LENGTH = 2


def options_read(mem: "Any", offset: int, end: int) -> "tuple[int, int, int]":
    """Judgement, MSS (0: none) and window scale (-1: none) of the options between two offsets."""
    mss, scale = 0, -1
    while offset < end:
        kind = mem[offset]
        if kind == OPTION_END:
            break
        if kind == OPTION_NOP:
            offset += 1
            continue
        if offset + 1 >= end:
            break
        length = mem[offset + 1]
        if not length or (kind == OPTION_MSS and length != 4):
            return BAD_LENGTH, mss, scale
        if offset + length > end:
            # An MSS option that is cut off counts as absent.
            return (GOOD if kind == OPTION_MSS else BEYOND_HEADER), mss, scale
        if kind == OPTION_MSS:
            mss = mem[offset + 2] << 8 | mem[offset + 3]
        elif kind == OPTION_WINDOW_SCALE and length == 3:
            scale = min(mem[offset + 2], SCALE_MAXIMUM)
        offset += length
    return GOOD, mss, scale


def scale_take(socket_ptr: "NX_TCP_SOCKET", scale: int) -> None:
    """Both windows are scaled if both SYNs ask for it, else neither (RFC 7323 section 2.2); -1: the peer's does not."""
    if not socket_ptr._ip_tcp.scaling:
        return
    socket_ptr._scale_offered = scale >= 0
    socket_ptr.nx_tcp_snd_win_scale_value = max(scale, 0)
    if scale < 0:
        socket_ptr.nx_tcp_rcv_win_scale_value = 0
        window = min(socket_ptr.nx_tcp_socket_rx_window_maximum, WINDOW_UNSCALED_MAXIMUM)
        socket_ptr.nx_tcp_socket_rx_window_default = window
        socket_ptr.nx_tcp_socket_rx_window_current = window


def scale_for(window: int) -> int:
    """The smallest shift that lets a header's 16 bits say a receive window (RFC 7323 section 2.3)."""
    scale = 0
    while window >> scale > WINDOW_UNSCALED_MAXIMUM and scale < SCALE_MAXIMUM:
        scale += 1
    return scale
