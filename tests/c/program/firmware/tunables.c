/* A device that measures itself: what the tunables of a team's nx_user.h and tx_user.h do in the stack.

   All times are ticks. */

#include "nx_api.h"
#include "nxd_pop3_client.h"
#include "netx_host.h"

#include <stdio.h>

#define DEVICE  IP_ADDRESS(10, 0, 0, 1)
#define PEER    IP_ADDRESS(10, 0, 0, 2)
#define DEAF    IP_ADDRESS(10, 0, 0, 3) /* in the ARP cache, but not there */
#define NOBODY  IP_ADDRESS(10, 0, 0, 4)
#define SILENT  110                     /* a port where one may connect, and nothing is said */
#define SECOND  NX_IP_PERIODIC_RATE
#define PACKETS 40

struct measured
{
    const char *name;
    ULONG value;
};

struct measured measured[20];
UINT measured_count;

static NX_PACKET_POOL pool;
static NX_IP device, peer;
static NX_POP3_CLIENT client;
static NX_TCP_SOCKET socket, silent, listeners[12];
static NX_UDP_SOCKET datagrams;
static TX_THREAD thread, low;
static UCHAR memory[PACKETS * 2048], stacks[4][4096], caches[2][1024];

static VOID note(const char *name, ULONG value)
{
    measured[measured_count].name = name;
    measured[measured_count].value = value;
    measured_count++;
}

static VOID measure_packets(VOID)
{
    NX_PACKET *packet;

    nx_packet_allocate(&pool, &packet, 0, NX_NO_WAIT);
    note("alignment", (ULONG)(ALIGN_TYPE)packet->nx_packet_data_start % 64);
    nx_packet_release(packet);
    nx_packet_allocate(&pool, &packet, NX_PHYSICAL_HEADER, NX_NO_WAIT);
    note("room for a header", (ULONG)(packet->nx_packet_prepend_ptr - packet->nx_packet_data_start));
    nx_packet_release(packet);
}

static VOID measure_sockets(VOID)
{
    ULONG start;
    UINT port;

    nx_tcp_socket_create(&device, &socket, "socket", NX_IP_NORMAL, NX_FRAGMENT_OKAY, 64, 1000, NX_NULL, NX_NULL);
    note("transmit queue", socket.nx_tcp_socket_transmit_queue_maximum);
    nx_tcp_client_socket_bind(&socket, NX_ANY_PORT, NX_NO_WAIT);
    nx_tcp_client_socket_port_get(&socket, &port);
    note("high port", port >= 65000);
    start = tx_time_get();
    nx_tcp_client_socket_connect(&socket, DEAF, 7, NX_WAIT_FOREVER);
    note("SYN repeated for", tx_time_get() - start);
    nx_tcp_client_socket_unbind(&socket);
    nx_tcp_socket_delete(&socket);
}

static VOID measure_listening(VOID)
{
    UINT count;

    for (count = 0; count < 12; count++) {
        NX_TCP_SOCKET *listener = &listeners[count];
        nx_tcp_socket_create(&device, listener, "listener", NX_IP_NORMAL, NX_FRAGMENT_OKAY, 64, 1000, NX_NULL, NX_NULL);
        if (nx_tcp_server_socket_listen(&device, count + 1, listener, 1, NX_NULL) != NX_SUCCESS)
            break;
    }
    note("listen requests", count);
}

