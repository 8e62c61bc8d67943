"""Threads, preemption, priorities and the end of a run, in virtual time."""

import threading

import pytest

from netx_sim import *
from netx_sim.kernel.simulation import Simulation


def _thread(name, entry, priority, *, threshold=None, time_slice=0, start=True, argument=0):
    thread = TX_THREAD()
    status = tx_thread_create(
        thread,
        name,
        entry,
        argument,
        bytearray(1024),
        1024,
        priority,
        priority if threshold is None else threshold,
        time_slice,
        TX_AUTO_START if start else TX_DONT_START,
    )
    assert status == TX_SUCCESS
    return thread


def _run(define):
    with simulation() as sim:
        sim.run(lambda memory: define())
    return sim


def test_highest_priority_runs_first_and_equals_in_order():
    log = []
    _run(lambda: [_thread(n, lambda _, n=n: log.append(n), p) for n, p in [("c", 9), ("a", 3), ("d", 9), ("b", 5)]])
    assert log == ["a", "b", "c", "d"]


def test_one_thread_needs_no_second_os_thread():
    seen = []

    def entry(_):
        tx_thread_sleep(5)
        seen.append((threading.get_ident(), tx_time_get()))

    _run(lambda: _thread("only", entry, 4))
    assert seen == [(threading.get_ident(), 5)]


def test_semaphore_hands_over_between_stacks_deterministically():
    def once():
        log = []
        ping, pong = TX_SEMAPHORE(), TX_SEMAPHORE()

        def first(_):
            for i in range(5):
                tx_semaphore_get(ping, TX_WAIT_FOREVER)
                log.append(("first", i))
                tx_semaphore_put(pong)

        def second(_):
            for i in range(5):
                tx_semaphore_put(ping)
                tx_semaphore_get(pong, TX_WAIT_FOREVER)
                log.append(("second", i))

        def define():
            tx_semaphore_create(ping, "ping", 0)
            tx_semaphore_create(pong, "pong", 0)
            _thread("first", first, 4)
            _thread("second", second, 5)

        _run(define)
        return log

    expected = [(who, i) for i in range(5) for who in ("first", "second")]
    assert once() == expected
    assert once() == expected


def test_put_preempts_at_once_when_the_waiter_outranks():
    log = []
    sem = TX_SEMAPHORE()

    def high(_):
        tx_semaphore_get(sem, TX_WAIT_FOREVER)
        log.append("high")

    def low(_):
        log.append("before")
        tx_semaphore_put(sem)
        log.append("after")

    def define():
        tx_semaphore_create(sem, "s", 0)
        _thread("high", high, 2)
        _thread("low", low, 8)

    _run(define)
    assert log == ["before", "high", "after"]


def test_preemption_threshold_keeps_lesser_priorities_out():
    log = []
    sem = TX_SEMAPHORE()

    def middle(_):
        tx_semaphore_get(sem, TX_WAIT_FOREVER)
        log.append("middle")

    def low(_):
        tx_semaphore_put(sem)
        log.append("low goes on")

    def define():
        tx_semaphore_create(sem, "s", 0)
        _thread("middle", middle, 5)
        _thread("low", low, 8, threshold=5)

    _run(define)
    assert log == ["low goes on", "middle"]


def test_threshold_still_guards_a_preempted_thread():
    log = []
    one, two = TX_SEMAPHORE(), TX_SEMAPHORE()

    def high(_):
        tx_semaphore_get(one, TX_WAIT_FOREVER)
        log.append("high")
        tx_semaphore_put(two)

    def middle(_):
        tx_semaphore_get(two, TX_WAIT_FOREVER)
        log.append("middle")

    def low(_):
        tx_semaphore_put(one)
        log.append("low")

    def define():
        tx_semaphore_create(one, "1", 0)
        tx_semaphore_create(two, "2", 0)
        _thread("high", high, 2)
        _thread("middle", middle, 6)
        _thread("low", low, 8, threshold=4)

    _run(define)
    assert log == ["high", "low", "middle"]


def test_wait_times_out_at_the_nth_tick():
    with simulation() as sim:
        sem = TX_SEMAPHORE()
        tx_semaphore_create(sem, "s", 0)
        assert tx_semaphore_get(sem, 7) == TX_NO_INSTANCE
        assert sim.now == 7


