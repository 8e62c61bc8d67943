/* Two threads and two instances that send each other datagrams; sources are extracted. */
#include "tx_api.h"
#include "nx_api.h"

TX_THREAD thread_0, thread_1;
NX_PACKET_POOL pool_0;
NX_IP ip_0, ip_1;
NX_UDP_SOCKET socket_0, socket_1;
UCHAR pool_0_memory[8192], arp_0[1024], arp_1[1024], ip_stack[2][2048], stacks[2][2048];
ULONG thread_0_counter, thread_1_counter, error_counter;

VOID _nx_ram_network_driver(NX_IP_DRIVER *);

static void thread_0_entry(ULONG thread_input)
{
    UINT status;
    NX_PACKET *my_packet;
    thread_input++;
    tx_thread_sleep(2);
    if (nx_udp_socket_bind(&socket_0, 0x88, TX_NO_WAIT))
        error_counter++;
    for (thread_0_counter = 0; thread_0_counter < 50; thread_0_counter++)
    {
        status = nx_packet_allocate(&pool_0, &my_packet, NX_UDP_PACKET, TX_WAIT_FOREVER);
        if (status != NX_SUCCESS)
            break;
        status = nx_packet_data_append(my_packet, "ABCDEFGHIJKLMNOPQRSTUVWXYZ  ", 28, &pool_0, NX_NO_WAIT);
        status |= nx_udp_socket_send(&socket_0, my_packet, IP_ADDRESS(1, 2, 3, 5), 0x89);
        if (status != NX_SUCCESS)
        {
            error_counter++;
            nx_packet_release(my_packet);
        }
        tx_thread_relinquish();
    }
}

static void thread_1_entry(ULONG thread_input)
{
    UINT status, port, protocol, interface_index;
    ULONG address, size;
    NX_PACKET *my_packet;
    UCHAR data[40];
    NX_PARAMETER_NOT_USED(thread_input);
    if (nx_udp_socket_bind(&socket_1, 0x89, TX_NO_WAIT))
        error_counter++;
    while (thread_1_counter < 50)
    {
        status = nx_udp_socket_receive(&socket_1, &my_packet, 2 * NX_IP_PERIODIC_RATE);
        if (status != NX_SUCCESS)
        {
            error_counter++;
            break;
        }
        if (nx_udp_source_extract(my_packet, &address, &port) || address != IP_ADDRESS(1, 2, 3, 4) || port != 0x88)
            error_counter++;
        if (nx_udp_packet_info_extract(my_packet, &address, &protocol, &port, &interface_index) || protocol != 0x11 ||
            interface_index)
            error_counter++;
        if (nx_packet_data_retrieve(my_packet, data, &size) || size != 28 || data[27] != ' ')
            error_counter++;
        nx_packet_release(my_packet);
        thread_1_counter++;
    }
    nx_udp_socket_unbind(&socket_1);
    nx_udp_socket_delete(&socket_1);
}

void tx_application_define(void *first_unused_memory)
{
    UINT status;
    (void)first_unused_memory;
    tx_thread_create(&thread_0, "thread 0", thread_0_entry, 0, stacks[0], 2048, 4, 4, TX_NO_TIME_SLICE, TX_AUTO_START);
    tx_thread_create(&thread_1, "thread 1", thread_1_entry, 1, stacks[1], 2048, 4, 4, TX_NO_TIME_SLICE, TX_AUTO_START);
    nx_system_initialize();
    status = nx_packet_pool_create(&pool_0, "pool", 128, pool_0_memory, sizeof pool_0_memory);
    status |= nx_ip_create(&ip_0, "ip 0", IP_ADDRESS(1, 2, 3, 4), 0xFFFFFF00UL, &pool_0, _nx_ram_network_driver,
                           ip_stack[0], 2048, 1);
    status |= nx_ip_create(&ip_1, "ip 1", IP_ADDRESS(1, 2, 3, 5), 0xFFFFFF00UL, &pool_0, _nx_ram_network_driver,
                           ip_stack[1], 2048, 1);
    status |= nx_arp_enable(&ip_0, arp_0, 1024) | nx_arp_enable(&ip_1, arp_1, 1024);
    status |= nx_udp_enable(&ip_0) | nx_udp_enable(&ip_1);
    status |= nx_udp_socket_create(&ip_0, &socket_0, "Socket 0", NX_IP_NORMAL, NX_FRAGMENT_OKAY, 0x80, 5);
    status |= nx_udp_socket_create(&ip_1, &socket_1, "Socket 1", NX_IP_NORMAL, NX_FRAGMENT_OKAY, 0x80, 60);
    if (status)
        error_counter++;
}

int main(void)
{
    tx_kernel_enter();
    printf("%u %u %u\n", thread_0_counter, thread_1_counter, error_counter);
    return error_counter || thread_1_counter != 50;
}
