/* Threads: life, priorities, preemption thresholds, time slices, suspension, abort, notification. */

#include "check.h"

static TASK boss, worker, other;
static UINT order[16];
static UINT steps;
static TX_THREAD *notified[8];
static UINT notified_type[8];
static UINT notifications;
static UINT worker_status;

static void step(UINT what)
{
    if (steps < 16)
        order[steps++] = what;
}

static VOID note(TX_THREAD *thread, UINT type)
{
    if (notifications < 8)
    {
        notified[notifications] = thread;
        notified_type[notifications++] = type;
    }
}

static VOID stepping(ULONG input)
{
    SAME(tx_thread_identify(), _tx_thread_current_ptr);
    step(input);
    tx_thread_relinquish();
    step(input + 1);
}

static VOID sleeping(ULONG input)
{
    worker_status = 0x99;
    worker_status = tx_thread_sleep(input);
}

static VOID busy(ULONG input)
{
    UINT tick;
    for (tick = 0; tick < 4; tick++)
    {
        step(input);
        netx_busy(1);
    }
}

static VOID ends_itself(ULONG input)
{
    step(input);
    tx_thread_terminate(tx_thread_identify());
    step(999);
}

static VOID boss_entry(ULONG input);

static void fields(void)
{
    TX_THREAD *me = &boss.thread;
    EQUAL(me->tx_thread_id, TX_THREAD_ID);
    EQUAL(me->tx_thread_priority, 10);
    EQUAL(me->tx_thread_preempt_threshold, 10);
    EQUAL(me->tx_thread_state, TX_READY);
    EQUAL(me->tx_thread_time_slice, 0);
    EQUAL(me->tx_thread_entry_parameter, 7);
    EQUAL(me->tx_thread_run_count, 1);
    TEXT(me->tx_thread_name, "boss");
    CHECK(me->tx_thread_entry == boss_entry);
    SAME(me->tx_thread_stack_start, boss.stack);
    EQUAL(me->tx_thread_stack_size, sizeof boss.stack);
    SAME(me->tx_thread_stack_end, (UCHAR *)boss.stack + sizeof boss.stack - 1);
    SAME(_tx_thread_current_ptr, me);
    EQUAL(_tx_thread_system_state, 0);
}

static void info(void)
{
    CHAR *name = NULL;
    UINT state = 99, priority = 99, threshold = 99;
    ULONG runs = 99, slice = 99;
    TX_THREAD *next = NULL, *suspended = NULL;
    DONE(tx_thread_info_get(&worker.thread, &name, &state, &runs, &priority, &threshold, &slice, &next, &suspended));
    SAME(name, worker.thread.tx_thread_name);
    TEXT(name, "worker");
    EQUAL(state, worker.thread.tx_thread_state);
    EQUAL(state, TX_SLEEP);
    EQUAL(runs, worker.thread.tx_thread_run_count);
    EQUAL(priority, 5);
    EQUAL(threshold, 5);
    EQUAL(slice, 0);
    CHECK(next != NULL);
    DONE(tx_thread_info_get(&worker.thread, NULL, &state, NULL, NULL, NULL, NULL, NULL, NULL));
}

static void waits_and_abort(void)
{
    task_start(&worker, "worker", sleeping, 50, 5);
    EQUAL(worker.thread.tx_thread_state, TX_SLEEP);
    info();
    DONE(tx_thread_wait_abort(&worker.thread));
    EQUAL(worker_status, TX_WAIT_ABORTED);
    EQUAL(worker.thread.tx_thread_state, TX_COMPLETED);
    EQUAL(tx_thread_wait_abort(&worker.thread), TX_WAIT_ABORT_ERROR);
    EQUAL(tx_thread_resume(&worker.thread), TX_RESUME_ERROR);
    DONE(tx_thread_reset(&worker.thread));
    EQUAL(worker.thread.tx_thread_state, TX_SUSPENDED);
    DONE(tx_thread_resume(&worker.thread));
    EQUAL(worker.thread.tx_thread_state, TX_SLEEP);
    DONE(tx_thread_terminate(&worker.thread));
    EQUAL(worker_status, 0x99);
    EQUAL(worker.thread.tx_thread_state, TX_TERMINATED);
    task_delete(&worker);
    EQUAL(tx_thread_delete(&worker.thread), TX_THREAD_ERROR);
}

static void suspension(void)
{
    ULONG start = tx_time_get();
    task_start(&worker, "worker", sleeping, 5, 5);
    DONE(tx_thread_suspend(&worker.thread));
    EQUAL(worker.thread.tx_thread_state, TX_SLEEP);
    tx_thread_sleep(8);
    EQUAL(worker.thread.tx_thread_state, TX_SUSPENDED);
    EQUAL(worker_status, 0x99);
    DONE(tx_thread_resume(&worker.thread));
    EQUAL(worker_status, TX_SUCCESS);
    EQUAL(worker.thread.tx_thread_state, TX_COMPLETED);
    EQUAL(tx_time_get() - start, 8);
    task_delete(&worker);
}

static void equals_in_turn(void)
{
    steps = 0;
    task_start(&worker, "worker", stepping, 10, 12);
    task_start(&other, "other", stepping, 20, 12);
    EQUAL(worker.thread.tx_thread_state, TX_READY);
    tx_thread_sleep(1);
    EQUAL(steps, 4);
    EQUAL(order[0], 10);
    EQUAL(order[1], 20);
    EQUAL(order[2], 11);
    EQUAL(order[3], 21);
    task_delete(&worker);
    task_delete(&other);
}

