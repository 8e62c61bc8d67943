/* Where control blocks may lie: on stacks, in memory from malloc that is freed again, over old content, one after another.

   What is left of a block when it is deleted must not be touched any more: its memory is somebody else's. */

#include "check.h"

#define ROUNDS 5

static TASK boss;
static UCHAR place[8192];
static ULONG packet_memory[5 * (256 + PACKET_HEADER) / sizeof(ULONG)];
static UINT fired;

static VOID nothing(ULONG input)
{
    (void)input;
}

static VOID fires(ULONG input)
{
    fired += input;
}

/* -- on the stack ------------------------------------------------------------------------------------------ */

static void scribble(void)
{
    volatile UCHAR over[4096];
    UINT at;
    for (at = 0; at < sizeof over; at++)
        over[at] = 0x5A;
}

static void on_the_stack(ULONG round)
{
    TX_SEMAPHORE semaphore;
    TX_MUTEX mutex;
    TX_EVENT_FLAGS_GROUP group;
    TX_QUEUE queue;
    TX_TIMER timer;
    TX_THREAD thread;
    ULONG memory[8], message = 7, stack[128], actual = 0;
    DONE(tx_semaphore_create(&semaphore, (CHAR *)"local", round));
    EQUAL(semaphore.tx_semaphore_count, round);
    DONE(tx_mutex_create(&mutex, (CHAR *)"local", TX_NO_INHERIT));
    DONE(tx_mutex_get(&mutex, TX_NO_WAIT));
    SAME(mutex.tx_mutex_owner, &boss.thread);
    DONE(tx_event_flags_create(&group, (CHAR *)"local"));
    DONE(tx_event_flags_set(&group, round + 1, TX_OR));
    DONE(tx_event_flags_get(&group, round + 1, TX_AND_CLEAR, &actual, TX_NO_WAIT));
    EQUAL(actual, round + 1);
    DONE(tx_queue_create(&queue, (CHAR *)"local", 1, memory, sizeof memory));
    DONE(tx_queue_send(&queue, &message, TX_NO_WAIT));
    EQUAL(queue.tx_queue_enqueued, 1);
    DONE(tx_timer_create(&timer, (CHAR *)"local", fires, 1, 1, 0, TX_AUTO_ACTIVATE));
    DONE(tx_thread_create(&thread, (CHAR *)"local", nothing, 0, stack, sizeof stack, 5, 5, 0, TX_AUTO_START));
    EQUAL(thread.tx_thread_state, TX_COMPLETED);
    tx_thread_sleep(2);
    DONE(tx_thread_delete(&thread));
    DONE(tx_timer_delete(&timer));
    DONE(tx_queue_delete(&queue));
    DONE(tx_event_flags_delete(&group));
    DONE(tx_mutex_delete(&mutex));
    DONE(tx_semaphore_delete(&semaphore));
    EQUAL(semaphore.tx_semaphore_id + mutex.tx_mutex_id + queue.tx_queue_id + thread.tx_thread_id, 0);
}

/* -- from malloc ------------------------------------------------------------------------------------------- */

static void from_malloc(void)
{
    TX_SEMAPHORE *semaphore = (TX_SEMAPHORE *)malloc(sizeof *semaphore);
    TX_BYTE_POOL *bytes = (TX_BYTE_POOL *)malloc(sizeof *bytes);
    NX_PACKET_POOL *pool = (NX_PACKET_POOL *)malloc(sizeof *pool);
    NX_PACKET *packet = NULL;
    VOID *memory = malloc(5 * (256 + PACKET_HEADER)), *byte_memory = malloc(200), *got = NULL;
    if (!semaphore || !bytes || !pool || !memory || !byte_memory)
        return;
    DONE(tx_semaphore_create(semaphore, (CHAR *)"heap", 1));
    DONE(tx_byte_pool_create(bytes, (CHAR *)"heap", byte_memory, 200));
    DONE(tx_byte_allocate(bytes, &got, 50, TX_NO_WAIT));
    memset(got, 1, 50);
    DONE(tx_byte_release(got));
    DONE(nx_packet_pool_create(pool, (CHAR *)"heap", 256, memory, 5 * (256 + PACKET_HEADER)));
    EQUAL(pool->nx_packet_pool_total, 5);
    packet = packet_with(pool, NX_TCP_PACKET, "abc", 3);
    DONE(nx_packet_release(packet));
    tx_thread_sleep(1);
    DONE(nx_packet_pool_delete(pool));
    DONE(tx_byte_pool_delete(bytes));
    DONE(tx_semaphore_delete(semaphore));
    free(memory);
    free(byte_memory);
    free(pool);
    free(bytes);
    free(semaphore);
    tx_thread_sleep(1);
}

