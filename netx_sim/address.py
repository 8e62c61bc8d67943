"""NXD_ADDRESS, an IP address of either version, and the IP_ADDRESS macro.

Addresses are numbers in host order: an IPv4 address is one 32-bit word, an IPv6 address four, the first of them the
most significant. As in C the two share their memory: `v4` is the first word of `v6`.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence


class NXD_IP_ADDRESS:
    """The four words of an NXD_ADDRESS."""

    __slots__ = ("v6",)

    def __init__(self) -> None:
        self.v6 = [0, 0, 0, 0]

    @property
    def v4(self) -> int:
        """The IPv4 address."""
        return self.v6[0]

    @v4.setter
    def v4(self, address: int) -> None:
        self.v6[0] = address


class NXD_ADDRESS:
    """An address with its version.

    Args:
        version (int): NX_IP_VERSION_V4 or NX_IP_VERSION_V6; 0 leaves the block empty, as in C.
        address (int or four ints): the IPv4 address, or the words of the IPv6 address.
    """

    __slots__ = ("nxd_ip_address", "nxd_ip_version")

    def __init__(self, version: int = 0, address: "int | Sequence[int]" = 0) -> None:
        self.nxd_ip_version = version
        self.nxd_ip_address = NXD_IP_ADDRESS()
        if isinstance(address, int):
            self.nxd_ip_address.v4 = address
        else:
            self.nxd_ip_address.v6[:] = list(address)

    def __repr__(self) -> str:
        words = self.nxd_ip_address.v6
        if self.nxd_ip_version == 4:
            text = ".".join([str((words[0] >> shift) & 0xFF) for shift in (24, 16, 8, 0)])
        else:
            text = ":".join([f"{(word >> shift) & 0xFFFF:x}" for word in words for shift in (16, 0)])
        return "<NXD_ADDRESS " + text + ">"


def IP_ADDRESS(a: int, b: int, c: int, d: int) -> int:
    """The IPv4 address a.b.c.d as a number in host order."""
    return (a & 0xFF) << 24 | (b & 0xFF) << 16 | (c & 0xFF) << 8 | d & 0xFF


_V6_MARK = 1 << 128


def address_key(address: NXD_ADDRESS) -> int:
    """The address as one number that tells versions apart: IPv4 as it is, IPv6 with bit 128 set."""
    words = address.nxd_ip_address.v6
    if address.nxd_ip_version != 6:
        return words[0]
    return _V6_MARK | words[0] << 96 | words[1] << 64 | words[2] << 32 | words[3]


def address_fill(address: NXD_ADDRESS, key: int) -> None:
    """Write a key back; of an IPv4 address only the version and the first word, as a device does."""
    words = address.nxd_ip_address.v6
    if key < _V6_MARK:
        address.nxd_ip_version = 4
        words[0] = key
        return
    address.nxd_ip_version = 6
    for index in range(4):
        words[index] = key >> (96 - 32 * index) & 0xFFFFFFFF
