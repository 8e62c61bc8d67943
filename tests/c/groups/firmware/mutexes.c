/* Mutexes: recursion, inheritance, the owner's end, waiting in line. */

#include "check.h"

static TASK boss, low, high, middle;
static TX_MUTEX mutex, plain;
static TX_SEMAPHORE go;
static UINT low_status, high_status;
static UINT middle_ran, middle_ran_before_high;

static VOID low_entry(ULONG input)
{
    (void)input;
    low_status = tx_mutex_get(&mutex, TX_WAIT_FOREVER);
    DONE(tx_mutex_get(&mutex, TX_NO_WAIT));
    EQUAL(mutex.tx_mutex_ownership_count, 2);
    SAME(mutex.tx_mutex_owner, &low.thread);
    DONE(tx_semaphore_get(&go, TX_WAIT_FOREVER));
    DONE(tx_mutex_put(&mutex));
    EQUAL(mutex.tx_mutex_ownership_count, 1);
    EQUAL(low.thread.tx_thread_priority, 4);
    DONE(tx_mutex_put(&mutex));
    EQUAL(low.thread.tx_thread_priority, 20);
}

static VOID high_entry(ULONG input)
{
    high_status = 0x99;
    high_status = tx_mutex_get(&mutex, input);
    middle_ran_before_high = middle_ran;
    if (high_status == TX_SUCCESS)
    {
        SAME(mutex.tx_mutex_owner, &high.thread);
        DONE(tx_mutex_put(&mutex));
    }
}

static VOID middle_entry(ULONG input)
{
    middle_ran = input;
}

static VOID owner_ends(ULONG input)
{
    (void)input;
    DONE(tx_mutex_get(&plain, TX_NO_WAIT));
    DONE(tx_mutex_get(&plain, TX_NO_WAIT));
}

static void inheritance(void)
{
    CHAR *name = NULL;
    ULONG count = 0, waiting = 0;
    TX_THREAD *owner = NULL, *first = NULL;
    TX_MUTEX *next = NULL;
    task_start(&low, "low", low_entry, 0, 20);
    tx_thread_sleep(1);
    EQUAL(mutex.tx_mutex_ownership_count, 2);
    EQUAL(tx_mutex_get(&mutex, TX_NO_WAIT), TX_NOT_AVAILABLE);
    EQUAL(tx_mutex_put(&mutex), TX_NOT_OWNED);
    EQUAL(tx_mutex_get(&mutex, 3), TX_NOT_AVAILABLE);
    EQUAL(low.thread.tx_thread_priority, 10);
    task_start(&high, "high", high_entry, TX_WAIT_FOREVER, 4);
    EQUAL(low.thread.tx_thread_priority, 4);
    EQUAL(mutex.tx_mutex_suspended_count, 1);
    EQUAL(high.thread.tx_thread_state, TX_MUTEX_SUSP);
    DONE(tx_mutex_info_get(&mutex, &name, &count, &owner, &first, &waiting, &next));
    SAME(name, mutex.tx_mutex_name);
    EQUAL(count, 2);
    SAME(owner, &low.thread);
    SAME(owner, mutex.tx_mutex_owner);
    SAME(first, &high.thread);
    EQUAL(waiting, 1);
    SAME(next, &plain);
    task_start(&middle, "middle", middle_entry, 1, 12);
    DONE(tx_semaphore_put(&go));
    EQUAL(high_status, TX_SUCCESS);
    EQUAL(middle_ran_before_high, 0);
    EQUAL(mutex.tx_mutex_ownership_count, 0);
    SAME(mutex.tx_mutex_owner, NULL);
    tx_thread_sleep(1);
    EQUAL(middle_ran, 1);
    EQUAL(low.thread.tx_thread_state, TX_COMPLETED);
    task_delete(&low);
    task_delete(&high);
    task_delete(&middle);
}

static void the_owner_ends(void)
{
    task_start(&low, "low", owner_ends, 0, 5);
    EQUAL(low.thread.tx_thread_state, TX_COMPLETED);
    EQUAL(plain.tx_mutex_ownership_count, 0);
    SAME(plain.tx_mutex_owner, NULL);
    DONE(tx_mutex_get(&plain, TX_NO_WAIT));
    SAME(plain.tx_mutex_owner, &boss.thread);
    DONE(tx_mutex_put(&plain));
    task_delete(&low);
}

static void deleted_and_terminated(void)
{
    DONE(tx_mutex_get(&mutex, TX_NO_WAIT));
    task_start(&high, "high", high_entry, TX_WAIT_FOREVER, 4);
    EQUAL(boss.thread.tx_thread_priority, 4);
    DONE(tx_thread_terminate(&high.thread));
    EQUAL(high_status, 0x99);
    EQUAL(mutex.tx_mutex_suspended_count, 0);
    task_delete(&high);
    EQUAL(boss.thread.tx_thread_priority, 4);
    task_start(&high, "high", high_entry, TX_WAIT_FOREVER, 3);
    EQUAL(boss.thread.tx_thread_priority, 3);
    DONE(tx_mutex_prioritize(&mutex));
    DONE(tx_mutex_delete(&mutex));
    tx_thread_sleep(1);
    EQUAL(high_status, TX_DELETED);
    EQUAL(mutex.tx_mutex_id, 0);
    EQUAL(tx_mutex_get(&mutex, 0), TX_MUTEX_ERROR);
    task_delete(&high);
}

static VOID boss_entry(ULONG input)
{
    (void)input;
    DONE(tx_semaphore_create(&go, (CHAR *)"go", 0));
    DONE(tx_mutex_create(&mutex, (CHAR *)"mutex", TX_INHERIT));
    DONE(tx_mutex_create(&plain, (CHAR *)"plain", TX_NO_INHERIT));
    EQUAL(mutex.tx_mutex_id, 0x4D555445U);
    TEXT(mutex.tx_mutex_name, "mutex");
    EQUAL(tx_mutex_create(&mutex, (CHAR *)"mutex", TX_INHERIT), TX_MUTEX_ERROR);
    inheritance();
    the_owner_ends();
    deleted_and_terminated();
    EQUAL(tx_mutex_create(&mutex, (CHAR *)"mutex", 2), TX_INHERIT_ERROR);
    DONE(tx_mutex_delete(&plain));
    DONE(tx_semaphore_delete(&go));
}

GROUP(mutexes)
{
    task_start(&boss, "boss", boss_entry, 0, 10);
}
