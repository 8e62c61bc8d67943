/* The other node of a two-node test: a thread that answers each connection with one line. */

#include "tx_api.h"
#include "nx_api.h"

VOID _nx_ram_network_driver(NX_IP_DRIVER *driver_req_ptr);

NX_IP ip;
UINT served;

static NX_PACKET_POOL pool;
static NX_TCP_SOCKET server;
static TX_THREAD thread;
static UCHAR pool_memory[16 * 1700], ip_stack[2048], arp_memory[1024], thread_stack[2048];

static VOID answer(VOID)
{
    NX_PACKET *packet;
    if (nx_packet_allocate(&pool, &packet, NX_TCP_PACKET, NX_WAIT_FOREVER))
        return;
    nx_packet_data_append(packet, "-ERR closed for today\r\n", 23, &pool, NX_WAIT_FOREVER);
    if (nx_tcp_socket_send(&server, packet, 500))
        nx_packet_release(packet);
    else
        served++;
}

static VOID serve(ULONG port)
{
    nx_tcp_socket_create(&ip, &server, "server", NX_IP_NORMAL, NX_FRAGMENT_OKAY, 64, 2048, NX_NULL, NX_NULL);
    nx_tcp_server_socket_listen(&ip, (UINT)port, &server, 5, NX_NULL);
    for (;;)
    {
        if (nx_tcp_server_socket_accept(&server, NX_WAIT_FOREVER) == NX_SUCCESS)
            answer();
        nx_tcp_socket_disconnect(&server, 500);
        nx_tcp_server_socket_unaccept(&server);
        nx_tcp_server_socket_relisten(&ip, (UINT)port, &server);
    }
}

VOID tx_application_define(VOID *first_unused_memory)
{
    (void)first_unused_memory;
    nx_packet_pool_create(&pool, "server pool", 1568, pool_memory, sizeof pool_memory);
    nx_ip_create(&ip, "server", IP_ADDRESS(10, 0, 0, 2), IP_ADDRESS(255, 255, 255, 0), &pool, _nx_ram_network_driver,
                 ip_stack, sizeof ip_stack, 1);
    nx_arp_enable(&ip, arp_memory, sizeof arp_memory);
    nx_tcp_enable(&ip);
    tx_thread_create(&thread, "server", serve, 110, thread_stack, sizeof thread_stack, 4, 4, 0, TX_AUTO_START);
}
