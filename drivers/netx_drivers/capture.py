"""Captures in pcapng format: every frame of a link, with its time in the simulation.

Read first: the pcapng specification (draft-ietf-opsawg-pcapng), sections 4.1 to 4.3.  A capture is a
wrapper round a driver.  It asks the link to leave checksums to the stack, so that what it writes is
what a sniffer between two devices would have seen.

Times are those of the simulation, in nanoseconds from its start: 1970-01-01 00:00 is tick 0.
"""

import os
import struct
from pathlib import Path

from netx_drivers.ethernet import frame_start, frame_views
from netx_drivers.wrapper import Wrapper, packet_frame
from netx_sim.constants import NX_LINK_RAW_PACKET_SEND

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, BinaryIO, Self

    from netx_drivers.wrapper import Driver
    from netx_sim.ip.block import NX_IP
    from netx_sim.link import NX_INTERFACE, NX_IP_DRIVER
    from netx_sim.packet import NX_PACKET

SNAPLEN = 262144
LINKTYPE_ETHERNET = 1
LINKTYPE_RAW = 101  # bare IP packets

_SECTION = 0x0A0D0D0A
_INTERFACE = 1
_PACKET = 6
_BYTE_ORDER = 0x1A2B3C4D
_UNKNOWN_LENGTH = 0xFFFFFFFFFFFFFFFF
_OPTION_IF_NAME = 2
_OPTION_IF_MAC = 6
_OPTION_IF_TSRESOL = 9
_OPTION_USERAPPL = 4
_OPTION_EPB_FLAGS = 2
_NANOSECONDS = b"\x09"
_INBOUND = 1
_OUTBOUND = 2
_PACKET_HEAD = struct.Struct("<IIIIIII")
_PACKET_TAIL = struct.Struct("<HHIHHI")  # the direction as the only option, end of options, block length


def _create(path: "str | Path") -> "BinaryIO":
    return open(path, "wb", opener=lambda name, flags: os.open(name, flags, 0o600))


class CaptureFile:
    """A pcapng file that any number of captures may share.

    Args:
        file: a path, which is created or overwritten, or a binary file open for writing, which stays
            the caller's. A new file is for its owner only: passwords may pass in clear.
        snaplen (int): most bytes kept of a frame.
    """

    def __init__(self, file: "str | Path | BinaryIO", snaplen: int = SNAPLEN) -> None:
        self._owned = isinstance(file, str | Path)
        self._file: "BinaryIO" = _create(file) if isinstance(file, str | Path) else file
        self._snaplen = snaplen
        self._interfaces = 0
        self.addresses: "set[bytes]" = set()  # hardware addresses of the interfaces in this file
        self.frames = 0
        head = struct.pack("<IHHQ", _BYTE_ORDER, 1, 0, _UNKNOWN_LENGTH)
        self._block(_SECTION, head + _option(_OPTION_USERAPPL, b"netx-pop3") + _option(0, b""))

    def __enter__(self) -> "Self":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _block(self, kind: int, body: bytes) -> None:
        length = struct.pack("<I", len(body) + 12)
        self._file.write(b"".join((struct.pack("<I", kind), length, body, length)))

    def add_interface(self, name: str, linktype: int, address: bytes) -> int:
        """Describe an interface; its number in the file."""
        options = [_option(_OPTION_IF_NAME, name.encode()), _option(_OPTION_IF_TSRESOL, _NANOSECONDS)]
        if address:
            options.insert(1, _option(_OPTION_IF_MAC, address))
            self.addresses.add(address)
        head = struct.pack("<HHI", linktype, 0, self._snaplen)
        self._block(_INTERFACE, b"".join((head, *options, _option(0, b""))))
        number = self._interfaces
        self._interfaces += 1
        return number

    def write(self, interface: int, time_ns: int, frame: bytes, direction: int) -> None:
        """Add one frame."""
        size = len(frame)
        kept = frame[: self._snaplen]
        padding = -len(kept) % 4
        length = _PACKET_HEAD.size + len(kept) + padding + _PACKET_TAIL.size
        head = _PACKET_HEAD.pack(_PACKET, length, interface, time_ns >> 32, time_ns & 0xFFFFFFFF, len(kept), size)
        tail = _PACKET_TAIL.pack(_OPTION_EPB_FLAGS, 4, direction, 0, 0, length)
        self._file.write(b"".join((head, kept, bytes(padding), tail)))
        self.frames += 1

    @property
    def closed(self) -> bool:
        """Is the file finished?"""
        return self._file.closed

    def flush(self) -> None:
        """Bring everything written so far to the file."""
        if not self._file.closed:
            self._file.flush()

    def close(self) -> None:
        """Finish the file; one that was passed in open stays open."""
        self.flush()
        if self._owned:
            self._file.close()


