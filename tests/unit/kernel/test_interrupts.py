"""Interrupts: who holds them off, and what comes when they are allowed again."""

from typing import Any

from netx_sim import *
from netx_sim.kernel.simulation import Simulation


def _timer(log: list[Any], sim: Simulation) -> None:
    timer = TX_TIMER()
    tx_timer_create(timer, "timer", lambda _: log.append(("timer", sim.now)), 0, 2, 2, TX_AUTO_ACTIVATE)


def test_the_clock_stands_while_interrupts_are_disabled() -> None:
    log: list[Any] = []
    with simulation() as sim:
        _timer(log, sim)
        assert tx_interrupt_control(TX_INT_DISABLE) == TX_INT_ENABLE
        sim.busy(5)
        sim.interrupt(lambda: log.append("interrupt"))
        assert (tx_time_get(), log) == (0, [])
        assert tx_interrupt_control(TX_INT_DISABLE) == TX_INT_DISABLE  # an inner section leaves them disabled
        assert log == []
        assert tx_interrupt_control(TX_INT_ENABLE) == TX_INT_DISABLE
        assert log == ["interrupt", ("timer", 2), ("timer", 4)]
        assert tx_time_get() == 5
        sim.busy(1)
        assert log[3:] == [("timer", 6)]


def test_each_thread_has_a_posture_of_its_own() -> None:
    """Who waits with interrupts disabled holds nothing off while others run."""
    log: list[Any] = []
    thread = TX_THREAD()

    def other(_argument: int) -> None:
        log.append(tx_interrupt_control(TX_INT_ENABLE))
        sim.busy(3)
        log.append(tx_time_get())

    with simulation() as sim:
        tx_thread_create(thread, "other", other, 0, bytearray(1024), 1024, 20, 20, TX_NO_TIME_SLICE, TX_AUTO_START)
        tx_interrupt_control(TX_INT_DISABLE)
        tx_thread_sleep(10)
        assert log == [TX_INT_ENABLE, 3]
        sim.busy(5)
        assert tx_time_get() == 10
        tx_interrupt_control(TX_INT_ENABLE)
        assert tx_time_get() == 15


def test_a_thread_that_starts_again_starts_with_interrupts() -> None:
    seen: list[int] = []
    thread = TX_THREAD()

    def entry(_argument: int) -> None:
        seen.append(tx_interrupt_control(TX_INT_DISABLE))

    with simulation():
        tx_thread_create(thread, "thread", entry, 0, bytearray(1024), 1024, 5, 5, TX_NO_TIME_SLICE, TX_AUTO_START)
        tx_thread_reset(thread)
        tx_thread_resume(thread)
        assert seen == [TX_INT_ENABLE, TX_INT_ENABLE]


def test_in_initialisation_nothing_is_held_off() -> None:
    log: list[Any] = []

    def define(_memory: Any) -> None:
        log.append(tx_interrupt_control(TX_INT_DISABLE))
        log.append(tx_interrupt_control(TX_INT_DISABLE))
        _timer(log, sim)
        tx_thread_create(thread, "t", lambda _: sim.busy(3), 0, bytearray(1024), 1024, 5, 5, 0, TX_AUTO_START)

    thread = TX_THREAD()
    with simulation() as sim:
        sim.run(define)
    assert log == [TX_INT_ENABLE, TX_INT_DISABLE, ("timer", 2)]
