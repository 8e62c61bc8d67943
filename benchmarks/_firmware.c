/* Firmware that the benchmark runs: POP3 sessions, a large mail; and the node that _calls.c makes its calls on. */

#include "nxd_pop3_client.h"

#include "netx_host.h"

#define PACKET_SIZE 1600
#define PACKETS 2400
#define STACK 4096

VOID _nx_ram_network_driver(NX_IP_DRIVER *request);
VOID run_calls(ULONG input);
double processor_ns(VOID);

NX_PACKET_POOL pool;
NX_IP ip;
ULONG sessions;
ULONG octets; /* of the last mail */
ULONG microseconds; /* of the processor, that all sessions took, or the mail */
UINT failed;

static TX_THREAD thread;
static NX_POP3_CLIENT client;
static ULONG pool_memory[PACKETS * (PACKET_SIZE + 60) / sizeof(ULONG)];
static ULONG stack[STACK / sizeof(ULONG)];
static ULONG ip_stack[STACK / sizeof(ULONG)];
static ULONG arp_cache[260];

static UINT log_in(UINT apop)
{
    UINT count;
    ULONG total;
    UINT status = nx_pop3_client_create(&client, apop, &ip, &pool, IP_ADDRESS(10, 0, 0, 1), 110, (CHAR *)"user",
                                        (CHAR *)"password");

    return status == NX_SUCCESS ? nx_pop3_client_mail_items_get(&client, &count, &total) : status;
}

static UINT mail_receive(UINT mail)
{
    NX_PACKET *packet;
    ULONG length;
    UINT last = NX_FALSE;
    UINT status = nx_pop3_client_mail_item_get(&client, mail, &length);

    octets = 0;
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
    UINT status = log_in(NX_TRUE);

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
    double begin;
    ULONG done;

    NX_PARAMETER_NOT_USED(input);
    failed = session(); /* the first one asks for the server's Ethernet address */
    begin = processor_ns();
    for (done = 0; !failed && done < sessions; done++)
        failed = session();
    microseconds = (ULONG)((processor_ns() - begin) / 1e3);
    netx_stop();
}

static VOID run_mail(ULONG input)
{
    double begin;

    NX_PARAMETER_NOT_USED(input);
    failed = log_in(NX_FALSE);
    begin = processor_ns();
    if (!failed)
        failed = mail_receive(1);
    microseconds = (ULONG)((processor_ns() - begin) / 1e3);
    nx_pop3_client_quit(&client);
    nx_pop3_client_delete(&client);
    netx_stop();
}

static VOID node(VOID (*entry)(ULONG))
{
    nx_system_initialize();
    nx_packet_pool_create(&pool, (CHAR *)"pool", PACKET_SIZE, pool_memory, sizeof(pool_memory));
    nx_ip_create(&ip, (CHAR *)"device", IP_ADDRESS(10, 0, 0, 2), 0xFFFFFF00UL, &pool, _nx_ram_network_driver, ip_stack,
                 sizeof(ip_stack), 1);
    nx_arp_enable(&ip, arp_cache, sizeof(arp_cache));
    nx_tcp_enable(&ip);
    tx_thread_create(&thread, (CHAR *)"application", entry, 0, stack, sizeof(stack), 16, 16, TX_NO_TIME_SLICE,
                     TX_AUTO_START);
}

VOID define_sessions(VOID)
{
    node(run_sessions);
}

VOID define_mail(VOID)
{
    node(run_mail);
}

VOID define_calls(VOID)
{
    node(run_calls);
}
