/* What goes wrong: threads that are ended in the middle, worlds that end, errors below C and beside it. */

#include "check.h"

#include <pthread.h>

static TASK boss, victim, victims[3];
static TX_SEMAPHORE outer, never;
static TX_QUEUE queue;
static ULONG queue_memory[4];
static NX_PACKET_POOL pool, small;
static ULONG memory[4 * (256 + 60) / sizeof(ULONG)], small_memory[4 * (64 + 60) / sizeof(ULONG)];
static NODE node;
static UINT depth, in_callback;
extern UINT came_back; /* how often C went on where it must not have */
UINT came_back;

/* -- a thread is ended while it waits in a callback in a service -------------------------------------------- */

static VOID waits_in_callback(TX_SEMAPHORE *semaphore)
{
    SAME(semaphore, &outer);
    in_callback++;
    tx_semaphore_get(&never, TX_WAIT_FOREVER);
    came_back++;
}

static VOID waits_in_deeper_callback(TX_QUEUE *sent_to)
{
    SAME(sent_to, &queue);
    depth++;
    tx_semaphore_put(&outer);
    came_back++;
}

static VOID signals(ULONG input)
{
    ULONG message = input;
    if (input == 1)
        tx_semaphore_put(&outer);
    else
        tx_queue_send(&queue, &message, TX_NO_WAIT);
    came_back++;
}

static VOID terminates(ULONG rounds)
{
    UINT round;
    for (round = 1; round <= rounds; round++)
    {
        task_start(&victim, "victim", signals, 1 + round % 2, 5);
        EQUAL(in_callback, round);
        EQUAL(victim.thread.tx_thread_state, TX_SEMAPHORE_SUSP);
        EQUAL(never.tx_semaphore_suspended_count, 1);
        DONE(tx_thread_terminate(&victim.thread));
        EQUAL(never.tx_semaphore_suspended_count, 0);
        EQUAL(victim.thread.tx_thread_state, TX_TERMINATED);
        task_delete(&victim);
        DONE(tx_queue_flush(&queue));
    }
    EQUAL(depth, rounds / 2);
    EQUAL(came_back, 0);
}

static void objects(void)
{
    DONE(tx_semaphore_create(&outer, (CHAR *)"outer", 0));
    DONE(tx_semaphore_create(&never, (CHAR *)"never", 0));
    DONE(tx_queue_create(&queue, (CHAR *)"queue", 1, queue_memory, sizeof queue_memory));
    DONE(tx_semaphore_put_notify(&outer, waits_in_callback));
    DONE(tx_queue_send_notify(&queue, waits_in_deeper_callback));
}

GROUP(terminated)
{
    depth = came_back = in_callback = 0;
    objects();
    task_start(&boss, "boss", terminates, 40, 10);
}

/* -- a thread ends itself in a callback --------------------------------------------------------------------- */

static VOID ends_itself(TX_SEMAPHORE *semaphore)
{
    in_callback++;
    SAME(semaphore, &outer);
    tx_thread_terminate(tx_thread_identify());
    came_back++;
}

static VOID watches(ULONG input)
{
    task_start(&victim, "victim", signals, input, 5);
    EQUAL(victim.thread.tx_thread_state, TX_TERMINATED);
    EQUAL(in_callback, 1);
    EQUAL(came_back, 0);
    EQUAL(outer.tx_semaphore_count, 1);
}

GROUP(own_end)
{
    depth = came_back = in_callback = 0;
    objects();
    DONE(tx_semaphore_put_notify(&outer, ends_itself));
    task_start(&boss, "boss", watches, 1, 10);
}

/* -- the world ends ----------------------------------------------------------------------------------------- */

static VOID stops(ULONG input)
{
    tx_thread_sleep(input);
    netx_netstat();
    netx_stop();
    came_back++;
}

static VOID stops_in_interrupt(ULONG input)
{
    in_callback += input;
    netx_stop();
    came_back++;
}

static void many(void)
{
    UINT at;
    depth = came_back = in_callback = 0;
    objects();
    for (at = 0; at < 3; at++)
        task_start(&victims[at], "waiter", signals, 1 + at % 2, 5 + at);
}

GROUP(stopped)
{
    many();
    task_start(&boss, "boss", stops, 5, 10);
}

