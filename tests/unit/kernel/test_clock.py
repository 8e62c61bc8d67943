"""Time: order within a tick, skipped periodic events, microseconds, and the real clock."""

import os

import pytest

from netx_sim import *
from netx_sim.kernel import CONTEXT_ISR, CONTEXT_TIMER


@pytest.fixture
def sim():
    with simulation() as world:
        yield world


def test_timeouts_of_one_tick_act_in_order_of_their_start(sim):
    log = []
    sim.timeout_add(5, log.append, "first")
    tx_thread_sleep(2)
    sim.timeout_add(3, log.append, "second")
    tx_thread_sleep(10)
    assert log == ["first", "second"]


def test_a_long_timer_acts_after_a_short_one_started_before_its_last_turn(sim):
    """The device's wheel has 32 slots: 100 ticks are put in again at 32, 64 and 96."""
    log = []
    sim.timeout_add(100, log.append, "100 from 0")
    tx_thread_sleep(90)
    sim.timeout_add(10, log.append, "10 from 90")
    tx_thread_sleep(7)
    sim.timeout_add(3, log.append, "3 from 97")
    tx_thread_sleep(10)
    assert log == ["10 from 90", "100 from 0", "3 from 97"]


def test_cancelled_timeouts_do_not_act_and_are_forgotten(sim):
    log = []
    for _ in range(1000):
        sim.timeout_cancel(sim.timeout_add(1000, log.append, "x"))
    assert len(sim._timeouts) < 600
    tx_thread_sleep(2000)
    assert log == []


def test_a_timeout_cancelled_by_another_of_the_same_tick_does_not_act(sim):
    log = []
    sim.timeout_add(5, lambda _: sim.timeout_cancel(second), None)
    second = sim.timeout_add(5, log.append, "cancelled")
    tx_thread_sleep(6)
    assert log == []


def test_periodic_event_is_skipped_unless_wanted(sim):
    ticks = []
    event = sim.periodic_create(10, lambda _: ticks.append((sim.now, sim.context)), None)
    tx_thread_sleep(1000)
    assert ticks == [(1000, CONTEXT_TIMER)]  # the clock stopped there anyway
    event.want(1042)
    tx_thread_sleep(105)
    assert [tick for tick, _ in ticks[1:]] == [1050]
    assert event.first_after(1050) == 1060
    assert event.last_until(1059) == 1050


def test_periodic_event_wanted_now_comes_at_the_next_grid_tick(sim):
    ticks = []
    event = sim.periodic_create(10, lambda _: ticks.append(sim.now), None)
    tx_thread_sleep(10)
    event.want(10)
    tx_thread_sleep(15)
    assert ticks == [10, 20]


def test_link_events_come_at_their_microsecond_in_interrupt_context(sim):
    log = []
    for us in (25_003, 25_001, 12_000):
        sim.call_at_us(us, lambda _: log.append((sim.now, sim.now_us(), sim.context)), None)
    cancelled = sim.call_at_us(5, log.append, "never")
    sim.call_cancel(cancelled)
    tx_thread_sleep(4)
    assert log == [(1, 12_000, CONTEXT_ISR), (2, 25_001, CONTEXT_ISR), (2, 25_003, CONTEXT_ISR)]


def test_tick_comes_before_a_link_event_of_the_same_moment(sim):
    log = []
    sim.call_at_us(20_000, lambda _: log.append("frame"), None)
    sim.timeout_add(2, lambda _: log.append("tick"), None)
    tx_thread_sleep(3)
    assert log == ["tick", "frame"]


def test_busy_lets_timers_act_and_counts_own_ticks(sim):
    log = []
    sim.timeout_add(3, lambda _: log.append(sim.now), None)
    sim.busy(5)
    assert (log, sim.now) == ([3], 5)


def test_interrupt_runs_in_interrupt_context_then_preempts(sim):
    log = []
    woken = TX_THREAD()

    def entry(_):
        log.append("woken")

    tx_thread_create(woken, "w", entry, 0, bytearray(512), 512, 3, 3, 0, TX_DONT_START)

    def isr():
        log.append(sim.context)
        tx_thread_resume(woken)
        log.append("still in the interrupt")

    sim.interrupt(isr)
    assert log == [CONTEXT_ISR, "still in the interrupt", "woken"]


def test_time_set_moves_the_counter_and_no_timer(sim):
    tx_time_set(5000)
    assert tx_time_get() == 5000
    tx_thread_sleep(10)
    assert (tx_time_get(), sim.now) == (5010, 10)


def test_real_link_wakes_a_waiter_and_the_clock_turns_virtual_again(sim):
    receiver, sender = os.pipe()
    sem = TX_SEMAPHORE()
    tx_semaphore_create(sem, "s", 0)
    got = []

    def readable(fd):
        got.append((os.read(fd, 10), sim.context))
        tx_semaphore_put(sem)

    try:
        sim.attach_fd(receiver, readable, receiver)
        assert sim.real
        os.write(sender, b"frame")
        assert tx_semaphore_get(sem, TX_WAIT_FOREVER) == TX_SUCCESS
        assert got == [(b"frame", CONTEXT_ISR)]
        before = sim.now
        assert tx_semaphore_get(sem, 3) == TX_NO_INSTANCE  # three real ticks
        assert sim.now >= before + 3
        sim.detach_fd(receiver)
        assert not sim.real
        now = sim.now
        tx_thread_sleep(100_000)
        assert sim.now == now + 100_000
    finally:
        os.close(receiver)
        os.close(sender)


def test_a_descriptor_that_cannot_be_watched_leaves_the_clock_virtual(sim):
    with pytest.raises(ValueError):
        sim.attach_fd(-1, lambda _: None, None)
    assert not sim.real
    assert not sim._links.watches(-1)


def test_abort_requested_from_a_signal_ends_the_bodys_wait(sim):
    sem = TX_SEMAPHORE()
    tx_semaphore_create(sem, "s", 0)
    sim.call_at_us(30_000, lambda _: sim.request_abort(), None)
    assert tx_semaphore_get(sem, TX_WAIT_FOREVER) == TX_WAIT_ABORTED
