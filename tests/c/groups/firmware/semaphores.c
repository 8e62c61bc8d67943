/* Counting semaphores: waiting in line, ceiling, notification, delete under waiters, from an interrupt. */

#include "check.h"

static TASK boss, low, high;
static TX_SEMAPHORE semaphore, counted;
static UINT status_of[2];
static UINT notified, order[4], orders;
static ULONG state_in_interrupt;

static VOID waits(ULONG input)
{
    status_of[input] = 0x99;
    status_of[input] = tx_semaphore_get(&semaphore, TX_WAIT_FOREVER);
    if (orders < 4)
        order[orders++] = input;
}

static VOID note(TX_SEMAPHORE *put)
{
    SAME(put, &counted);
    notified++;
}

static VOID puts_in_interrupt(ULONG input)
{
    state_in_interrupt = _tx_thread_system_state;
    EQUAL(input, 77);
    EQUAL(tx_semaphore_get(&semaphore, 1), TX_WAIT_ERROR);
    DONE(tx_semaphore_put(&semaphore));
}

static void counting(void)
{
    CHAR *name = NULL;
    ULONG count = 99, waiting = 99;
    TX_THREAD *first = &boss.thread;
    TX_SEMAPHORE *next = NULL;
    DONE(tx_semaphore_create(&counted, (CHAR *)"counted", 2));
    EQUAL(counted.tx_semaphore_id, 0x53454D41U);
    TEXT(counted.tx_semaphore_name, "counted");
    EQUAL(counted.tx_semaphore_count, 2);
    DONE(tx_semaphore_get(&counted, TX_NO_WAIT));
    EQUAL(counted.tx_semaphore_count, 1);
    DONE(tx_semaphore_get(&counted, TX_NO_WAIT));
    EQUAL(tx_semaphore_get(&counted, TX_NO_WAIT), TX_NO_INSTANCE);
    EQUAL(counted.tx_semaphore_count, 0);
    DONE(tx_semaphore_put_notify(&counted, note));
    DONE(tx_semaphore_put(&counted));
    EQUAL(notified, 1);
    EQUAL(tx_semaphore_ceiling_put(&counted, 1), TX_CEILING_EXCEEDED);
    EQUAL(notified, 1);
    DONE(tx_semaphore_ceiling_put(&counted, 2));
    EQUAL(notified, 2);
    EQUAL(tx_semaphore_ceiling_put(&counted, 0), TX_INVALID_CEILING);
    EQUAL(counted.tx_semaphore_count, 2);
    DONE(tx_semaphore_info_get(&counted, &name, &count, &first, &waiting, &next));
    SAME(name, counted.tx_semaphore_name);
    EQUAL(count, counted.tx_semaphore_count);
    SAME(first, NULL);
    EQUAL(waiting, 0);
    SAME(next, &semaphore);
}

static void waiting_in_line(void)
{
    TX_THREAD *first = NULL;
    ULONG waiting = 0;
    task_start(&low, "low", waits, 0, 6);
    task_start(&high, "high", waits, 1, 5);
    EQUAL(semaphore.tx_semaphore_suspended_count, 2);
    EQUAL(low.thread.tx_thread_state, TX_SEMAPHORE_SUSP);
    DONE(tx_semaphore_info_get(&semaphore, NULL, NULL, &first, &waiting, NULL));
    SAME(first, &low.thread);
    EQUAL(waiting, 2);
    DONE(tx_semaphore_prioritize(&semaphore));
    DONE(tx_semaphore_info_get(&semaphore, NULL, NULL, &first, NULL, NULL));
    SAME(first, &high.thread);
    DONE(tx_semaphore_put(&semaphore));
    EQUAL(semaphore.tx_semaphore_suspended_count, 1);
    EQUAL(semaphore.tx_semaphore_count, 0);
    EQUAL(order[0], 1);
    netx_interrupt(puts_in_interrupt, 77);
    EQUAL(state_in_interrupt, 1);
    EQUAL(order[1], 0);
    EQUAL(status_of[0], TX_SUCCESS);
    EQUAL(semaphore.tx_semaphore_suspended_count, 0);
    task_delete(&low);
    task_delete(&high);
}

static void deleted_under_a_waiter(void)
{
    task_start(&low, "low", waits, 0, 6);
    task_start(&high, "high", waits, 1, 5);
    DONE(tx_thread_wait_abort(&high.thread));
    EQUAL(status_of[1], TX_WAIT_ABORTED);
    EQUAL(semaphore.tx_semaphore_suspended_count, 1);
    DONE(tx_semaphore_delete(&semaphore));
    EQUAL(status_of[0], TX_DELETED);
    EQUAL(semaphore.tx_semaphore_id, 0);
    EQUAL(tx_semaphore_get(&semaphore, 0), TX_SEMAPHORE_ERROR);
    EQUAL(tx_semaphore_put(&semaphore), TX_SEMAPHORE_ERROR);
    task_delete(&low);
    task_delete(&high);
}

static VOID boss_entry(ULONG input)
{
    ULONG start = tx_time_get();
    (void)input;
    DONE(tx_semaphore_create(&semaphore, (CHAR *)"semaphore", 0));
    EQUAL(tx_semaphore_create(&semaphore, (CHAR *)"again", 0), TX_SEMAPHORE_ERROR);
    EQUAL(tx_semaphore_get(&semaphore, 12), TX_NO_INSTANCE);
    EQUAL(tx_time_get() - start, 12);
    counting();
    waiting_in_line();
    deleted_under_a_waiter();
    DONE(tx_semaphore_delete(&counted));
}

GROUP(semaphores)
{
    task_start(&boss, "boss", boss_entry, 0, 10);
}
