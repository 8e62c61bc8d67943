/* Application timers: one-shot and periodic, change, from callbacks, what a callback may call. */

#include "check.h"

static TASK boss;
static TX_TIMER once, often, first, second;
static UINT fired, often_fired;
static ULONG fired_at[8], fired_with;
static ULONG state_in_timer;
static UINT refused_in_timer;
static TX_SEMAPHORE semaphore;
static UINT sequence[4], sequences;

static VOID fire(ULONG input)
{
    if (fired < 8)
        fired_at[fired] = tx_time_get();
    fired++;
    fired_with = input;
}

static VOID fire_often(ULONG input)
{
    often_fired++;
    state_in_timer = _tx_thread_system_state;
    EQUAL(input, 0xFFFFFFFFU);
    CHECK(tx_thread_identify() != NULL);
    CHECK(tx_thread_identify() != &boss.thread);
    refused_in_timer = tx_semaphore_get(&semaphore, 5);
    DONE(tx_semaphore_put(&semaphore));
    if (often_fired == 3)
        DONE(tx_timer_deactivate(&often));
}

static VOID in_sequence(ULONG input)
{
    if (sequences < 4)
        sequence[sequences++] = input;
}

static void info(TX_TIMER *timer, UINT is_active, ULONG remaining, ULONG again)
{
    CHAR *name = NULL;
    UINT active = 99;
    ULONG left = 99, reload = 99;
    TX_TIMER *next = NULL;
    DONE(tx_timer_info_get(timer, &name, &active, &left, &reload, &next));
    SAME(name, timer->tx_timer_name);
    EQUAL(active, is_active);
    EQUAL(left, remaining);
    EQUAL(reload, again);
    CHECK(next != NULL);
}

static void one_shot(void)
{
    ULONG start = tx_time_get();
    DONE(tx_timer_create(&once, (CHAR *)"once", fire, 0x12345678, 5, 0, TX_NO_ACTIVATE));
    EQUAL(once.tx_timer_id, 0x4154494DU);
    TEXT(once.tx_timer_name, "once");
    info(&once, TX_FALSE, 5, 0);
    tx_thread_sleep(10);
    EQUAL(fired, 0);
    DONE(tx_timer_activate(&once));
    EQUAL(tx_timer_activate(&once), TX_ACTIVATE_ERROR);
    tx_thread_sleep(3);
    info(&once, TX_TRUE, 2, 0);
    tx_thread_sleep(10);
    EQUAL(fired, 1);
    EQUAL(fired_at[0] - start, 15);
    EQUAL(fired_with, 0x12345678);
    info(&once, TX_FALSE, 0, 0);
    EQUAL(tx_timer_activate(&once), TX_ACTIVATE_ERROR);
    DONE(tx_timer_change(&once, 2, 3));
    EQUAL(tx_timer_change(&once, 0, 3), TX_TICK_ERROR);
    DONE(tx_timer_activate(&once));
    tx_thread_sleep(9);
    EQUAL(fired, 4);
    EQUAL(fired_at[2] - fired_at[1], 3);
    DONE(tx_timer_deactivate(&once));
    tx_thread_sleep(9);
    EQUAL(fired, 4);
    DONE(tx_timer_delete(&once));
    EQUAL(once.tx_timer_id, 0);
    EQUAL(tx_timer_delete(&once), TX_TIMER_ERROR);
}

static void from_the_timer_thread(void)
{
    UINT got;
    DONE(tx_semaphore_create(&semaphore, (CHAR *)"ticks", 0));
    DONE(tx_timer_create(&often, (CHAR *)"often", fire_often, 0xFFFFFFFFU, 1, 2, TX_AUTO_ACTIVATE));
    for (got = 0; got < 3; got++)
        DONE(tx_semaphore_get(&semaphore, 20));
    EQUAL(tx_semaphore_get(&semaphore, 20), TX_NO_INSTANCE);
    EQUAL(often_fired, 3);
    EQUAL(refused_in_timer, TX_WAIT_ERROR);
    EQUAL(state_in_timer, 0);
    info(&often, TX_FALSE, 2, 2);
    DONE(tx_timer_delete(&often));
    DONE(tx_semaphore_delete(&semaphore));
}

static void order(void)
{
    DONE(tx_timer_create(&first, (CHAR *)"first", in_sequence, 1, 4, 0, TX_AUTO_ACTIVATE));
    DONE(tx_timer_create(&second, (CHAR *)"second", in_sequence, 2, 3, 1, TX_AUTO_ACTIVATE));
    tx_thread_sleep(4);
    EQUAL(sequences, 3);
    EQUAL(sequence[0], 2);
    EQUAL(sequence[1] + sequence[2], 3);
    DONE(tx_timer_delete(&first));
    DONE(tx_timer_delete(&second));
}

static VOID boss_entry(ULONG input)
{
    (void)input;
    one_shot();
    from_the_timer_thread();
    order();
    EQUAL(tx_timer_create(NULL, (CHAR *)"x", fire, 0, 1, 0, 0), TX_TIMER_ERROR);
    EQUAL(tx_timer_create(&once, (CHAR *)"x", fire, 0, 0, 0, 0), TX_TICK_ERROR);
    EQUAL(tx_timer_create(&once, (CHAR *)"x", fire, 0, 1, 0, 2), TX_ACTIVATE_ERROR);
}

GROUP(timers)
{
    task_start(&boss, "boss", boss_entry, 0, 10);
}