static VOID measure_arp(VOID)
{
    NX_PACKET *packet;
    ULONG requests, before, entries, free_packets = pool.nx_packet_pool_available;
    UINT i;

    nx_arp_info_get(&device, &before, NX_NULL, NX_NULL, NX_NULL, NX_NULL, NX_NULL, NX_NULL, NX_NULL);
    nx_udp_socket_create(&device, &datagrams, "datagrams", NX_IP_NORMAL, NX_FRAGMENT_OKAY, 64, 5);
    nx_udp_socket_bind(&datagrams, 7, NX_NO_WAIT);
    for (i = 0; i < 6; i++) {
        nx_packet_allocate(&pool, &packet, NX_UDP_PACKET, NX_NO_WAIT);
        nx_packet_data_append(packet, &i, sizeof(i), &pool, NX_NO_WAIT);
        nx_udp_socket_send(&datagrams, packet, NOBODY, 7);
    }
    note("packets that wait for ARP", free_packets - pool.nx_packet_pool_available);
    tx_thread_sleep(300UL * SECOND);
    nx_arp_info_get(&device, &requests, NX_NULL, NX_NULL, NX_NULL, NX_NULL, NX_NULL, NX_NULL, NX_NULL);
    note("ARP requests", requests - before);
    nx_icmp_ping(&device, PEER, NX_NULL, 0, &packet, SECOND);
    nx_packet_release(packet);
    tx_thread_sleep(20UL * SECOND);
    nx_arp_info_get(&device, NX_NULL, NX_NULL, NX_NULL, NX_NULL, &entries, NX_NULL, NX_NULL, NX_NULL);
    note("ARP entries after 20 s", entries);
    nx_udp_socket_unbind(&datagrams);
    nx_udp_socket_delete(&datagrams);
}

static VOID measure_client(VOID)
{
    ULONG start = tx_time_get();

    nx_pop3_client_create(&client, NX_FALSE, &device, &pool, DEAF, 110, "mary", "secret");
    note("client's wait for a connection", tx_time_get() - start);
    nx_pop3_client_delete(&client);
    start = tx_time_get();
    nx_pop3_client_create(&client, NX_FALSE, &device, &pool, PEER, SILENT, "mary", "secret");
    note("client's wait for a reply", tx_time_get() - start);
    note("client's window", client.nx_pop3_client_tcp_socket.nx_tcp_socket_rx_window_default);
    note("client's longest name", sizeof(client.nx_pop3_client_name) - 1);
    nx_pop3_client_delete(&client);
}

static VOID never(ULONG input)
{
    (VOID)input;
}

static VOID measure(ULONG input)
{
    ULONG groups = 0;

    nx_arp_static_entry_create(&device, DEAF, 0x0211, 0x22334455);
    nx_tcp_socket_create(&peer, &silent, "silent", NX_IP_NORMAL, NX_FRAGMENT_OKAY, 64, 1000, NX_NULL, NX_NULL);
    nx_tcp_server_socket_listen(&peer, SILENT, &silent, 5, NX_NULL);
    nx_tcp_server_socket_accept(&silent, NX_NO_WAIT);
    measure_packets();
    measure_sockets();
    measure_listening();
    measure_arp();
    measure_client();
    while (nx_igmp_multicast_join(&device, IP_ADDRESS(224, 1, 0, groups)) == NX_SUCCESS)
        groups++;
    note("multicast groups", groups);
    note("interfaces", sizeof(device.nx_ip_interface) / sizeof(device.nx_ip_interface[0]) - 1);
    note("priority 40", tx_thread_create(&low, "low", never, 0, stacks[3], sizeof(stacks[3]), 40, 40, TX_NO_TIME_SLICE,
                                         TX_AUTO_START));
    note("ticks of a second", SECOND);
    (VOID)input;
}

static VOID instance(NX_IP *ip, CHAR *name, ULONG address, UINT place)
{
    nx_ip_create(ip, name, address, 0xFFFFFF00UL, &pool, _nx_ram_network_driver, stacks[place], sizeof(stacks[place]), 1);
    nx_arp_enable(ip, caches[place], sizeof(caches[place]));
    nx_udp_enable(ip);
    nx_tcp_enable(ip);
    nx_icmp_enable(ip);
    nx_igmp_enable(ip);
}

VOID tx_application_define(VOID *first_unused)
{
    nx_system_initialize();
    nx_packet_pool_create(&pool, (CHAR *)"pool", 1536, memory, sizeof(memory));
    instance(&device, (CHAR *)"device", DEVICE, 0);
    instance(&peer, (CHAR *)"peer", PEER, 1);
    tx_thread_create(&thread, (CHAR *)"measure", measure, 0, stacks[2], sizeof(stacks[2]), 4, 4, TX_NO_TIME_SLICE,
                     TX_AUTO_START);
    (VOID)first_unused;
}

int main(void)
{
    UINT i;

    tx_kernel_enter();
    for (i = 0; i < measured_count; i++)
        printf("%s: %lu\n", measured[i].name, (unsigned long)measured[i].value);
    return 0;
}
