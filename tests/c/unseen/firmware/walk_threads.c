/* What a team's debug console does: lists of threads, stacks that are measured, pools and clocks. */

#include "tx_api.h"
#include "tx_thread.h"
#include "tx_timer.h"
#include "tx_initialize.h"
#include "tx_queue.h"
#include "tx_semaphore.h"
#include "tx_mutex.h"
#include "tx_event_flags.h"
#include "tx_byte_pool.h"
#include "tx_block_pool.h"

static TX_THREAD console, worker, idle;
static UCHAR console_stack[2048], worker_stack[4096], idle_stack[1024];
static TX_QUEUE queue;
static ULONG queue_area[16];
static TX_SEMAPHORE semaphore;
static TX_MUTEX mutex;
static TX_EVENT_FLAGS_GROUP flags;
static TX_BYTE_POOL bytes;
static TX_BLOCK_POOL blocks;
static TX_TIMER timer;
static ULONG byte_area[256], block_area[64];
static UINT failures;
#define CHECK(c) if (!(c)) { failures++; printf("%s:%d %s\n", __FILE__, __LINE__, #c); }

static ULONG stack_unused(TX_THREAD *thread)
{
    UCHAR *place = (UCHAR *)thread->tx_thread_stack_start;
    ULONG count = 0;
    while (place < (UCHAR *)thread->tx_thread_stack_end && *place == 0xEF) { place++; count++; }
    return count;
}

static const CHAR *state_name(UINT state)
{
    switch (state) {
    case TX_READY: return "ready";
    case TX_COMPLETED: return "completed";
    case TX_TERMINATED: return "terminated";
    case TX_SUSPENDED: return "suspended";
    case TX_SLEEP: return "sleep";
    case TX_QUEUE_SUSP: return "queue";
    case TX_SEMAPHORE_SUSP: return "semaphore";
    case TX_EVENT_FLAG: return "event flags";
    case TX_BLOCK_MEMORY: return "block";
    case TX_BYTE_MEMORY: return "byte";
    case TX_IO_DRIVER: return "driver";
    case TX_FILE: return "file";
    case TX_TCP_IP: return "tcp/ip";
    case TX_MUTEX_SUSP: return "mutex";
    default: return "?";
    }
}

static VOID ping(ULONG input) { if (input == 17) tx_semaphore_put(&semaphore); }
static VOID worker_entry(ULONG input)
{
    volatile CHAR used[64];
    memset((CHAR *)used, 1, sizeof(used));
    (VOID)input;
    for (;;) if (tx_semaphore_get(&semaphore, TX_WAIT_FOREVER)) break;
}
static VOID idle_entry(ULONG input) { ULONG message[2]; while (tx_queue_receive(&queue, message, TX_WAIT_FOREVER) == 0 && message[0] != input) {} }

