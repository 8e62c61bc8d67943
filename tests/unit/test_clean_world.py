"""The check behind every test: a lost packet or an open simulation fails a test that would otherwise pass."""

import pytest

pytest_plugins = ["pytester"]

SUBJECT = """
    import pytest
    from netx_sim.kernel import simulation
    from netx_sim.packet import NX_PACKET_POOL, _nx_packet_allocate, _nx_packet_pool_create, _nx_packet_release
    from netx_sim.ref import Ref

    def take(give_back):
        pool, packet = NX_PACKET_POOL(), Ref()
        _nx_packet_pool_create(pool, "pool", 256, bytearray(2000), 2000)
        assert _nx_packet_allocate(pool, packet, 0, 0, owner="test") == 0
        if give_back:
            _nx_packet_release(packet.value)

    def test_gives_back():
        with simulation(): take(True)
    def test_loses():
        with simulation(): take(False)
    def test_loses_in_default_world():
        take(False)
    @pytest.mark.leaks
    def test_loses_on_purpose():
        with simulation(): take(False)
    def test_leaves_open():
        simulation().__enter__()
    def test_fails_by_itself():
        take(False); assert False
    def test_seed(seed):
        assert seed == 77
"""


@pytest.fixture
def verdicts(pytester, request):
    """Run the tests above with the fixtures of this suite; the lines of the short summary."""

    def run(*options):
        pytester.makeconftest("from tests.conftest import *\nfrom tests.conftest import _seeded, _world_left_clean\n")
        settings = f'pythonpath = ["{request.config.rootpath}"]\nmarkers = ["leaks: loses packets"]\n'
        pytester.makepyprojecttoml("[tool.pytest.ini_options]\n" + settings)
        pytester.makepyfile(test_subject=SUBJECT)
        lines = pytester.runpytest_subprocess("-p", "no:cacheprovider", "-ra", *options).outlines
        short = {line.split(" - ")[0] for line in lines if line.startswith(("ERROR ", "FAILED "))}
        return short, lines

    return run


def test_what_a_test_leaves_behind_decides(verdicts):
    short, lines = verdicts("--seed", "77")
    assert short == {
        "ERROR test_subject.py::test_loses",
        "ERROR test_subject.py::test_loses_in_default_world",
        "ERROR test_subject.py::test_leaves_open",
        "FAILED test_subject.py::test_fails_by_itself",
    }
    assert any("allocated by test at tick 0, held by test" in line for line in lines)


def test_a_failure_prints_the_seed_that_replays_it(verdicts):
    short, lines = verdicts("--seed", "78", "-k", "test_seed")
    assert short == {"FAILED test_subject.py::test_seed"}
    assert "replay with: pytest 'test_subject.py::test_seed' --seed 78" in lines
