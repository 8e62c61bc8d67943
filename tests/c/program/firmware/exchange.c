/* Two instances in one program: a client sends numbered lines over TCP, a server counts what it gets. */

#include "tx_api.h"
#include "nx_api.h"
#include "netx_host.h"

#include <stdio.h>

#ifndef DRIVER
#define DRIVER nx_host_network_driver
#endif
#define PORT 7
#define LINES 20
#define PATIENCE (60 * NX_IP_PERIODIC_RATE)

static NX_PACKET_POOL pool;
static NX_IP hosts[2];
static NX_TCP_SOCKET client_socket, server_socket;
static TX_THREAD client_thread, server_thread;
static UCHAR pool_area[1600 * 60], stacks[4][4096], caches[2][1024];
static ULONG received;
static UINT failures;

static VOID must(UINT status, const char *what)
{
    if (status != NX_SUCCESS)
    {
        printf("%s: %02x\n", what, status);
        failures++;
    }
}

static VOID serve(ULONG argument)
{
    NX_PACKET *packet;
    (void)argument;
    must(nx_tcp_socket_create(&hosts[1], &server_socket, "server", NX_IP_NORMAL, NX_FRAGMENT_OKAY, 64, 4096, NX_NULL,
                              NX_NULL), "create");
    must(nx_tcp_server_socket_listen(&hosts[1], PORT, &server_socket, 5, NX_NULL), "listen");
    must(nx_tcp_server_socket_accept(&server_socket, PATIENCE), "accept");
    while (nx_tcp_socket_receive(&server_socket, &packet, PATIENCE) == NX_SUCCESS)
    {
        received += packet->nx_packet_length;
        nx_packet_release(packet);
    }
    nx_tcp_socket_disconnect(&server_socket, PATIENCE);
    must(nx_tcp_server_socket_unaccept(&server_socket), "unaccept");
    must(nx_tcp_server_socket_unlisten(&hosts[1], PORT), "unlisten");
    must(nx_tcp_socket_delete(&server_socket), "delete");
}

static VOID send(ULONG argument)
{
    NX_PACKET *packet;
    char line[64];
    int i, length;
    (void)argument;
    must(nx_tcp_socket_create(&hosts[0], &client_socket, "client", NX_IP_NORMAL, NX_FRAGMENT_OKAY, 64, 4096, NX_NULL,
                              NX_NULL), "create");
    must(nx_tcp_client_socket_bind(&client_socket, NX_ANY_PORT, NX_NO_WAIT), "bind");
    must(nx_tcp_client_socket_connect(&client_socket, IP_ADDRESS(10, 0, 0, 2), PORT, PATIENCE), "connect");
    for (i = 0; i < LINES; i++)
    {
        length = sprintf(line, "line %02d\n", i);
        must(nx_packet_allocate(&pool, &packet, NX_TCP_PACKET, PATIENCE), "allocate");
        must(nx_packet_data_append(packet, line, (ULONG)length, &pool, PATIENCE), "append");
        must(nx_tcp_socket_send(&client_socket, packet, PATIENCE), "send");
    }
    must(nx_tcp_socket_disconnect(&client_socket, PATIENCE), "disconnect");
    must(nx_tcp_client_socket_unbind(&client_socket), "unbind");
    must(nx_tcp_socket_delete(&client_socket), "delete");
    printf("client done at tick %u\n", (unsigned)tx_time_get());
}

VOID tx_application_define(VOID *first_unused_memory)
{
    ULONG i;
    (void)first_unused_memory;
    nx_system_initialize();
    must(nx_packet_pool_create(&pool, "pool", 1536, pool_area, sizeof pool_area), "pool");
    for (i = 0; i < 2; i++)
    {
        must(nx_ip_create(&hosts[i], i ? "server" : "client", IP_ADDRESS(10, 0, 0, 1 + i), 0xFFFFFF00UL, &pool, DRIVER,
                          stacks[i], sizeof stacks[i], 1), "instance");
        must(nx_arp_enable(&hosts[i], caches[i], sizeof caches[i]), "arp");
        must(nx_tcp_enable(&hosts[i]), "tcp");
    }
    must(tx_thread_create(&server_thread, "server", serve, 0, stacks[2], sizeof stacks[2], 4, 4, TX_NO_TIME_SLICE,
                          TX_AUTO_START), "thread");
    must(tx_thread_create(&client_thread, "client", send, 0, stacks[3], sizeof stacks[3], 5, 5, TX_NO_TIME_SLICE,
                          TX_AUTO_START), "thread");
}

int main(void)
{
    tx_kernel_enter();
    printf("received %u, mtu %u, free %u of %u\n", (unsigned)received,
           (unsigned)hosts[0].nx_ip_interface[0].nx_interface_ip_mtu_size, (unsigned)pool.nx_packet_pool_available,
           (unsigned)pool.nx_packet_pool_total);
    return failures ? 1 : 0;
}