static VOID console_entry(ULONG input)
{
    TX_THREAD *thread = _tx_thread_created_ptr, *next, *suspended;
    ULONG count = 0, run_count, slice, remaining, reschedule, value, number, one, two, three;
    UINT state, priority, threshold, active;
    CHAR *name;
    TX_QUEUE *next_queue; TX_TIMER *next_timer; TX_SEMAPHORE *next_semaphore; TX_BYTE_POOL *next_bytes; TX_BLOCK_POOL *next_blocks;
    TX_MUTEX *next_mutex; TX_EVENT_FLAGS_GROUP *next_flags;
    ULONG message[2] = {1, 2};

    (VOID)input;
    tx_thread_sleep(5);
    do {
        printf("%-24s %-10s priority %u runs %u stack %u\n", thread->tx_thread_name, state_name(thread->tx_thread_state),
               thread->tx_thread_priority, thread->tx_thread_run_count, thread->tx_thread_stack_size);
        count++;
        thread = thread->tx_thread_created_next;
    } while (thread != _tx_thread_created_ptr && count < 20);
    CHECK(count == _tx_thread_created_count);
    CHECK(tx_thread_identify() == &console && _tx_thread_current_ptr == &console);
    CHECK(idle.tx_thread_state == TX_QUEUE_SUSP);
    CHECK(stack_unused(&idle) > 256 && stack_unused(&idle) < 1024);
    CHECK(stack_unused(&worker) > 1024);
    CHECK(worker.tx_thread_stack_start == (VOID *)worker_stack);
    CHECK((UCHAR *)worker.tx_thread_stack_ptr > worker_stack && (UCHAR *)worker.tx_thread_stack_ptr <= worker_stack + 4096);
    CHECK(tx_thread_info_get(&idle, &name, &state, &run_count, &priority, &threshold, &slice, &next, &suspended) == TX_SUCCESS);
    CHECK(!strcmp(name, "idle") && state == TX_QUEUE_SUSP && priority == 20 && threshold == 20 && slice == 0);
    CHECK(tx_queue_info_get(&queue, &name, &value, &number, &suspended, &one, &next_queue) == TX_SUCCESS && suspended == &idle && one == 1);
    CHECK(tx_queue_send(&queue, message, TX_NO_WAIT) == TX_SUCCESS && tx_queue_front_send(&queue, message, TX_NO_WAIT) == TX_SUCCESS);
    CHECK(queue.tx_queue_enqueued + queue.tx_queue_available_storage == queue.tx_queue_capacity);
    CHECK(tx_timer_info_get(&timer, &name, &active, &remaining, &reschedule, &next_timer) == TX_SUCCESS && active && reschedule == 3);
    CHECK(tx_semaphore_info_get(&semaphore, &name, &value, &suspended, &number, &next_semaphore) == TX_SUCCESS && suspended == &worker);
    CHECK(tx_mutex_get(&mutex, TX_NO_WAIT) == TX_SUCCESS && mutex.tx_mutex_owner == &console && mutex.tx_mutex_ownership_count == 1);
    CHECK(tx_mutex_info_get(&mutex, &name, &value, &thread, &suspended, &number, &next_mutex) == TX_SUCCESS && thread == &console);
    CHECK(tx_mutex_put(&mutex) == TX_SUCCESS && !mutex.tx_mutex_owner);
    CHECK(tx_event_flags_set(&flags, 0x8001, TX_OR) == TX_SUCCESS && flags.tx_event_flags_group_current == 0x8001);
    CHECK(tx_event_flags_info_get(&flags, &name, &value, &suspended, &number, &next_flags) == TX_SUCCESS && value == 0x8001);
    CHECK(tx_byte_pool_info_get(&bytes, &name, &value, &number, &suspended, &one, &next_bytes) == TX_SUCCESS && number == 2);
    CHECK(tx_block_pool_info_get(&blocks, &name, &value, &number, &suspended, &one, &next_blocks) == TX_SUCCESS && value == number);
    CHECK(tx_thread_performance_info_get(&idle, &value, &number, &one, &two, &three, &slice, &remaining, &reschedule, &run_count, &next) == TX_FEATURE_NOT_ENABLED);
    CHECK(tx_queue_performance_info_get(&queue, &value, &number, &one, &two, &three, &slice) == TX_FEATURE_NOT_ENABLED);
    CHECK(tx_timer_performance_system_info_get(&value, &number, &one, &two, &three) == TX_FEATURE_NOT_ENABLED);
    CHECK(tx_thread_stack_error_notify(TX_NULL) == TX_FEATURE_NOT_ENABLED);
    CHECK(_tx_timer_system_clock == tx_time_get());
    CHECK(_tx_thread_system_state == 0 && TX_THREAD_GET_SYSTEM_STATE() == 0);
    CHECK(_tx_thread_preempt_disable == 0);
    CHECK(_tx_version_id[0] != 0);
    CHECK(_tx_queue_created_count == 1 && _tx_queue_created_ptr == &queue);
    CHECK(_tx_semaphore_created_count == 1 && _tx_semaphore_created_ptr == &semaphore);
    CHECK(_tx_mutex_created_count == 1 && _tx_mutex_created_ptr == &mutex && mutex.tx_mutex_created_next == &mutex);
    CHECK(_tx_event_flags_created_count == 1 && _tx_byte_pool_created_count == 1 && _tx_block_pool_created_count == 1);
    CHECK(_tx_timer_created_ptr == &timer && timer.tx_timer_created_next == &timer);
    {
        TX_THREAD *self;
        TX_INTERRUPT_SAVE_AREA
        TX_THREAD_GET_CURRENT(self)
        TX_DISABLE
        CHECK(self == &console);
        TX_RESTORE
    }
    tx_timer_deactivate(&timer);
    tx_semaphore_delete(&semaphore);
    message[0] = 99;
    tx_queue_send(&queue, message, 10);
    tx_thread_sleep(2);
    CHECK(idle.tx_thread_state == TX_COMPLETED && worker.tx_thread_state == TX_COMPLETED);
    CHECK(tx_thread_delete(&idle) == TX_SUCCESS && tx_thread_reset(&worker) == TX_SUCCESS && worker.tx_thread_state == TX_SUSPENDED);
    CHECK(tx_thread_terminate(&worker) == TX_SUCCESS && tx_thread_delete(&worker) == TX_SUCCESS);
    CHECK(_tx_thread_created_count == count - 2);
}

VOID tx_application_define(VOID *first_unused_memory)
{
    (VOID)first_unused_memory;
    CHECK(_tx_thread_system_state >= TX_INITIALIZE_IN_PROGRESS);
    tx_thread_create(&console, "console", console_entry, 0, console_stack, sizeof(console_stack), 10, 10, 2, TX_AUTO_START);
    tx_thread_create(&worker, "worker", worker_entry, 0, worker_stack, sizeof(worker_stack), 5, 5, 0, TX_AUTO_START);
    tx_thread_create(&idle, "idle", idle_entry, 99, idle_stack, sizeof(idle_stack), 20, 20, 0, TX_AUTO_START);
    tx_queue_create(&queue, "queue", TX_2_ULONG, queue_area, sizeof(queue_area));
    tx_semaphore_create(&semaphore, "semaphore", 0);
    tx_mutex_create(&mutex, "mutex", TX_INHERIT);
    tx_event_flags_create(&flags, "flags");
    tx_byte_pool_create(&bytes, "bytes", byte_area, sizeof(byte_area));
    tx_block_pool_create(&blocks, "blocks", 24, block_area, sizeof(block_area));
    tx_timer_create(&timer, "timer", ping, 17, 3, 3, TX_AUTO_ACTIVATE);
}

int main(void)
{
    tx_kernel_enter();
    return failures ? EXIT_FAILURE : EXIT_SUCCESS;
}