static void slices(void)
{
    UINT turn;
    ULONG old = 99;
    steps = 0;
    DONE(tx_thread_create(&worker.thread, (CHAR *)"worker", busy, 1, worker.stack, sizeof worker.stack, 12, 12, 2,
                          TX_AUTO_START));
    DONE(tx_thread_create(&other.thread, (CHAR *)"other", busy, 2, other.stack, sizeof other.stack, 12, 12, 2,
                          TX_DONT_START));
    EQUAL(worker.thread.tx_thread_time_slice, 2);
    EQUAL(other.thread.tx_thread_state, TX_SUSPENDED);
    DONE(tx_thread_time_slice_change(&other.thread, 1, &old));
    EQUAL(old, 2);
    EQUAL(other.thread.tx_thread_time_slice, 1);
    DONE(tx_thread_resume(&other.thread));
    tx_thread_sleep(20);
    EQUAL(steps, 8);
    /* Two ticks of the first, one of the second, until the first has used its four. */
    for (turn = 0; turn < 6; turn++)
        EQUAL(order[turn], turn % 3 == 2 ? 2 : 1);
    task_delete(&worker);
    task_delete(&other);
}

static void priorities(void)
{
    UINT old = 99;
    steps = 0;
    DONE(tx_thread_preemption_change(&boss.thread, 3, &old));
    EQUAL(old, 10);
    EQUAL(boss.thread.tx_thread_preempt_threshold, 3);
    task_start(&worker, "worker", stepping, 1, 5);
    EQUAL(steps, 0);
    EQUAL(worker.thread.tx_thread_state, TX_READY);
    DONE(tx_thread_preemption_change(&boss.thread, 10, &old));
    EQUAL(old, 3);
    EQUAL(steps, 2);
    EQUAL(worker.thread.tx_thread_state, TX_COMPLETED);
    task_delete(&worker);

    steps = 0;
    task_start(&worker, "worker", stepping, 1, 15);
    EQUAL(steps, 0);
    DONE(tx_thread_priority_change(&worker.thread, 5, &old));
    EQUAL(old, 15);
    EQUAL(worker.thread.tx_thread_priority, 5);
    EQUAL(steps, 2);
    task_delete(&worker);
    EQUAL(tx_thread_priority_change(&boss.thread, 32, &old), TX_PRIORITY_ERROR);
    EQUAL(tx_thread_preemption_change(&boss.thread, 11, &old), TX_THRESH_ERROR);
}

static void notification(void)
{
    notifications = 0;
    DONE(tx_thread_create(&worker.thread, (CHAR *)"worker", stepping, 1, worker.stack, sizeof worker.stack, 5, 5, 0,
                          TX_DONT_START));
    DONE(tx_thread_entry_exit_notify(&worker.thread, note));
    EQUAL(notifications, 0);
    DONE(tx_thread_resume(&worker.thread));
    EQUAL(notifications, 2);
    SAME(notified[0], &worker.thread);
    EQUAL(notified_type[0], TX_THREAD_ENTRY);
    SAME(notified[1], &worker.thread);
    EQUAL(notified_type[1], TX_THREAD_EXIT);
    task_delete(&worker);
}

static void own_end(void)
{
    steps = 0;
    task_start(&worker, "worker", ends_itself, 3, 5);
    EQUAL(steps, 1);
    EQUAL(worker.thread.tx_thread_state, TX_TERMINATED);
    DONE(tx_thread_reset(&worker.thread));
    DONE(tx_thread_resume(&worker.thread));
    EQUAL(steps, 2);
    EQUAL(worker.thread.tx_thread_state, TX_TERMINATED);
    task_delete(&worker);
}

static void refusals(void)
{
    EQUAL(tx_thread_create(NULL, (CHAR *)"x", busy, 0, worker.stack, sizeof worker.stack, 5, 5, 0, 1), TX_THREAD_ERROR);
    EQUAL(tx_thread_create(&boss.thread, (CHAR *)"x", busy, 0, worker.stack, sizeof worker.stack, 5, 5, 0, 1),
          TX_THREAD_ERROR);
    EQUAL(tx_thread_create(&worker.thread, (CHAR *)"x", NULL, 0, worker.stack, sizeof worker.stack, 5, 5, 0, 1),
          TX_PTR_ERROR);
    EQUAL(tx_thread_create(&worker.thread, (CHAR *)"x", busy, 0, worker.stack, 100, 5, 5, 0, 1), TX_SIZE_ERROR);
    EQUAL(tx_thread_create(&worker.thread, (CHAR *)"x", busy, 0, boss.stack, sizeof boss.stack, 5, 5, 0, 1),
          TX_PTR_ERROR);
    EQUAL(tx_thread_create(&worker.thread, (CHAR *)"x", busy, 0, worker.stack, sizeof worker.stack, 32, 5, 0, 1),
          TX_PRIORITY_ERROR);
    EQUAL(tx_thread_delete(&boss.thread), TX_DELETE_ERROR);
}

static VOID boss_entry(ULONG input)
{
    EQUAL(input, 7);
    fields();
    waits_and_abort();
    suspension();
    equals_in_turn();
    slices();
    priorities();
    notification();
    own_end();
    refusals();
}

GROUP(threads)
{
    CHECK(_tx_thread_system_state >= 0xF0F0F0F0U);
    SAME(_tx_thread_current_ptr, NULL);
    task_start(&boss, "boss", boss_entry, 7, 10);
    EQUAL(boss.thread.tx_thread_state, TX_READY);
    EQUAL(boss.thread.tx_thread_run_count, 0);
}
