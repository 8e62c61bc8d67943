/* Firmware that the benchmark runs: POP3 sessions, a large mail, and loops over single services. */

#include "nxd_pop3_client.h"

#include "netx_host.h"

#include <time.h>

#define PACKET_SIZE 1600
#define PACKETS 2400
#define STACK 4096
#define CALLS 20000

VOID _nx_ram_network_driver(NX_IP_DRIVER *request);

NX_PACKET_POOL pool;
NX_IP ip;
ULONG sessions = 1;
ULONG sessions_done;
ULONG octets;
UINT failed;

/* Nanoseconds a call took, by service; in the order of the names in firmware.py. */
ULONG nanoseconds[8];

static TX_THREAD thread;
static TX_SEMAPHORE semaphore;
static TX_QUEUE queue;
static NX_TCP_SOCKET tcp_socket;
static NX_POP3_CLIENT client;
static ULONG queue_memory[16];
static ULONG pool_memory[PACKETS * (PACKET_SIZE + 60) / sizeof(ULONG)];
static ULONG stack[STACK / sizeof(ULONG)];
static ULONG ip_stack[STACK / sizeof(ULONG)];
static ULONG arp_cache[260];

static UINT mail_receive(UINT mail)
{
    NX_PACKET *packet;
    ULONG length;
    UINT last = NX_FALSE;
    UINT status = nx_pop3_client_mail_item_get(&client, mail, &length);

    while (status == NX_SUCCESS && !last) {
        status = nx_pop3_client_mail_item_message_get(&client, &packet, &length, &last);
        if (status == NX_SUCCESS) {
            octets += length;
            nx_packet_release(packet);
        }
    }
    return status;
}

static UINT session(VOID)
{
    UINT count;
    ULONG total;
    UINT status = nx_pop3_client_create(&client, NX_TRUE, &ip, &pool, IP_ADDRESS(10, 0, 0, 1), 110, (CHAR *)"user",
                                        (CHAR *)"password");
    if (status == NX_SUCCESS)
        status = nx_pop3_client_mail_items_get(&client, &count, &total);
    if (status == NX_SUCCESS)
        status = mail_receive(1);
    if (status == NX_SUCCESS)
        status = nx_pop3_client_mail_item_delete(&client, 1);
    if (status == NX_SUCCESS)
        status = nx_pop3_client_quit(&client);
    nx_pop3_client_delete(&client);
    return status;
}

static VOID run_sessions(ULONG input)
{
    NX_PARAMETER_NOT_USED(input);
    while (!failed && sessions_done < sessions) {
        failed = session();
        sessions_done++;
    }
    netx_stop();
}

static double clock_ns(VOID)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e9 + (double)now.tv_nsec;
}

#define MEASURE(place, calls, statements) \
    do { \
        double begin = clock_ns(); \
        ULONG round; \
        for (round = 0; round < CALLS; round++) { \
            statements; \
        } \
        nanoseconds[place] = (ULONG)((clock_ns() - begin) / CALLS / (calls)); \
    } while (0)

static VOID run_calls(ULONG input)
{
    NX_PACKET *packet;
    ULONG word = 1;
    ULONG mask;

    NX_PARAMETER_NOT_USED(input);
    MEASURE(0, 1, tx_time_get());
    MEASURE(1, 2, tx_semaphore_put(&semaphore); tx_semaphore_get(&semaphore, TX_NO_WAIT));
    MEASURE(2, 2, tx_queue_send(&queue, &word, TX_NO_WAIT); tx_queue_receive(&queue, &word, TX_NO_WAIT));
    MEASURE(3, 2, nx_packet_allocate(&pool, &packet, NX_TCP_PACKET, NX_NO_WAIT); nx_packet_release(packet));
    nx_packet_allocate(&pool, &packet, NX_TCP_PACKET, NX_NO_WAIT);
    MEASURE(4, 1, nx_packet_data_append(packet, &word, 4, &pool, NX_NO_WAIT);
            packet->nx_packet_append_ptr = packet->nx_packet_prepend_ptr; packet->nx_packet_length = 0);
    nx_packet_release(packet);
    MEASURE(5, 1, nx_ip_address_get(&ip, &word, &mask));
    MEASURE(6, 1, nx_tcp_socket_mss_get(&tcp_socket, &word));
    MEASURE(7, 1, nx_tcp_socket_transmit_configure(&tcp_socket, 20, 100, 10, 0));
}

static VOID node(VOID (*entry)(ULONG))
{
    nx_system_initialize();
    tx_semaphore_create(&semaphore, (CHAR *)"semaphore", 1);
    tx_queue_create(&queue, (CHAR *)"queue", 1, queue_memory, sizeof(queue_memory));
    nx_packet_pool_create(&pool, (CHAR *)"pool", PACKET_SIZE, pool_memory, sizeof(pool_memory));
    nx_ip_create(&ip, (CHAR *)"device", IP_ADDRESS(10, 0, 0, 2), 0xFFFFFF00UL, &pool, _nx_ram_network_driver, ip_stack,
                 sizeof(ip_stack), 1);
    nx_arp_enable(&ip, arp_cache, sizeof(arp_cache));
    nx_tcp_enable(&ip);
    nx_tcp_socket_create(&ip, &tcp_socket, (CHAR *)"socket", NX_IP_NORMAL, NX_FRAGMENT_OKAY, NX_IP_TIME_TO_LIVE, 8192,
                         NX_NULL, NX_NULL);
    tx_thread_create(&thread, (CHAR *)"application", entry, 0, stack, sizeof(stack), 16, 16, TX_NO_TIME_SLICE,
                     TX_AUTO_START);
}

VOID define_sessions(VOID)
{
    node(run_sessions);
}

VOID define_calls(VOID)
{
    node(run_calls);
}
