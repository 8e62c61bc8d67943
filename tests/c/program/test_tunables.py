"""What a team's nx_user.h and tx_user.h set is what the stack does, in programs and in pytest."""

import pytest

from tests.c.program.rig import FIRMWARE, run

DEFINES = {"NX_INCLUDE_USER_DEFINE_FILE": True, "TX_INCLUDE_USER_DEFINE_FILE": True}
# What the device measures by itself: with the stack's own values, and with those of the folder tuned.
MEASURED = {
    "room for a header": (16, 20),
    "transmit queue": (20, 8),
    "high port": (0, 1),
    "SYN repeated for": (1100, 3500),  # eleven seconds; a half, one and two
    "listen requests": (10, 3),
    "packets that wait for ARP": (4, 2),
    "ARP requests": (19, 4),
    "ARP entries after 20 s": (1, 0),
    "client's wait for a connection": (1100, 1000),
    "client's wait for a reply": (1000, 4000),
    "client's window": (1460, 2920),
    "client's longest name": (40, 64),
    "multicast groups": (7, 4),
    "interfaces": (1, 2),
    "priority 40": (0x0F, 0),  # TX_PRIORITY_ERROR
    "ticks of a second": (100, 1000),
}
DEFAULT, TUNED = ({name: pair[place] for name, pair in MEASURED.items()} for place in (0, 1))


def test_in_a_program(programs):
    for flags, expected in (((), DEFAULT), ((f"-I{FIRMWARE / 'tuned'}", *(f"-D{name}" for name in DEFINES)), TUNED)):
        done = run(programs.build("tunables.c", *flags))
        rows = [line.rpartition(": ") for line in done.stdout.splitlines()]
        measured = {name: int(value) for name, _, value in rows}
        alignment = measured.pop("alignment")
        assert measured == expected
        assert expected is DEFAULT or alignment == 0


@pytest.mark.parametrize("tuned", [False, True])
@pytest.mark.netx_leaks
def test_in_pytest(peer, netx, netx_firmware, tuned):
    peer("gcc")
    include = [FIRMWARE / "tuned"] if tuned else []
    firmware = netx_firmware(FIRMWARE / "tunables.c", include=include, defines=DEFINES if tuned else {})
    firmware.start()
    netx.run()
    rows = [firmware.measured[place] for place in range(firmware.measured_count)]
    measured = {str(row.name): row.value for row in rows}
    alignment = measured.pop("alignment")
    assert measured == (TUNED if tuned else DEFAULT)
    assert not tuned or alignment == 0
