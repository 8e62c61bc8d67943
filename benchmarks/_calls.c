/* What single services cost from C: rounds of calls, each call timed, the least average of all batches kept.
 *
 * _calls.py makes the same calls from Python; the places are those of its SERVICES.
 */

#include "nxd_pop3_client.h"

#include "netx_host.h"

#include <time.h>

#define SERVICES 22
#define ROUNDS 50
#define BATCHES 40
#define MAILS_AT IP_ADDRESS(10, 0, 0, 1)
#define HERE IP_ADDRESS(127, 0, 0, 1)

extern NX_PACKET_POOL pool;
extern NX_IP ip;

/* Nanoseconds a call took, by service; place 0 is what the timing itself takes. */
ULONG nanoseconds[SERVICES];
ULONG calls_failed; /* the first one, and its status */

VOID run_calls(ULONG input);
double processor_ns(VOID);

static double sum[SERVICES];
static double least[SERVICES];
static ULONG count[SERVICES];
static double last;
static TX_SEMAPHORE semaphore;
static TX_MUTEX mutex;
static TX_EVENT_FLAGS_GROUP flags;
static TX_QUEUE queue;
static ULONG queue_memory[16];
static NX_UDP_SOCKET udp_socket;
static NX_TCP_SOCKET listener;
static NX_TCP_SOCKET caller;
static NX_POP3_CLIENT client;

static double clock_ns(VOID)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e9 + (double)now.tv_nsec;
}

double processor_ns(VOID)
{
    struct timespec now;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec * 1e9 + (double)now.tv_nsec;
}

static VOID begin(VOID)
{
    last = clock_ns();
}

/* The call since the last mark was one of this service. */
static VOID mark(UINT place, UINT status)
{
    sum[place] += clock_ns() - last;
    count[place]++;
    if (status != 0 && calls_failed == 0)
        calls_failed = place << 16 | status;
    last = clock_ns();
}

static VOID end_batch(VOID)
{
    UINT place;

    for (place = 0; place < SERVICES; place++) {
        double average = count[place] ? sum[place] / count[place] : 0;
        if (average > 0 && (least[place] <= 0 || average < least[place]))
            least[place] = average;
        sum[place] = 0;
        count[place] = 0;
    }
}

static VOID kernel_round(VOID)
{
    ULONG message[1] = {1};
    ULONG actual;

    begin();
    mark(0, 0);
    mark(1, tx_time_get() > 1000000);
    mark(2, tx_semaphore_put(&semaphore));
    mark(3, tx_semaphore_get(&semaphore, TX_NO_WAIT));
    mark(4, tx_mutex_get(&mutex, TX_NO_WAIT));
    mark(5, tx_mutex_put(&mutex));
    mark(6, tx_event_flags_set(&flags, 1, TX_OR));
    mark(7, tx_event_flags_get(&flags, 1, TX_OR_CLEAR, &actual, TX_NO_WAIT));
    mark(8, tx_queue_send(&queue, message, TX_NO_WAIT));
    mark(9, tx_queue_receive(&queue, message, TX_NO_WAIT));
}

