/* The device of the POP3 dialogues, 1.2.3.5, and its client thread. */

#include "dialogues.h"

#include "report.h"

#include <string.h>

#define ADDRESS      IP_ADDRESS(1, 2, 3, 5)
#define MASK         0xFFFFFF00U
#define IP_PRIORITY  1
#define PRIORITY     4
#define STACK        4096
#define ARP_CACHE    1040
#ifdef NX_SIM_PACKET_SIZE
#define HEADER       NX_SIM_PACKET_SIZE
#else
#define HEADER       60      /* what a packet takes apart from its payload */
#endif
#define POOL         131072  /* room for the largest pool of the dialogues */
#define START        20      /* a tick of the fast timer, as in the recordings */
#define SETTLE       1500    /* after these ticks a packet that is not back is lost */

NX_IP ip;
NX_PACKET_POOL pool;
NX_POP3_CLIENT client;
NX_PACKET *packet;
ULONG size, total;
UINT items, bytes, final;

static TX_THREAD thread;
static UCHAR ip_stack[STACK], thread_stack[STACK], arp_cache[ARP_CACHE];
static ULONG memory[POOL / sizeof(ULONG)];
static VOID (*client_script)(ULONG);
static ULONG started;
static UINT last_status;

static void must(const CHAR *what, UINT status)
{
    if (status != NX_SUCCESS)
    {
        report_line("refused");
        report_string(what);
        report_number(status);
        report_end();
        netx_stop();
    }
}

/* The server's hardware address is known before the first call. */
static void warm_arp(void)
{
    NX_PACKET *answer;

    tx_thread_sleep(2);
    must("nx_icmp_ping", nx_icmp_ping(&ip, SERVER, (CHAR *)"warm", 4, &answer, 10));
    nx_packet_release(answer);
}

static VOID run(ULONG input)
{
    ULONG free_packets;

    warm_arp();
    tx_thread_sleep(START - report_tick());
    free_packets = pool.nx_packet_pool_available;
    client_script(input);
    tx_thread_sleep(SETTLE);
    report_line("lost");
    report_number(free_packets - pool.nx_packet_pool_available);
    report_end();
    netx_stop();
}

void dialogue_device(ULONG payload, ULONG packets, VOID (*script)(ULONG))
{
    ULONG room = packets * (HEADER + (payload + 3) / 4 * 4) + 3;

    report_clear();
    memset(&ip, 0, sizeof ip);
    memset(&pool, 0, sizeof pool);
    memset(&client, 0, sizeof client);
    memset(&thread, 0, sizeof thread);
    client_script = script;
    must("pool", room <= sizeof memory ? NX_SUCCESS : NX_SIZE_ERROR);
    must("nx_packet_pool_create", nx_packet_pool_create(&pool, (CHAR *)"client", payload, memory, room));
    must("nx_ip_create", nx_ip_create(&ip, (CHAR *)"client", ADDRESS, MASK, &pool, _nx_ram_network_driver, ip_stack,
                                      sizeof ip_stack, IP_PRIORITY));
    must("nx_arp_enable", nx_arp_enable(&ip, arp_cache, sizeof arp_cache));
    must("nx_tcp_enable", nx_tcp_enable(&ip));
    must("nx_icmp_enable", nx_icmp_enable(&ip));
    must("tx_thread_create", tx_thread_create(&thread, (CHAR *)"client", run, 0, thread_stack, sizeof thread_stack,
                                              PRIORITY, PRIORITY, TX_NO_TIME_SLICE, TX_AUTO_START));
}

int dialogue_call(const CHAR *name)
{
    packet = NX_NULL;
    size = total = items = bytes = final = SENTINEL;
    report_line("call");
    report_string(name);
    report_end();
    started = report_tick();
    return 1;
}

int dialogue_returned(void)
{
    report_line("returned");
    report_number(pool.nx_packet_pool_available);
    report_end();
    return 0;
}

void dialogue_status(UINT status)
{
    last_status = status;
    report_line("status");
    report_number(status);
    report_number((ULONG)(report_tick() - started));
    report_end();
}

static void out(const CHAR *name, ULONG value)
{
    report_line("out");
    report_string(name);
    if (value == SENTINEL)
    {
        report_null();
    }
    else
    {
        report_number(value);
    }
    report_end();
}

void dialogue_out(const CHAR *name, ULONG value)
{
    out(name, value);
}

void dialogue_held(void)
{
    if (last_status == NX_SUCCESS && client.nx_pop3_client_message_ptr != NX_NULL)
    {
        out("held_length", client.nx_pop3_client_message_ptr -> nx_packet_length);
    }
}

void dialogue_received(UINT release)
{
    if (last_status != NX_SUCCESS)
    {
        return;
    }
    out("packet_length", packet -> nx_packet_length);
    out("chained", packet -> nx_packet_next != NX_NULL);
    report_line("data");
    report_chain(packet);
    report_end();
    if (release)
    {
        nx_packet_release(packet);
    }
}

int dialogue_more(void)
{
    return last_status == NX_SUCCESS && (final == NX_FALSE || final == SENTINEL);
}
