"""The variables NETX_...: what they may say, and what is said of those that cannot be."""

import pytest

from netx_c.program.environment import BadVariable, parse_config, parse_faults, read_environment


def test_nothing_said_is_the_usual():
    settings = read_environment({"PATH": "/bin", "NETX_LINK": "", "NETX_POP3_PASSWORD": "x", "NETX_REQUIRE_PEERS": "1"})
    assert (settings.link, settings.link_given, settings.capture, settings.clock) == ("ram:", False, None, None)
    assert (settings.seed, settings.faults, settings.config) == (0, None, {})
    assert (settings.leaks, settings.leaks_given, settings.quirks) == ("report", False, "report")


def test_everything_said():
    settings = read_environment(
        {
            "NETX_LINK": "nat:",
            "NETX_CAPTURE": "a file.pcapng",
            "NETX_SEED": "0x10",
            "NETX_CLOCK": "real",
            "NETX_FAULTS": "loss=1%",
            "NETX_CONFIG": "NX_TCP_MAXIMUM_RETRIES=3",
            "NETX_LEAKS": "error",
            "NETX_QUIRKS": "ignore",
        }
    )
    assert (settings.link, settings.link_given, str(settings.capture)) == ("nat:", True, "a file.pcapng")
    assert (settings.seed, settings.clock, settings.faults) == (16, "real", {"loss": 0.01})
    assert settings.config == {"NX_TCP_MAXIMUM_RETRIES": 3}
    assert (settings.leaks, settings.leaks_given, settings.quirks) == ("error", True, "ignore")


@pytest.mark.parametrize(
    ("name", "value", "trouble"),
    [
        ("NETX_SEED", "-1", "'-1' is no number"),
        ("NETX_SEED", "many", "'many' is no number"),
        ("NETX_CLOCK", "fast", "it is virtual or real"),
        ("NETX_LEAKS", "fail", "it is report, error or ignore"),
        ("NETX_QUIRKS", "1", "it is report, error or ignore"),
        ("NETX_FAULTS", "loss", "'loss' is not of the form NAME=VALUE"),
        ("NETX_FAULTS", "lost=1", "there is no fault 'lost'; there are loss,"),
        ("NETX_FAULTS", "loss=2", "loss is a probability from 0 to 1, not 2.0"),
        ("NETX_FAULTS", "loss=much", "loss is a probability, as in 0.01 or 1%, not 'much'"),
        ("NETX_FAULTS", "delay=9-5", "delay is microseconds"),
        ("NETX_FAULTS", "receive=maybe", "'maybe' is neither 1 nor 0"),
        ("NETX_CONFIG", "NX_TCP_MAXIMUM_RETRIEZ=3", "did you mean NX_TCP_MAXIMUM_RETRIES"),
        ("NETX_CONFIG", "NX_TCP_MAXIMUM_RETRIES=few", "'few' is no number"),
        ("NETX_CONFIG", "NX_TCP_MAXIMUM_RETRIES=99999", "out of range: 0 to 1000"),
        ("NETX_CONFIG", "NX_PHYSICAL_HEADER=20", "is compiled into the program: set it in nx_user.h"),
        ("NETX_CONFIG", "/nowhere/netx.conf", "No such file or directory"),
        ("NETX_LEAK", "error", "there is no such variable; did you mean NETX_LEAKS?"),
        ("NETX_CAPTUER", "x", "there is no such variable; did you mean NETX_CAPTURE?"),
    ],
)
def test_what_cannot_be_is_named(name, value, trouble):
    with pytest.raises(BadVariable) as caught:
        read_environment({name: value})
    assert str(caught.value).startswith(f"{name}={value}: ")
    assert trouble in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_fault_plan():
    text = "loss=0.5, duplicate=25%,reorder=0,corrupt=1,delay=100-5000,reorder_us=7,receive=on,seed=3"
    assert parse_faults(text) == {
        "loss": 0.5,
        "duplicate": 0.25,
        "reorder": 0.0,
        "corrupt": 1.0,
        "delay": (100, 5000),
        "reorder_us": 7,
        "receive": True,
        "seed": 3,
    }
    assert parse_faults("delay=100") == {"delay": 100}


def test_a_file_of_tunables(tmp_path):
    path = tmp_path / "netx.conf"
    path.write_text(
        "# the device of the field test\n"
        "NX_TCP_MAXIMUM_RETRIES = 3\n"
        "\n"
        "#define NX_ARP_UPDATE_RATE 2 /* seconds */\n"
        "#define NX_DISABLE_RESET_DISCONNECT // as in the field\n"
        "NX_ENABLE_TCP_KEEPALIVE=on\n"
    )
    assert parse_config(str(path)) == {
        "NX_TCP_MAXIMUM_RETRIES": 3,
        "NX_ARP_UPDATE_RATE": 2,
        "NX_DISABLE_RESET_DISCONNECT": 1,
        "NX_ENABLE_TCP_KEEPALIVE": 1,
    }