static VOID network_round(VOID)
{
    NX_PACKET *packet;
    ULONG address, mask;

    begin();
    mark(10, nx_packet_allocate(&pool, &packet, NX_TCP_PACKET, NX_NO_WAIT));
    mark(11, nx_packet_data_append(packet, "data", 4, &pool, NX_NO_WAIT));
    mark(12, nx_packet_release(packet));
    mark(13, nx_ip_address_get(&ip, &address, &mask));
    mark(14, nx_tcp_socket_mss_get(&caller, &mask));
    mark(15, nx_tcp_socket_transmit_configure(&caller, 20, 100, 10, 0));

    nx_packet_allocate(&pool, &packet, NX_UDP_PACKET, NX_NO_WAIT);
    nx_packet_data_append(packet, "data", 4, &pool, NX_NO_WAIT);
    begin();
    mark(16, nx_udp_socket_send(&udp_socket, packet, HERE, 7));
    mark(17, nx_udp_socket_receive(&udp_socket, &packet, NX_NO_WAIT));
    nx_packet_release(packet);

    nx_packet_allocate(&pool, &packet, NX_TCP_PACKET, NX_NO_WAIT);
    nx_packet_data_append(packet, "data", 4, &pool, NX_NO_WAIT);
    begin();
    mark(18, nx_tcp_socket_send(&caller, packet, NX_NO_WAIT));
    mark(19, nx_tcp_socket_receive(&listener, &packet, NX_NO_WAIT));
    mark(18, nx_tcp_socket_send(&listener, packet, NX_NO_WAIT)); /* back, and with it an acknowledgement */
    mark(19, nx_tcp_socket_receive(&caller, &packet, NX_NO_WAIT));
    nx_packet_release(packet);
}

static VOID mail_round(VOID)
{
    NX_PACKET *packet;
    ULONG size;
    UINT is_last = NX_FALSE;

    begin();
    mark(20, nx_pop3_client_mail_item_get(&client, 1, &size));
    while (!is_last && !calls_failed) {
        begin();
        mark(21, nx_pop3_client_mail_item_message_get(&client, &packet, &size, &is_last));
        nx_packet_release(packet);
    }
}

static VOID create_all(VOID)
{
    UINT items;
    ULONG octets;

    tx_semaphore_create(&semaphore, (CHAR *)"semaphore", 1);
    tx_mutex_create(&mutex, (CHAR *)"mutex", TX_NO_INHERIT);
    tx_event_flags_create(&flags, (CHAR *)"flags");
    tx_queue_create(&queue, (CHAR *)"queue", 1, queue_memory, sizeof(queue_memory));
    nx_udp_enable(&ip);
    nx_udp_socket_create(&ip, &udp_socket, (CHAR *)"udp", NX_IP_NORMAL, NX_FRAGMENT_OKAY, 128, 30);
    nx_udp_socket_bind(&udp_socket, 7, NX_NO_WAIT);
    nx_tcp_socket_create(&ip, &listener, (CHAR *)"listener", NX_IP_NORMAL, NX_FRAGMENT_OKAY, 128, 8192, NX_NULL, NX_NULL);
    nx_tcp_socket_create(&ip, &caller, (CHAR *)"caller", NX_IP_NORMAL, NX_FRAGMENT_OKAY, 128, 8192, NX_NULL, NX_NULL);
    nx_tcp_server_socket_listen(&ip, 7, &listener, 5, NX_NULL);
    nx_tcp_client_socket_bind(&caller, NX_ANY_PORT, NX_NO_WAIT);
    nx_tcp_client_socket_connect(&caller, HERE, 7, NX_NO_WAIT);
    calls_failed += nx_tcp_server_socket_accept(&listener, 100) != NX_SUCCESS;
    calls_failed += nx_pop3_client_create(&client, NX_FALSE, &ip, &pool, MAILS_AT, 110, (CHAR *)"user",
                                          (CHAR *)"password") != NX_SUCCESS;
    calls_failed += nx_pop3_client_mail_items_get(&client, &items, &octets) != NX_SUCCESS;
}

VOID run_calls(ULONG input)
{
    UINT batch, round, place;

    NX_PARAMETER_NOT_USED(input);
    create_all();
    for (batch = 0; batch < BATCHES && !calls_failed; batch++) {
        for (round = 0; round < ROUNDS; round++)
            kernel_round();
        for (round = 0; round < ROUNDS; round++)
            network_round();
        for (round = 0; round < ROUNDS / 5; round++)
            mail_round();
        end_batch();
    }
    for (place = 0; place < SERVICES; place++)
        nanoseconds[place] = (ULONG)(least[place] - (place ? least[0] : 0));
    netx_stop();
}
