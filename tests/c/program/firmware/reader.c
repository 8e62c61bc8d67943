/* Prints every mail of a maildrop as it came, end marks included. */

#include "tx_api.h"
#include "nx_api.h"
#include "nxd_pop3_client.h"
#include "netx_host.h"

#include <stdio.h>
#include <stdlib.h>

#ifndef DRIVER
#define DRIVER nx_host_network_driver
#define DEVICE IP_ADDRESS(10, 0, 2, 15)
#define SERVER IP_ADDRESS(10, 0, 2, 2)
#endif

static NX_PACKET_POOL pool;
static NX_IP ip;
static NX_POP3_CLIENT client;
static TX_THREAD thread;
static UCHAR pool_area[1600 * 80], stacks[2][4096], cache[1024];
static UINT failures;

static UINT must(UINT status, const char *what)
{
    if (status != NX_SUCCESS)
    {
        fprintf(stderr, "%s: %02x\n", what, status);
        failures++;
    }
    return status;
}

static VOID print(const NX_PACKET *packet)
{
    for (; packet; packet = packet->nx_packet_next)
        fwrite(packet->nx_packet_prepend_ptr, 1, (size_t)(packet->nx_packet_append_ptr - packet->nx_packet_prepend_ptr),
               stdout);
}

static VOID read_mail(UINT number)
{
    NX_PACKET *packet;
    ULONG size;
    UINT final = NX_FALSE;
    if (must(nx_pop3_client_mail_item_get(&client, number, &size), "get"))
        return;
    while (!final && must(nx_pop3_client_mail_item_message_get(&client, &packet, &size, &final), "message") == NX_SUCCESS)
    {
        print(packet);
        nx_packet_release(packet);
    }
}

static VOID read_all(ULONG argument)
{
    NXD_ADDRESS server;
    UINT count = 0, number;
    ULONG octets = 0;
    (void)argument;
    server.nxd_ip_version = NX_IP_VERSION_V4;
    server.nxd_ip_address.v4 = SERVER;
    if (must(nxd_pop3_client_create(&client, NX_TRUE, &ip, &pool, &server, PORT, "u", "secret"), "create"))
        return;
    must(nx_pop3_client_mail_items_get(&client, &count, &octets), "stat");
    for (number = 1; number <= count; number++)
        read_mail(number);
    must(nx_pop3_client_quit(&client), "quit");
    must(nx_pop3_client_delete(&client), "delete");
    fprintf(stderr, "%u mails, %u octets\n", count, (unsigned)octets);
}

VOID tx_application_define(VOID *first_unused_memory)
{
    (void)first_unused_memory;
    nx_system_initialize();
    must(nx_packet_pool_create(&pool, "pool", 1536, pool_area, sizeof pool_area), "pool");
    must(nx_ip_create(&ip, "device", DEVICE, 0xFFFFFF00UL, &pool, DRIVER, stacks[0], sizeof stacks[0], 1), "instance");
    must(nx_arp_enable(&ip, cache, sizeof cache), "arp");
    must(nx_tcp_enable(&ip), "tcp");
    must(tx_thread_create(&thread, "reader", read_all, 0, stacks[1], sizeof stacks[1], 4, 4, TX_NO_TIME_SLICE,
                          TX_AUTO_START), "thread");
}

int main(void)
{
    tx_kernel_enter();
    return failures ? 1 : 0;
}