def _option(code: int, value: bytes) -> bytes:
    return struct.pack("<HH", code, len(value)) + value + bytes(-len(value) % 4)


class Capture(Wrapper):
    """Write the frames of a driver's interfaces to a file.

    Args:
        driver: the driver to be wrapped; itself a wrapper, if wanted.
        file: a path, a binary file open for writing, or a CaptureFile shared with other captures.
        snaplen (int): most bytes kept of a frame; of a CaptureFile, what that was made with.
        receive: also write what comes in.  None leaves out what another interface of the same file
            has sent, so that a frame on a simulated wire appears once; True writes it again; False
            writes no received frames at all.

    Each interface appears in the file under the name of its instance and its own.  The file is complete
    after ``close``, on leaving the ``with`` block, and at the end of the simulation.
    """

    def __init__(
        self,
        driver: "Driver",
        file: "str | Path | BinaryIO | CaptureFile",
        snaplen: int = SNAPLEN,
        receive: "bool | None" = None,
    ) -> None:
        super().__init__(driver)
        self._shared = isinstance(file, CaptureFile)
        self.file = file if isinstance(file, CaptureFile) else CaptureFile(file, snaplen)
        self._receive = receive
        self._numbers: "dict[NX_INTERFACE, int]" = {}

    def __enter__(self) -> "Self":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Finish the file; one shared by several captures, or passed in open, is only brought up to date."""
        if self._shared:
            self.file.flush()
        else:
            self.file.close()

    def _attached(self, ip_ptr: "NX_IP", interface: "NX_INTERFACE") -> None:
        if self.file.closed:
            raise ValueError("the capture file is closed: its simulation has ended")
        at_end = ip_ptr._sim.at_end
        if self.close not in at_end:
            at_end.append(self.close)

    def _detached(self, ip_ptr: "NX_IP", interface: "NX_INTERFACE") -> None:
        self._numbers.pop(interface, None)
        self.file.flush()

    def _number(self, ip_ptr: "NX_IP", interface: "NX_INTERFACE") -> int:
        """The interface's number in the file; described when its first frame shows what it is."""
        number = self._numbers.get(interface)
        if number is None:
            name = f"{_text(ip_ptr.nx_ip_name)}:{_text(interface.nx_interface_name)}"
            if interface.nx_interface_address_mapping_needed:
                number = self.file.add_interface(name, LINKTYPE_ETHERNET, _address(interface))
            else:
                number = self.file.add_interface(name, LINKTYPE_RAW, b"")
            self._numbers[interface] = number
        return number

    def _write(self, ip_ptr: "NX_IP", interface: "NX_INTERFACE", frame: bytes, direction: int) -> None:
        number = self._number(ip_ptr, interface)
        self.file.write(number, ip_ptr._sim.now_us() * 1000, frame, direction)

    def _send(self, request: "NX_IP_DRIVER") -> None:
        interface = request.nx_ip_driver_interface
        self._write(request.nx_ip_driver_ptr, interface, sent_frame(request), _OUTBOUND)
        self._driver(request)

    def _received(self, ip_ptr: "NX_IP", packet: "NX_PACKET", ethertype: int) -> bool:
        interface = packet.nx_packet_interface_ptr
        if self._receive is not False:
            frame = b"".join(packet_frame(interface, packet))
            mapped = interface.nx_interface_address_mapping_needed
            if self._receive or not mapped or frame[6:12] not in self.file.addresses:
                self._write(ip_ptr, interface, frame, _INBOUND)
        return True


def sent_frame(request: "NX_IP_DRIVER") -> bytes:
    """The frame that a send request puts on the link."""
    interface = request.nx_ip_driver_interface
    packet = request.nx_ip_driver_packet
    start = packet.nx_packet_prepend_ptr
    if interface.nx_interface_address_mapping_needed and request.nx_ip_driver_command != NX_LINK_RAW_PACKET_SEND:
        start = frame_start(
            request, interface.nx_interface_physical_address_msw, interface.nx_interface_physical_address_lsw
        )
    return b"".join(frame_views(packet, start))


def _address(interface: "NX_INTERFACE") -> bytes:
    address = interface.nx_interface_physical_address_msw << 32 | interface.nx_interface_physical_address_lsw
    return address.to_bytes(6, "big")


def _text(name: "Any") -> str:
    """A C name as text: bytes, text, or nothing."""
    if isinstance(name, bytes | bytearray):
        return bytes(name).split(b"\0")[0].decode("utf-8", "replace")
    return "" if name is None else str(name)
