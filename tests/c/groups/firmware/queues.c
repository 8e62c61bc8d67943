/* Message queues: every size from 1 to 16 words, at the end and at the front, full and empty, notification. */

#include "check.h"

#define MESSAGES 3

static TASK boss, helper;
static TX_QUEUE queue;
static ULONG memory[16 * MESSAGES + 1];
static ULONG received[18];
static ULONG wide[16];
static UINT helper_status;
static UINT notified;

static VOID note(TX_QUEUE *sent_to)
{
    SAME(sent_to, &queue);
    notified++;
}

static void fill(ULONG *message, UINT words, ULONG with)
{
    UINT word;
    for (word = 0; word < words; word++)
        message[word] = with + word;
}

static void holds(const ULONG *message, UINT words, ULONG with)
{
    UINT word, wrong = 0;
    for (word = 0; word < words; word++)
        wrong += message[word] != with + word;
    EQUAL(wrong, 0);
}

static void of_size(UINT words)
{
    ULONG message[16];
    UINT count;
    memory[words * MESSAGES] = 0xFEEDF00DU;
    DONE(tx_queue_create(&queue, (CHAR *)"queue", words, memory, words * MESSAGES * sizeof(ULONG)));
    EQUAL(queue.tx_queue_id, 0x51554555U);
    EQUAL(queue.tx_queue_message_size, words);
    EQUAL(queue.tx_queue_capacity, MESSAGES);
    EQUAL(queue.tx_queue_available_storage, MESSAGES);
    EQUAL(queue.tx_queue_enqueued, 0);
    for (count = 0; count < MESSAGES - 1; count++)
    {
        fill(message, words, 100 * count);
        DONE(tx_queue_send(&queue, message, TX_NO_WAIT));
    }
    fill(message, words, 0xFFFFFF00U);
    DONE(tx_queue_front_send(&queue, message, TX_NO_WAIT));
    EQUAL(queue.tx_queue_enqueued, MESSAGES);
    EQUAL(queue.tx_queue_available_storage, 0);
    EQUAL(tx_queue_send(&queue, message, TX_NO_WAIT), TX_QUEUE_FULL);
    EQUAL(tx_queue_front_send(&queue, message, TX_NO_WAIT), TX_QUEUE_FULL);
    received[words] = 0xFEEDF00DU;
    DONE(tx_queue_receive(&queue, received, TX_NO_WAIT));
    holds(received, words, 0xFFFFFF00U);
    for (count = 0; count < MESSAGES - 1; count++)
    {
        DONE(tx_queue_receive(&queue, received, TX_NO_WAIT));
        holds(received, words, 100 * count);
    }
    EQUAL(received[words], 0xFEEDF00DU);
    EQUAL(memory[words * MESSAGES], 0xFEEDF00DU);
    EQUAL(tx_queue_receive(&queue, received, TX_NO_WAIT), TX_QUEUE_EMPTY);
    DONE(tx_queue_delete(&queue));
    EQUAL(queue.tx_queue_id, 0);
}

static VOID receives(ULONG input)
{
    helper_status = 0x99;
    helper_status = tx_queue_receive(&queue, received, input);
}

static VOID sends(ULONG input)
{
    ULONG message[2];
    fill(message, 2, input);
    helper_status = 0x99;
    helper_status = input == 900 ? tx_queue_front_send(&queue, message, TX_WAIT_FOREVER)
                                 : tx_queue_send(&queue, message, TX_WAIT_FOREVER);
}

static void info(ULONG enqueued, TX_THREAD *waiter)
{
    CHAR *name = NULL;
    ULONG count = 99, available = 99, waiting = 99;
    TX_THREAD *first = &boss.thread;
    TX_QUEUE *next = NULL;
    DONE(tx_queue_info_get(&queue, &name, &count, &available, &first, &waiting, &next));
    SAME(name, queue.tx_queue_name);
    TEXT(name, "pairs");
    EQUAL(count, enqueued);
    EQUAL(available, MESSAGES - enqueued);
    SAME(first, waiter);
    EQUAL(waiting, waiter != NULL);
    EQUAL(waiting, queue.tx_queue_suspended_count);
    SAME(next, &queue);
}