static VOID waits_for_interrupt(ULONG input)
{
    netx_after_us(input, stops_in_interrupt, 100);
    tx_thread_sleep(1000);
    came_back++;
}

GROUP(stopped_in_interrupt)
{
    many();
    task_start(&boss, "boss", waits_for_interrupt, 25000, 10);
}

GROUP(deadlock)
{
    many();
    task_start(&boss, "chief", signals, 1, 10);
}

/* -- a device would crash ------------------------------------------------------------------------------------ */

static VOID faults(ULONG input)
{
    NX_PACKET *packet = NULL, *copy = NULL;
    (void)input;
    packet = packet_with(&pool, NX_TCP_PACKET, "abc", 3);
    nx_packet_copy(packet, &copy, &small, NX_NO_WAIT);
    came_back++;
}

GROUP(fault)
{
    many();
    DONE(nx_packet_pool_create(&pool, (CHAR *)"pool", 256, memory, sizeof memory));
    DONE(nx_packet_pool_create(&small, (CHAR *)"small", 64, small_memory, sizeof small_memory));
    task_start(&boss, "boss", faults, 0, 10);
}

/* -- an exception in a driver below C ------------------------------------------------------------------------ */

static VOID pings(ULONG input)
{
    NX_PACKET *response = NULL;
    node_wait(&node);
    in_callback++;
    nx_icmp_ping(&node.ip, input, (CHAR *)"x", 1, &response, 10);
    came_back++;
}

GROUP(broken_driver)
{
    depth = came_back = in_callback = 0;
    nx_system_initialize();
    node_create(&node, "node", IP_ADDRESS(10, 0, 0, 1), nx_host_network_driver);
    task_start(&boss, "boss", pings, IP_ADDRESS(10, 0, 0, 2), 10);
}

/* -- a thread of the program's own --------------------------------------------------------------------------- */

static UINT foreign_status[3];

static void *foreign(void *argument)
{
    ULONG actual = 0;
    (void)argument;
    foreign_status[0] = tx_semaphore_put(&outer);
    foreign_status[1] = nx_packet_pool_info_get(&pool, &actual, NULL, NULL, NULL, NULL);
    foreign_status[2] = tx_thread_sleep(5);
    return NULL;
}

static VOID starts_a_thread(ULONG input)
{
    pthread_t thread;
    (void)input;
    if (pthread_create(&thread, NULL, foreign, NULL) != 0)
        return;
    pthread_join(thread, NULL);
    EQUAL(foreign_status[0], TX_CALLER_ERROR);
    EQUAL(foreign_status[1], NX_CALLER_ERROR);
    EQUAL(foreign_status[2], TX_CALLER_ERROR);
    EQUAL(outer.tx_semaphore_count, 0);
    in_callback++;
    tx_thread_sleep(1);
    came_back++;
}

GROUP(foreign_thread)
{
    depth = came_back = in_callback = 0;
    DONE(tx_semaphore_create(&outer, (CHAR *)"outer", 0));
    DONE(nx_packet_pool_create(&pool, (CHAR *)"pool", 256, memory, sizeof memory));
    task_start(&boss, "boss", starts_a_thread, 0, 10);
}

/* -- a descriptor of the host's ------------------------------------------------------------------------------ */

extern UINT pipe_to_read;
UINT pipe_to_read;
static UINT read_bytes;

static VOID readable(ULONG input)
{
    EQUAL(_tx_thread_system_state, 1);
    EQUAL(input, 42);
    read_bytes++;
    EQUAL(netx_fd_detach((INT)pipe_to_read), 0);
    DONE(tx_semaphore_put(&never));
}

static VOID waits_for_a_byte(ULONG input)
{
    DONE(tx_semaphore_create(&never, (CHAR *)"byte", 0));
    EQUAL(netx_fd_attach((INT)pipe_to_read, readable, 42), 0);
    DONE(tx_semaphore_get(&never, input));
    EQUAL(read_bytes, 1);
    DONE(tx_thread_sleep(100000));
    EQUAL(netx_fd_detach((INT)pipe_to_read), -1);
}

GROUP(descriptor)
{
    read_bytes = 0;
    task_start(&boss, "boss", waits_for_a_byte, TX_WAIT_FOREVER, 10);
}