static void instance_from_malloc(void)
{
    NODE *node = (NODE *)malloc(sizeof *node);
    NX_UDP_SOCKET *udp = (NX_UDP_SOCKET *)malloc(sizeof *udp);
    NX_TCP_SOCKET *tcp = (NX_TCP_SOCKET *)malloc(sizeof *tcp);
    if (!node || !udp || !tcp)
        return;
    memset(node, 0xA5, sizeof *node);
    memset(udp, 0xA5, sizeof *udp);
    memset(tcp, 0xA5, sizeof *tcp);
    node_create(node, "heap", IP_ADDRESS(10, 0, 0, 1), _nx_ram_network_driver);
    node_wait(node);
    EQUAL(node->ip.nx_ip_total_packets_sent, 0);
    EQUAL(node->ip.nx_ip_gateway_address, 0);
    SAME(node->ip.nx_ip_gateway_interface, NULL);
    EQUAL(node->ip.nx_ip_interface[NX_LOOPBACK_INTERFACE].nx_interface_ip_address, IP_ADDRESS(127, 0, 0, 1));
    DONE(nx_udp_socket_create(&node->ip, udp, (CHAR *)"heap", 0, NX_FRAGMENT_OKAY, 64, 5));
    EQUAL(udp->nx_udp_socket_packets_sent, 0);
    DONE(nx_udp_socket_bind(udp, 53, NX_NO_WAIT));
    DONE(nx_tcp_socket_create(&node->ip, tcp, (CHAR *)"heap", 0, NX_FRAGMENT_OKAY, 64, 1000, NULL, NULL));
    EQUAL(tcp->nx_tcp_socket_tx_outstanding_bytes, 0);
    EQUAL(tcp->nx_tcp_socket_state, NX_TCP_CLOSED);
    DONE(nx_udp_socket_unbind(udp));
    DONE(nx_udp_socket_delete(udp));
    free(udp);
    DONE(nx_tcp_socket_delete(tcp));
    free(tcp);
    tx_thread_sleep(3);
    node_delete(node);
    free(node);
    tx_thread_sleep(3);
}

/* -- over what was there before ---------------------------------------------------------------------------- */

static void over(UCHAR content)
{
    TX_THREAD *thread = (TX_THREAD *)place;
    TX_SEMAPHORE *semaphore = (TX_SEMAPHORE *)(place + 1024);
    TX_MUTEX *mutex = (TX_MUTEX *)(place + 2048);
    TX_QUEUE *queue = (TX_QUEUE *)(place + 3072);
    NX_PACKET_POOL *pool = (NX_PACKET_POOL *)(place + 4096);
    ULONG memory[4], stack[128];
    memset(place, content, sizeof place);
    DONE(tx_thread_create(thread, (CHAR *)"over", nothing, 3, stack, sizeof stack, 12, 11, 0, TX_DONT_START));
    EQUAL(thread->tx_thread_run_count, 0);
    EQUAL(thread->tx_thread_time_slice, 0);
    EQUAL(thread->tx_thread_state, TX_SUSPENDED);
    DONE(tx_semaphore_create(semaphore, (CHAR *)"over", 0));
    EQUAL(semaphore->tx_semaphore_suspended_count, 0);
    DONE(tx_mutex_create(mutex, (CHAR *)"over", TX_INHERIT));
    SAME(mutex->tx_mutex_owner, NULL);
    EQUAL(mutex->tx_mutex_ownership_count, 0);
    DONE(tx_queue_create(queue, (CHAR *)"over", 2, memory, sizeof memory));
    EQUAL(queue->tx_queue_capacity, 2);
    EQUAL(queue->tx_queue_enqueued, 0);
    DONE(nx_packet_pool_create(pool, (CHAR *)"over", 256, packet_memory, sizeof packet_memory));
    EQUAL(pool->nx_packet_pool_empty_requests, 0);
    SAME(pool->nx_packet_pool_suspension_list, NULL);
    DONE(nx_packet_pool_delete(pool));
    DONE(tx_queue_delete(queue));
    DONE(tx_mutex_delete(mutex));
    DONE(tx_semaphore_delete(semaphore));
    DONE(tx_thread_terminate(thread));
    DONE(tx_thread_delete(thread));
}