static void waiting_receiver(void)
{
    ULONG message[2];
    task_start(&helper, "helper", receives, TX_WAIT_FOREVER, 5);
    EQUAL(helper.thread.tx_thread_state, TX_QUEUE_SUSP);
    info(0, &helper.thread);
    fill(message, 2, 40);
    DONE(tx_queue_send(&queue, message, TX_NO_WAIT));
    EQUAL(helper_status, TX_SUCCESS);
    holds(received, 2, 40);
    info(0, NULL);
    task_delete(&helper);
    task_start(&helper, "helper", receives, 6, 5);
    tx_thread_sleep(7);
    EQUAL(helper_status, TX_QUEUE_EMPTY);
    task_delete(&helper);
}

static void waiting_sender(void)
{
    ULONG message[2];
    UINT count;
    for (count = 0; count < MESSAGES; count++)
    {
        fill(message, 2, 10 * count);
        DONE(tx_queue_send(&queue, message, TX_NO_WAIT));
    }
    task_start(&helper, "helper", sends, 500, 5);
    info(MESSAGES, &helper.thread);
    DONE(tx_queue_receive(&queue, received, TX_NO_WAIT));
    holds(received, 2, 0);
    EQUAL(helper_status, TX_SUCCESS);
    EQUAL(queue.tx_queue_enqueued, MESSAGES);
    task_delete(&helper);
    task_start(&helper, "helper", sends, 900, 5);
    DONE(tx_queue_receive(&queue, received, TX_NO_WAIT));
    holds(received, 2, 10);
    DONE(tx_queue_receive(&queue, received, TX_NO_WAIT));
    holds(received, 2, 900);
    DONE(tx_queue_receive(&queue, received, TX_NO_WAIT));
    holds(received, 2, 20);
    DONE(tx_queue_receive(&queue, received, TX_NO_WAIT));
    holds(received, 2, 500);
    task_delete(&helper);
}

static void endings(void)
{
    ULONG message[2] = {1, 2};
    DONE(tx_queue_send_notify(&queue, note));
    DONE(tx_queue_send(&queue, message, TX_NO_WAIT));
    DONE(tx_queue_front_send(&queue, message, TX_NO_WAIT));
    EQUAL(notified, 2);
    DONE(tx_queue_flush(&queue));
    EQUAL(queue.tx_queue_enqueued, 0);
    EQUAL(queue.tx_queue_available_storage, MESSAGES);
    DONE(tx_queue_prioritize(&queue));
    task_start(&helper, "helper", receives, TX_WAIT_FOREVER, 5);
    DONE(tx_queue_delete(&queue));
    EQUAL(helper_status, TX_DELETED);
    EQUAL(tx_queue_send(&queue, message, TX_NO_WAIT), TX_QUEUE_ERROR);
    task_delete(&helper);
}

static VOID boss_entry(ULONG input)
{
    UINT words;
    (void)input;
    for (words = 1; words <= 16; words++)
        of_size(words);
    EQUAL(tx_queue_create(&queue, (CHAR *)"queue", 17, memory, sizeof memory), TX_SIZE_ERROR);
    EQUAL(tx_queue_create(&queue, (CHAR *)"queue", 0, memory, sizeof memory), TX_SIZE_ERROR);
    EQUAL(tx_queue_create(&queue, (CHAR *)"queue", 16, wide, sizeof wide - 1), TX_SIZE_ERROR);
    EQUAL(tx_queue_create(&queue, (CHAR *)"queue", 1, NULL, 64), TX_PTR_ERROR);
    DONE(tx_queue_create(&queue, (CHAR *)"pairs", 2, memory, 2 * MESSAGES * sizeof(ULONG)));
    waiting_receiver();
    waiting_sender();
    endings();
}

GROUP(queues)
{
    task_start(&boss, "boss", boss_entry, 0, 10);
}
