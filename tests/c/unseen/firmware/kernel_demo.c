/* Eight threads and one of each kernel object, from a byte pool; an observer ends it. */

#include "tx_api.h"

#define DEMO_STACK_SIZE         1024
#define DEMO_BYTE_POOL_SIZE     16000
#define DEMO_BLOCK_POOL_SIZE    100
#define DEMO_QUEUE_SIZE         100

TX_THREAD               worker[8];
TX_QUEUE                mailbox;
TX_SEMAPHORE            ticket;
TX_MUTEX                lock;
TX_EVENT_FLAGS_GROUP    signals;
TX_BYTE_POOL            heap;
TX_BLOCK_POOL           cells;

ULONG                   worker_counter[8];
ULONG                   sent, received;
UCHAR                   heap_area[DEMO_BYTE_POOL_SIZE];

void    ticker(ULONG thread_input);
void    producer(ULONG thread_input);
void    consumer(ULONG thread_input);
void    ticket_holder(ULONG thread_input);
void    waiter(ULONG thread_input);
void    locker(ULONG thread_input);

int main()
{
    /* Enter the kernel. */
    tx_kernel_enter();
    printf("sent %u received %u\n", sent, received);
    return (int) worker_counter[7] == 0;
}

void    tx_application_define(void *first_unused_memory)
{
static struct { char *name; void (*entry)(ULONG); UINT priority; UINT threshold; ULONG slice; } plan[8] = {
        { "thread 0", ticker, 1, 1, TX_NO_TIME_SLICE },
        { "thread 1", producer, 16, 16, 4 },
        { "thread 2", consumer, 16, 16, 4 },
        { "thread 3", ticket_holder, 8, 8, TX_NO_TIME_SLICE },
        { "thread 4", ticket_holder, 8, 8, TX_NO_TIME_SLICE },
        { "thread 5", waiter, 4, 4, TX_NO_TIME_SLICE },
        { "thread 6", locker, 8, 8, TX_NO_TIME_SLICE },
        { "thread 7", locker, 8, 8, TX_NO_TIME_SLICE } };
CHAR    *pointer = TX_NULL;
ULONG   i;

    tx_byte_pool_create(&heap, "byte pool 0", heap_area, DEMO_BYTE_POOL_SIZE);
    for (i = 0; i < 8; i++)
    {
        tx_byte_allocate(&heap, (VOID **) &pointer, DEMO_STACK_SIZE, TX_NO_WAIT);
        tx_thread_create(&worker[i], plan[i].name, plan[i].entry, i, pointer, DEMO_STACK_SIZE, plan[i].priority,
                         plan[i].threshold, plan[i].slice, TX_AUTO_START);
    }
    tx_byte_allocate(&heap, (VOID **) &pointer, DEMO_QUEUE_SIZE*sizeof(ULONG), TX_NO_WAIT);
    tx_queue_create(&mailbox, "queue 0", TX_1_ULONG, pointer, DEMO_QUEUE_SIZE*sizeof(ULONG));
    tx_semaphore_create(&ticket, "semaphore 0", 1);
    tx_event_flags_create(&signals, "event flags 0");
    tx_mutex_create(&lock, "mutex 0", TX_NO_INHERIT);
    tx_byte_allocate(&heap, (VOID **) &pointer, DEMO_BLOCK_POOL_SIZE, TX_NO_WAIT);
    tx_block_pool_create(&cells, "block pool 0", sizeof(ULONG), pointer, DEMO_BLOCK_POOL_SIZE);
    tx_block_allocate(&cells, (VOID **) &pointer, TX_NO_WAIT);
    tx_block_release(pointer);
    TX_PARAMETER_NOT_USED(first_unused_memory);
}

void    ticker(ULONG thread_input)
{
UINT    status = TX_SUCCESS, i;

    while(status == TX_SUCCESS && worker_counter[thread_input] < 20)
    {
        worker_counter[thread_input]++;
        tx_thread_sleep(10);
        status =  tx_event_flags_set(&signals, 0x1, TX_OR);
    }
    for (i = 1; i < 8; i++)
        tx_thread_terminate(&worker[i]);
}

void    producer(ULONG thread_input)
{
UINT    status;

    while(1)
    {
        worker_counter[thread_input]++;
        status =  tx_queue_send(&mailbox, &sent, TX_WAIT_FOREVER);
        if (status != TX_SUCCESS)
            break;
        if (sent++ % 100 == 99)
            tx_thread_sleep(1);
    }
}

void    consumer(ULONG thread_input)
{
ULONG   message;

    while(1)
    {
        worker_counter[thread_input]++;
        if ((tx_queue_receive(&mailbox, &message, TX_WAIT_FOREVER) != TX_SUCCESS) || (message != received))
            break;
        received++;
    }
}

void    ticket_holder(ULONG thread_input)
{
UINT    status;

    while(1)
    {
        worker_counter[thread_input]++;
        status =  tx_semaphore_get(&ticket, TX_WAIT_FOREVER);
        if (status != TX_SUCCESS)
            break;
        tx_thread_sleep(2);
        status =  tx_semaphore_put(&ticket);
        if (status != TX_SUCCESS)
            break;
    }
}

void    waiter(ULONG thread_input)
{
ULONG   actual_flags;

    for (;;)
    {
        worker_counter[thread_input]++;
        if ((tx_event_flags_get(&signals, 0x1, TX_OR_CLEAR, &actual_flags, TX_WAIT_FOREVER) != TX_SUCCESS) ||
            (actual_flags != 0x1))
            break;
    }
}

void    locker(ULONG thread_input)
{
    while(1)
    {
        worker_counter[thread_input]++;
        if (tx_mutex_get(&lock, TX_WAIT_FOREVER) || tx_mutex_get(&lock, TX_WAIT_FOREVER))
            break;
        tx_thread_sleep(2);
        if (tx_mutex_put(&lock) || tx_mutex_put(&lock))
            break;
    }
}