/* A service that gets what was never created. */
static void never_created(void)
{
    memset(place, 0xA5, sizeof place);
    EQUAL(tx_semaphore_put((TX_SEMAPHORE *)place), TX_SEMAPHORE_ERROR);
    EQUAL(tx_mutex_get((TX_MUTEX *)place, TX_NO_WAIT), TX_MUTEX_ERROR);
    EQUAL(tx_thread_resume((TX_THREAD *)place), TX_THREAD_ERROR);
    EQUAL(nx_ip_delete((NX_IP *)place), NX_PTR_ERROR);
    EQUAL(nx_packet_pool_delete((NX_PACKET_POOL *)place), NX_PTR_ERROR);
    EQUAL(nx_tcp_socket_delete((NX_TCP_SOCKET *)place), NX_PTR_ERROR);
    EQUAL(place[0], 0xA5);
    EQUAL(place[2000], 0xA5);
}

/* One block's place is the next one's, of another kind. */
static void reused(void)
{
    TX_SEMAPHORE *semaphore = (TX_SEMAPHORE *)place;
    TX_QUEUE *queue = (TX_QUEUE *)place;
    ULONG memory[4], message = 5;
    memset(place, 0, sizeof place);
    DONE(tx_semaphore_create(semaphore, (CHAR *)"first", 9));
    DONE(tx_semaphore_delete(semaphore));
    DONE(tx_queue_create(queue, (CHAR *)"second", 1, memory, sizeof memory));
    tx_thread_sleep(1);
    TEXT(queue->tx_queue_name, "second");
    EQUAL(queue->tx_queue_message_size, 1);
    EQUAL(tx_semaphore_put(semaphore), TX_SEMAPHORE_ERROR);
    TEXT(queue->tx_queue_name, "second"); /* which a service of what was there before leaves alone */
    DONE(tx_queue_send(queue, &message, TX_NO_WAIT));
    EQUAL(queue->tx_queue_enqueued, 1);
    DONE(tx_queue_delete(queue));
    DONE(tx_semaphore_create(semaphore, (CHAR *)"third", 3));
    EQUAL(semaphore->tx_semaphore_count, 3);
    TEXT(semaphore->tx_semaphore_name, "third");
    memset(place, 0xEE, sizeof place / 2);
    /* Cleared while it exists, as a firmware does that starts over: created again in its place. */
    memset(place, 0, sizeof place);
    EQUAL(tx_semaphore_put(semaphore), TX_SEMAPHORE_ERROR);
}

/* A packet pool's memory is reused by another pool with another payload size. */
static void pools_in_the_same_memory(void)
{
    NX_PACKET_POOL pool;
    NX_PACKET *packet;
    ULONG payload;
    for (payload = 64; payload <= 256; payload += 64)
    {
        DONE(nx_packet_pool_create(&pool, (CHAR *)"pool", payload, packet_memory, sizeof packet_memory));
        EQUAL(pool.nx_packet_pool_total, sizeof packet_memory / (payload + PACKET_HEADER));
        packet = packet_with(&pool, NX_RECEIVE_PACKET, "abcdef", 6);
        EQUAL(packet->nx_packet_data_end - packet->nx_packet_data_start, payload);
        EQUAL(memcmp(packet->nx_packet_data_start, "abcdef", 6), 0);
        DONE(nx_packet_release(packet));
        DONE(nx_packet_pool_delete(&pool));
    }
}

static VOID boss_entry(ULONG input)
{
    ULONG round;
    (void)input;
    for (round = 0; round < ROUNDS; round++)
    {
        on_the_stack(round);
        scribble();
        from_malloc();
        instance_from_malloc();
    }
    EQUAL(fired, ROUNDS);
    over(0);
    over(0xA5);
    over(0xFF);
    never_created();
    reused();
    pools_in_the_same_memory();
}

GROUP(blocks)
{
    nx_system_initialize();
    task_start(&boss, "boss", boss_entry, 0, 10);
}
