"""A driver in C that passes its requests on to a driver of the stack."""

FIRMWARE = "../program/firmware"


def test_the_wire_has_each_frame_once(netx_firmware, netx, wire):
    flags = ["-include", f"{__file__.rpartition('/')[0]}/{FIRMWARE}/filter.h", "-DDRIVER=filter"]
    firmware = netx_firmware(f"{FIRMWARE}/exchange.c", flags=flags)
    firmware.start()
    netx.sleep(500)
    assert firmware.received == 160
    assert firmware.filter_sent == len(wire.frames) > 0
