/* Time and interrupt lockout, and what only the host has. */

#include "check.h"
#include "tx_timer.h"

static TASK boss;
static UINT before, after, posture_in_interrupt;
static ULONG happened[4], happenings;
static UINT refused;
static TX_THREAD *thread_in_interrupt;

static VOID happens(ULONG input)
{
    if (happenings < 4)
        happened[happenings++] = input;
    posture_in_interrupt = (UINT)_tx_thread_system_state;
    thread_in_interrupt = tx_thread_identify();
    refused = tx_thread_sleep(1);
}

static void clock_of_the_kernel(void)
{
    ULONG start = tx_time_get();
    EQUAL(tx_thread_sleep(0), TX_SUCCESS);
    EQUAL(tx_time_get(), start);
    DONE(tx_thread_sleep(25));
    EQUAL(tx_time_get() - start, 25);
    EQUAL(TX_TIMER_TICKS_PER_SECOND, 100);
    tx_time_set(0xFFFFFFFEU);
    EQUAL(tx_time_get(), 0xFFFFFFFEU);
    EQUAL(_tx_timer_system_clock, 0xFFFFFFFEU);
    DONE(tx_thread_sleep(5));
    EQUAL(tx_time_get(), 3);
    EQUAL(_tx_timer_system_clock, 3);
    netx_busy(4);
    EQUAL(tx_time_get(), 7);
    EQUAL(_tx_timer_system_clock, 7);
}

static void lockout(void)
{
    TX_INTERRUPT_SAVE_AREA
    before = tx_interrupt_control(TX_INT_DISABLE);
    EQUAL(before, TX_INT_ENABLE);
    after = tx_interrupt_control(TX_INT_DISABLE);
    EQUAL(after, TX_INT_DISABLE);
    tx_interrupt_control(before);
    TX_DISABLE
    EQUAL(interrupt_save, TX_INT_ENABLE);
    TX_RESTORE
    EQUAL(tx_interrupt_control(TX_INT_ENABLE), TX_INT_ENABLE);
}

/* A section with interrupts disabled: nothing comes between, and all that was held off comes behind it. */
static void section(void)
{
    ULONG start = tx_time_get();
    ULONG before = happenings;
    UINT posture = tx_interrupt_control(TX_INT_DISABLE);
    netx_interrupt(happens, 1);
    netx_busy(3);
    EQUAL(happenings, before);
    EQUAL(tx_time_get(), start);
    tx_interrupt_control(posture);
    EQUAL(happenings, before + 1);
    EQUAL(_tx_timer_system_clock, (ULONG)(start + 3));
    EQUAL(tx_time_get(), start + 3);
    happenings = before;
}

static void interrupts(void)
{
    ULONG start = tx_time_get();
    netx_interrupt(happens, 1);
    EQUAL(happenings, 1);
    EQUAL(posture_in_interrupt, 1);
    SAME(thread_in_interrupt, &boss.thread);
    EQUAL(refused, TX_CALLER_ERROR);
    EQUAL(_tx_thread_system_state, 0);
    netx_after_us(19000, happens, 3);
    netx_after_us(9000, happens, 2);
    EQUAL(happenings, 1);
    DONE(tx_thread_sleep(1));
    EQUAL(happenings, 2);
    EQUAL(happened[1], 2);
    DONE(tx_thread_sleep(2));
    EQUAL(happenings, 3);
    EQUAL(happened[2], 3);
    EQUAL(tx_time_get() - start, 3);
}

static void chance(void)
{
    ULONG count, different = 0, last = netx_random();
    for (count = 0; count < 20; count++)
    {
        ULONG next = netx_random();
        CHECK(next < 0x80000000U);
        different += next != last;
        last = next;
    }
    EQUAL(different, 20);
    EQUAL(netx_leaks(), 0);
    EQUAL(netx_fd_attach(-1, happens, 0), -1);
    EQUAL(netx_fd_detach(99), -1);
}

static VOID boss_entry(ULONG input)
{
    (void)input;
    clock_of_the_kernel();
    lockout();
    section();
    interrupts();
    chance();
}

GROUP(time)
{
    task_start(&boss, "boss", boss_entry, 0, 10);
}
