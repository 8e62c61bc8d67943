/* Contexts handed to threads and timers as numbers, as is usual where a ULONG holds a pointer. */
#include "tx_api.h"
typedef struct { CHAR *name; TX_THREAD thread; UCHAR stack[1024]; TX_TIMER timer; UINT fired, runs; } TASK;
static TASK tasks[3];
static TX_QUEUE queue; static ULONG queue_memory[8];
static VOID timer_entry(ULONG input) { TASK *task = (TASK *)input; task->fired++; }
static VOID thread_entry(ULONG input)
{
    TASK *task = (TASK *)input, *other;
    ULONG message;
    while (task->runs < 5) { task->runs++; tx_thread_sleep(2); }
    message = (ULONG)task;
    tx_queue_send(&queue, &message, TX_WAIT_FOREVER);
    if (task == &tasks[2]) { tx_queue_receive(&queue, &message, TX_NO_WAIT); other = (TASK *)message; printf("%s\n", other->name); }
}
VOID tx_application_define(VOID *memory)
{
    UINT i; static CHAR *names[] = {"first", "second", "third"};
    (VOID)memory;
    tx_queue_create(&queue, "pointers", TX_1_ULONG, queue_memory, sizeof queue_memory);
    for (i = 0; i < 3; i++) {
        tasks[i].name = names[i];
        tx_thread_create(&tasks[i].thread, names[i], thread_entry, (ULONG)&tasks[i], tasks[i].stack, sizeof tasks[i].stack, 5 + i, 5 + i, 0, TX_AUTO_START);
        tx_timer_create(&tasks[i].timer, names[i], timer_entry, (ULONG)&tasks[i], 1, 1, TX_AUTO_ACTIVATE);
    }
}
int main(void) { tx_kernel_enter(); printf("%u %u\n", tasks[0].runs, tasks[2].fired); return tasks[2].runs != 5 || tasks[1].fired < 5; }
