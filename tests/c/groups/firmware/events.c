/* Event flags: the four ways to get, the two to set, notification, waits. */

#include "check.h"

static TASK boss, one, two;
static TX_EVENT_FLAGS_GROUP group;
static UINT status_of[2];
static ULONG actual_of[2];
static ULONG wanted_of[2];
static UINT option_of[2];
static UINT notified;

static VOID waits(ULONG input)
{
    status_of[input] = 0x99;
    status_of[input] = tx_event_flags_get(&group, wanted_of[input], option_of[input], &actual_of[input],
                                          TX_WAIT_FOREVER);
}

static VOID note(TX_EVENT_FLAGS_GROUP *set)
{
    SAME(set, &group);
    notified++;
}

static void at_once(void)
{
    ULONG actual = 0;
    DONE(tx_event_flags_set(&group, 0x80000005U, TX_OR));
    EQUAL(group.tx_event_flags_group_current, 0x80000005U);
    DONE(tx_event_flags_get(&group, 0x4, TX_OR, &actual, TX_NO_WAIT));
    EQUAL(actual, 0x80000005U);
    EQUAL(group.tx_event_flags_group_current, 0x80000005U);
    DONE(tx_event_flags_get(&group, 0x6, TX_OR_CLEAR, &actual, TX_NO_WAIT));
    EQUAL(group.tx_event_flags_group_current, 0x80000001U);
    EQUAL(tx_event_flags_get(&group, 0x3, TX_AND, &actual, TX_NO_WAIT), TX_NO_EVENTS);
    DONE(tx_event_flags_get(&group, 0x80000001U, TX_AND_CLEAR, &actual, TX_NO_WAIT));
    EQUAL(actual, 0x80000001U);
    EQUAL(group.tx_event_flags_group_current, 0);
    DONE(tx_event_flags_set(&group, 0xFF, TX_OR));
    DONE(tx_event_flags_set(&group, 0xF0, TX_AND));
    EQUAL(group.tx_event_flags_group_current, 0xF0);
    DONE(tx_event_flags_set(&group, 0, TX_AND));
    EQUAL(tx_event_flags_get(&group, 0, TX_OR, &actual, TX_NO_WAIT), TX_NO_EVENTS);
    EQUAL(tx_event_flags_get(&group, 1, 4, &actual, TX_NO_WAIT), TX_OPTION_ERROR);
    EQUAL(tx_event_flags_get(&group, 1, TX_OR, NULL, TX_NO_WAIT), TX_PTR_ERROR);
    EQUAL(tx_event_flags_set(&group, 1, TX_OR_CLEAR), TX_OPTION_ERROR);
}

static void waiting(void)
{
    CHAR *name = NULL;
    ULONG flags = 99, count = 99;
    TX_THREAD *first = NULL;
    TX_EVENT_FLAGS_GROUP *next = NULL;
    wanted_of[0] = 3;
    option_of[0] = TX_AND_CLEAR;
    wanted_of[1] = 6;
    option_of[1] = TX_OR;
    task_start(&one, "one", waits, 0, 5);
    task_start(&two, "two", waits, 1, 5);
    EQUAL(group.tx_event_flags_group_suspended_count, 2);
    EQUAL(one.thread.tx_thread_state, TX_EVENT_FLAG);
    DONE(tx_event_flags_info_get(&group, &name, &flags, &first, &count, &next));
    SAME(name, group.tx_event_flags_group_name);
    EQUAL(flags, 0);
    SAME(first, &one.thread);
    EQUAL(count, 2);
    SAME(next, &group);
    DONE(tx_event_flags_set_notify(&group, note));
    DONE(tx_event_flags_set(&group, 1, TX_OR));
    EQUAL(notified, 1);
    EQUAL(status_of[0], 0x99);
    DONE(tx_event_flags_set(&group, 2, TX_OR));
    EQUAL(notified, 2);
    /* Both are served by the same set: each sees all flags as they were. */
    EQUAL(status_of[0], TX_SUCCESS);
    EQUAL(actual_of[0], 3);
    EQUAL(status_of[1], TX_SUCCESS);
    EQUAL(actual_of[1], 3);
    EQUAL(group.tx_event_flags_group_current, 0);
    EQUAL(group.tx_event_flags_group_suspended_count, 0);
    task_delete(&one);
    task_delete(&two);
}

static void endings(void)
{
    ULONG actual = 5, start = tx_time_get();
    EQUAL(tx_event_flags_get(&group, 8, TX_OR, &actual, 7), TX_NO_EVENTS);
    EQUAL(tx_time_get() - start, 7);
    task_start(&one, "one", waits, 0, 5);
    DONE(tx_thread_wait_abort(&one.thread));
    EQUAL(status_of[0], TX_WAIT_ABORTED);
    task_delete(&one);
    task_start(&one, "one", waits, 0, 5);
    DONE(tx_event_flags_delete(&group));
    EQUAL(status_of[0], TX_DELETED);
    EQUAL(group.tx_event_flags_group_id, 0);
    EQUAL(tx_event_flags_set(&group, 1, TX_OR), TX_GROUP_ERROR);
    task_delete(&one);
}

static VOID boss_entry(ULONG input)
{
    (void)input;
    at_once();
    waiting();
    endings();
}

GROUP(events)
{
    DONE(tx_event_flags_create(&group, (CHAR *)"group"));
    EQUAL(group.tx_event_flags_group_id, 0x4456444EU);
    TEXT(group.tx_event_flags_group_name, "group");
    EQUAL(group.tx_event_flags_group_current, 0);
    task_start(&boss, "boss", boss_entry, 0, 10);
}
