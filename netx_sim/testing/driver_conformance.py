"""What every link driver has to do, as checks that the author of any driver can run.

    from netx_sim.testing.driver_conformance import DriverRig, check_driver

    class MyRig(DriverRig):
        def __init__(self):
            self.driver = MyDriver(...)
        def put(self, frame): ...       # reaches the driver from its medium
        def take(self): ...             # what the driver has put on its medium

    check_driver(MyRig)

Under pytest, parametrize over ``CHECKS`` and call ``run_check`` to see each check by name.  Read the NetX Duo guide,
chapter on drivers, first; the rules are in ``driver_checks.py``.
"""

from collections.abc import Callable, Iterable

from netx_sim.testing import driver_checks as checks
from netx_sim.testing.driver_bench import DriverRig

__all__ = ["CHECKS", "Check", "DriverRig", "check_driver", "run_check"]

Check = Callable[[Callable[[], DriverRig]], None]

CHECKS: tuple[Check, ...] = (
    checks.status_is_always_written,
    checks.unknown_commands_are_refused,
    checks.initialize_describes_the_link,
    checks.enable_and_disable_set_the_link,
    checks.unknown_interface_is_refused,
    checks.deferred_processing_is_harmless,
    checks.counters_count,
    checks.frame_is_sent_whole,
    checks.broadcast_is_sent_to_all,
    checks.raw_frame_is_sent_as_it_is,
    checks.packet_is_restored_and_kept_by_tcp,
    checks.packet_is_given_back_once,
    checks.chain_is_followed,
    checks.largest_packet_is_sent,
    checks.order_is_kept,
    checks.nothing_is_sent_while_disabled,
    checks.packet_arrives_laid_out,
    checks.ethertypes_are_told_apart,
    checks.long_frame_becomes_a_chain,
    checks.padding_does_no_harm,
    checks.only_own_frames_arrive,
    checks.multicast_is_joined_and_left,
    checks.empty_pool_loses_frames_only,
    checks.nothing_is_lost_when_half_a_chain_fits,
    checks.link_changes_are_told,
    checks.deleted_instance_is_forgotten,
    checks.driver_can_be_attached_again,
    checks.second_attach_is_answered,
)


def run_check(check: Check, make_rig: Callable[[], DriverRig]) -> str:
    """Run one check; empty if the driver passed, else why the check does not apply.

    Raises:
        AssertionError: the driver failed; the message says how.
    """
    try:
        check(make_rig)
    except checks.NotApplicable as reason:
        return str(reason)
    return ""


def check_driver(make_rig: Callable[[], DriverRig], skip: Iterable[str] = ()) -> None:
    """Run all checks on a driver.

    Args:
        make_rig: makes a fresh driver with its medium; called once for each check, inside its simulation.
        skip: names of checks to leave out.

    Raises:
        AssertionError: the driver failed at least one check; the message lists them with the rule and the reason.
    """
    left_out = set(skip)
    unknown = left_out - {check.__name__ for check in CHECKS}
    if unknown:
        raise ValueError(f"no such checks: {', '.join(sorted(unknown))}")
    failures = []
    for check in CHECKS:
        if check.__name__ in left_out:
            continue
        try:
            run_check(check, make_rig)
        except AssertionError as error:
            failures.append(f"{check.__name__}: {error}\n    {check.__doc__}")
    assert not failures, f"{len(failures)} of {len(CHECKS)} checks failed:\n" + "\n".join(failures)