def test_time_slice_gives_equals_their_turn():
    log = []

    def entry(name):
        for _ in range(3):
            log.append(name)
            from netx_sim.kernel import current

            current().busy(2)

    def define():
        _thread("a", entry, 5, time_slice=2, argument="a")
        _thread("b", entry, 5, time_slice=2, argument="b")

    _run(define)
    assert log == ["a", "b", "a", "b", "a", "b"]


def test_mutex_inheritance_raises_and_restores_the_owner():
    log = []
    mutex = TX_MUTEX()
    threads = {}

    def low(_):
        tx_mutex_get(mutex, TX_WAIT_FOREVER)
        tx_thread_resume(threads["high"])
        log.append(("inherits", threads["low"].tx_thread_priority))
        tx_mutex_put(mutex)
        log.append(("restored", threads["low"].tx_thread_priority))

    def high(_):
        tx_mutex_get(mutex, TX_WAIT_FOREVER)
        log.append("high owns")
        tx_mutex_put(mutex)

    def define():
        tx_mutex_create(mutex, "m", TX_INHERIT)
        threads["high"] = _thread("high", high, 2, start=False)
        threads["low"] = _thread("low", low, 9)

    _run(define)
    assert log == [("inherits", 2), "high owns", ("restored", 9)]


def test_terminate_unwinds_the_stack_of_a_waiting_thread():
    log = []
    threads = {}

    def victim(_):
        try:
            tx_thread_sleep(100)
        finally:
            log.append("unwound")

    def killer(_):
        tx_thread_sleep(3)
        assert tx_thread_terminate(threads["victim"]) == TX_SUCCESS
        log.append("killed")
        assert tx_thread_delete(threads["victim"]) == TX_SUCCESS

    def define():
        threads["victim"] = _thread("victim", victim, 4)
        _thread("killer", killer, 5)

    sim = _run(define)
    assert log == ["unwound", "killed"]
    assert sim.now == 3


def test_reset_runs_a_thread_again_from_its_entry():
    log = []
    threads = {}

    def worker(_):
        log.append(tx_time_get())
        tx_thread_sleep(2)

    def boss(_):
        tx_thread_sleep(5)
        assert tx_thread_reset(threads["worker"]) == TX_SUCCESS
        assert tx_thread_resume(threads["worker"]) == TX_SUCCESS
        tx_thread_sleep(5)

    def define():
        threads["worker"] = _thread("worker", worker, 4)
        threads["boss"] = _thread("boss", boss, 6)

    _run(define)
    assert log == [0, 5]


def test_wait_abort_and_delayed_suspension():
    log = []
    threads = {}

    def waiter(_):
        log.append(tx_thread_sleep(50))

    def boss(_):
        assert tx_thread_suspend(threads["waiter"]) == TX_SUCCESS
        assert tx_thread_wait_abort(threads["waiter"]) == TX_SUCCESS
        log.append("suspended, not run")
        assert tx_thread_resume(threads["waiter"]) == TX_SUCCESS

    def define():
        threads["waiter"] = _thread("waiter", waiter, 4)
        _thread("boss", boss, 6)

    _run(define)
    assert log == ["suspended, not run", TX_WAIT_ABORTED]


def test_dead_run_reports_who_waits_for_what():
    sem = TX_SEMAPHORE()

    def define():
        tx_semaphore_create(sem, "never", 0)
        _thread("stuck", lambda _: tx_semaphore_get(sem, TX_WAIT_FOREVER), 4)

    with pytest.raises(SimulationDeadlock, match="thread stuck waits for a semaphore: <TX_SEMAPHORE never>"):
        _run(define)


def test_dead_run_on_a_further_stack_is_reported_too():
    sem = TX_SEMAPHORE()

    def stuck(_):
        try:
            tx_semaphore_get(sem, TX_WAIT_FOREVER)
        except Exception:
            pytest.fail("the end of the world must not be caught by the application")

    def define():
        tx_semaphore_create(sem, "never", 0)
        _thread("one", stuck, 4)
        _thread("two", stuck, 4)

    with pytest.raises(SimulationDeadlock, match="thread two"):
        _run(define)


def test_exception_in_a_thread_stops_the_world_and_is_raised_from_run():
    def bad(_):
        tx_thread_sleep(1)
        raise ValueError("from the thread")

    def other(_):
        try:
            tx_thread_sleep(100)
        except Exception:
            pytest.fail("stopping is no ordinary exception")

    with pytest.raises(ValueError, match="from the thread"):
        _run(lambda: (_thread("other", other, 3), _thread("bad", bad, 4)))


