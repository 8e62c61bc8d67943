/* Two instances, a client and a server which listens again after each connection; counters and callbacks. */

#include   "tx_api.h"
#include   "nx_api.h"

#define     STACK    2048

TX_THREAD               client_thread, server_thread;
NX_PACKET_POOL          pool_0;
NX_IP                   ip_0, ip_1;
NX_TCP_SOCKET           client_socket, server_socket;

ULONG                   error_counter;
ULONG                   rounds_client, rounds_server;
UINT                    connects, disconnects;

void    client_entry(ULONG thread_input);
void    server_entry(ULONG thread_input);
void    connect_received(NX_TCP_SOCKET *server_socket, UINT port);
void    disconnect_received(NX_TCP_SOCKET *server_socket);
void    _nx_ram_network_driver(struct NX_IP_DRIVER_STRUCT *driver_req);

int main(void)
{
    tx_kernel_enter();
    printf("%u %u %u %u, errors %u\n", rounds_client, rounds_server, connects, disconnects, error_counter);
    return(error_counter != 0);
}

void    tx_application_define(void *first_unused_memory)
{
CHAR    *pointer;
UINT    status;

    pointer =  (CHAR *) first_unused_memory;
    tx_thread_create(&client_thread, "client", client_entry, 0, pointer, STACK, 4, 4, TX_NO_TIME_SLICE, TX_AUTO_START);
    pointer =  pointer + STACK;
    tx_thread_create(&server_thread, "server", server_entry, 0, pointer, STACK, 3, 3, TX_NO_TIME_SLICE, TX_AUTO_START);
    pointer =  pointer + STACK;
    nx_system_initialize();
    status =  nx_packet_pool_create(&pool_0, "NetX Main Packet Pool", 512, pointer, 8192);
    pointer = pointer + 8192;
    if (status)
        error_counter++;
    status =  nx_ip_create(&ip_0, "NetX IP Instance 0", IP_ADDRESS(1, 2, 3, 4), 0xFFFFFF00UL, &pool_0,
                           _nx_ram_network_driver, pointer, STACK, 1);
    pointer =  pointer + STACK;
    status += nx_ip_create(&ip_1, "NetX IP Instance 1", IP_ADDRESS(1, 2, 3, 5), 0xFFFFFF00UL, &pool_0,
                           _nx_ram_network_driver, pointer, STACK, 1);
    pointer =  pointer + STACK;
    status += nx_arp_enable(&ip_0, (void *) pointer, 1024);
    pointer = pointer + 1024;
    status += nx_arp_enable(&ip_1, (void *) pointer, 1024);
    pointer = pointer + 1024;
    status += nx_tcp_enable(&ip_0);
    status += nx_tcp_enable(&ip_1);
    if (status)
        error_counter++;
}

void    client_entry(ULONG thread_input)
{
UINT        status, i;
NX_PACKET   *my_packet;
ULONG       ip_status;

    NX_PARAMETER_NOT_USED(thread_input);
    status = nx_ip_status_check(&ip_0, NX_IP_INITIALIZE_DONE, &ip_status, NX_IP_PERIODIC_RATE);
    if (status) error_counter++;
    tx_thread_sleep(5);
    for (i = 0; i < 5; i++)
    {
        rounds_client++;
        status =  nx_tcp_socket_create(&ip_0, &client_socket, "Client Socket", NX_IP_NORMAL, NX_FRAGMENT_OKAY,
                                       NX_IP_TIME_TO_LIVE, 200, NX_NULL, NX_NULL);
        status += nx_tcp_client_socket_bind(&client_socket, NX_ANY_PORT, NX_WAIT_FOREVER);
        status += nx_tcp_client_socket_connect(&client_socket, IP_ADDRESS(1, 2, 3, 5), 12, NX_WAIT_FOREVER);
        if (status) error_counter++;
        status =  nx_packet_allocate(&pool_0, &my_packet, NX_TCP_PACKET, NX_WAIT_FOREVER);
        if (status != NX_SUCCESS) break;
        memcpy(my_packet -> nx_packet_prepend_ptr, "ABCDEFGHIJKLMNOPQRSTUVWXYZ  ", 28);
        my_packet -> nx_packet_length =  28;
        my_packet -> nx_packet_append_ptr =  my_packet -> nx_packet_prepend_ptr + 28;
        status =  nx_tcp_socket_send(&client_socket, my_packet, NX_IP_PERIODIC_RATE);
        if (status)
        {
            error_counter++;
            nx_packet_release(my_packet);
        }
        status =  nx_tcp_socket_disconnect(&client_socket, NX_IP_PERIODIC_RATE);
        status += nx_tcp_client_socket_unbind(&client_socket);
        status += nx_tcp_socket_delete(&client_socket);
        if (status) error_counter++;
    }
    tx_thread_sleep(50);
    tx_thread_terminate(&server_thread);
    status =  nx_tcp_server_socket_unlisten(&ip_1, 12);
    status += nx_tcp_socket_delete(&server_socket);
    if (status) error_counter++;
}

void    server_entry(ULONG thread_input)
{
UINT        status;
NX_PACKET   *packet_ptr;
ULONG       actual_status;

    (void) thread_input;
    status =  nx_ip_status_check(&ip_1, NX_IP_INITIALIZE_DONE, &actual_status, NX_IP_PERIODIC_RATE);
    status += nx_tcp_socket_create(&ip_1, &server_socket, "Server Socket", NX_IP_NORMAL, NX_FRAGMENT_OKAY,
                                   NX_IP_TIME_TO_LIVE, 100, NX_NULL, disconnect_received);
    status += nx_tcp_server_socket_listen(&ip_1, 12, &server_socket, 5, connect_received);
    if (status) error_counter++;
    while(1)
    {
        rounds_server++;
        status =  nx_tcp_server_socket_accept(&server_socket, NX_WAIT_FOREVER);
        if (status) error_counter++;
        status =  nx_tcp_socket_receive(&server_socket, &packet_ptr, NX_IP_PERIODIC_RATE);
        if (status) error_counter++;
        else
        {
            if (packet_ptr -> nx_packet_length != 28 || memcmp(packet_ptr -> nx_packet_prepend_ptr, "ABCD", 4))
                error_counter++;
            nx_packet_release(packet_ptr);
        }
        status =  nx_tcp_socket_disconnect(&server_socket, NX_IP_PERIODIC_RATE);
        status += nx_tcp_server_socket_unaccept(&server_socket);
        status += nx_tcp_server_socket_relisten(&ip_1, 12, &server_socket);
        if (status) error_counter++;
    }
}

void  connect_received(NX_TCP_SOCKET *socket_ptr, UINT port)
{
    if ((socket_ptr != &server_socket) || (port != 12))
        error_counter++;
    connects++;
}

void  disconnect_received(NX_TCP_SOCKET *socket)
{
    if (socket != &server_socket)
        error_counter++;
    disconnects++;
}
