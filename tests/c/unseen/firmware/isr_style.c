/* Interrupts: a handler that saves and restores the context, a critical section in each way, timers that put and send. */
#include "tx_api.h"
#include "tx_thread.h"
#include "tx_timer.h"
#include "tx_initialize.h"

VOID _tx_thread_context_save(VOID);
VOID _tx_thread_context_restore(VOID);

static TX_THREAD low, high; static UCHAR low_stack[1024], high_stack[1024];
static TX_SEMAPHORE from_isr; static TX_QUEUE ticks; static ULONG ticks_area[4]; static TX_TIMER timer; static TX_EVENT_FLAGS_GROUP group;
static volatile UINT isr_count, woken, in_isr_state, errors;
static VOID uart_isr(VOID)
{
    _tx_thread_context_save();
    isr_count++;
    in_isr_state = _tx_thread_system_state;
    if (tx_semaphore_put(&from_isr)) errors++;
    if (tx_semaphore_get(&from_isr, 5) != TX_WAIT_ERROR) errors++;
    _tx_thread_context_restore();
}
static VOID on_timer(ULONG input)
{
    ULONG now = tx_time_get();
    if (tx_queue_send(&ticks, &now, TX_NO_WAIT) == TX_QUEUE_FULL) tx_event_flags_set(&group, (ULONG)input, TX_OR);
    if (tx_thread_sleep(1) != TX_CALLER_ERROR) errors++;
}
static VOID high_entry(ULONG input)
{
    (VOID)input;
    while (tx_semaphore_get(&from_isr, 100) == TX_SUCCESS) woken++;
}
static VOID low_entry(ULONG input)
{
    UINT old, i; ULONG flags, message;
    TX_INTERRUPT_SAVE_AREA
    (VOID)input;
    uart_isr();
    if (woken != 1 || in_isr_state == 0 || TX_THREAD_GET_SYSTEM_STATE()) errors++;
    TX_DISABLE
    i = isr_count;
    TX_RESTORE
    old = tx_interrupt_control(TX_INT_DISABLE);
    i++;
    tx_interrupt_control(old);
    if (i != 2) errors++;
    if (tx_event_flags_get(&group, 0x80, TX_AND_CLEAR, &flags, 100)) errors++;
    for (i = 0; tx_queue_receive(&ticks, &message, TX_NO_WAIT) == TX_SUCCESS; i++) if (message != 2 * (i + 1)) errors++;
    if (i != 4 || _tx_timer_system_clock != 10) errors++;
    tx_timer_delete(&timer);
}
VOID tx_application_define(VOID *memory)
{
    (VOID)memory;
    tx_semaphore_create(&from_isr, "isr", 0);
    tx_queue_create(&ticks, "ticks", 1, ticks_area, sizeof ticks_area);
    tx_event_flags_create(&group, "g");
    tx_timer_create(&timer, "t", on_timer, 0x80, 2, 2, TX_AUTO_ACTIVATE);
    tx_thread_create(&low, "low", low_entry, 0, low_stack, sizeof low_stack, 20, 20, 0, TX_AUTO_START);
    tx_thread_create(&high, "high", high_entry, 0, high_stack, sizeof high_stack, 2, 2, 0, TX_AUTO_START);
}
int main(void) { tx_kernel_enter(); printf("isr %u woken %u errors %u\n", isr_count, woken, errors); return (int)errors || woken != 1; }