def test_exception_in_a_timer_callback_reaches_the_body():
    def bad(_):
        raise ValueError("from the timer")

    with simulation():
        timer = TX_TIMER()
        tx_timer_create(timer, "t", bad, 0, 2, 0, TX_AUTO_ACTIVATE)
        with pytest.raises(ValueError, match="from the timer"):
            tx_thread_sleep(5)
        # The body goes on: its wait has ended.
        assert tx_time_get() == 2


def test_stop_ends_every_thread():
    log = []

    def forever(_):
        try:
            while True:
                tx_thread_sleep(10)
        finally:
            log.append("ended")

    def boss(_):
        tx_thread_sleep(25)
        from netx_sim.kernel import current

        current().stop()

    sim = _run(lambda: (_thread("f", forever, 4), _thread("g", forever, 4), _thread("boss", boss, 5)))
    assert log == ["ended", "ended"]
    assert sim.now == 25


def test_two_simulations_do_not_see_each_other():
    with simulation() as one:
        tx_thread_sleep(5)
        with simulation() as two:
            assert tx_time_get() == 0
            tx_thread_sleep(2)
            assert two.now == 2
        assert one.now == 5
        assert tx_time_get() == 5


def test_foreign_os_thread_is_refused():
    with simulation():
        mutex = TX_MUTEX()
        tx_mutex_create(mutex, "m", TX_NO_INHERIT)
        caught = []

        def foreign():
            try:
                tx_thread_sleep(1)
            except ForeignThreadError as error:
                caught.append(error)

        other = threading.Thread(target=foreign)
        other.start()
        other.join()
        assert len(caught) == 1


def test_reading_the_time_in_a_loop_does_not_stand_still():
    with simulation():
        calls = 0
        while tx_time_get() < 3:
            calls += 1
            assert calls < 100_000
        assert 20_000 < calls < 40_000


def test_no_os_threads_are_left_behind():
    before = threading.active_count()
    for _ in range(3):
        _run(lambda: [_thread(str(i), lambda _: tx_thread_sleep(3), 4) for i in range(5)])
    with pytest.raises(SimulationDeadlock):
        _run(lambda: [_thread(str(i), lambda _: tx_thread_suspend(tx_thread_identify()), 4) for i in range(5)])
    assert threading.active_count() == before


def test_seed_replays_random_numbers():
    assert [Simulation(7).random() for _ in range(3)] == [Simulation(7).random() for _ in range(3)]
    assert Simulation(7).random() != Simulation(8).random()


def test_callback_that_waits_gets_its_own_stack():
    """A callback of an activity that waits for the very thread it was called beneath."""
    log = []
    with simulation() as sim:
        sem = TX_SEMAPHORE()
        tx_semaphore_create(sem, "s", 0)
        activity = TX_THREAD()

        def run():
            log.append(tx_semaphore_get(sem, TX_WAIT_FOREVER))

        from netx_sim.kernel import callback_registered

        sim.activity_create(activity, "IP", 1, run, None)
        callback_registered(activity, run)
        sim.activity_signal(activity)
        sim.preempt()
        assert log == []
        tx_semaphore_put(sem)
        assert log == [TX_SUCCESS]


def test_promise_never_to_wait_is_held_to():
    with simulation() as sim:
        sem = TX_SEMAPHORE()
        tx_semaphore_create(sem, "s", 0)
        activity = TX_THREAD()
        sim.activity_create(activity, "IP", 1, lambda: tx_semaphore_get(sem, TX_WAIT_FOREVER), None)
        sim.activity_signal(activity)
        with pytest.raises(RuntimeError, match="promised never to wait"):
            sim.preempt()


def test_work_without_end_ends_with_a_report(monkeypatch):
    """Two activities that signal each other for ever leave an application thread no turn."""
    from netx_sim.kernel import scheduler

    monkeypatch.setattr(scheduler, "WORK_MAXIMUM", 1000)
    with simulation() as sim:
        one, two = TX_THREAD(), TX_THREAD()
        sim.activity_create(one, "one", 1, lambda: sim.activity_signal(two), None)
        sim.activity_create(two, "two", 1, lambda: sim.activity_signal(one), None)
        sim.activity_signal(one)
        with pytest.raises(SimulationDeadlock, match="work without end at tick 0"):
            tx_thread_sleep(5)
        sim.activity_delete(one)
        sim.activity_delete(two)
        assert tx_thread_sleep(5) == TX_SUCCESS
