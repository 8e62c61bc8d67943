/* Firmware of the older stack, in the older manner: IPv4 only, definitions with the types below the names. */

#define NX_DISABLE_IPV6
#include "tx_api.h"
#include "nx_api.h"
#include "nx_pop3_client.h"

#define DEMO_STACK_SIZE 2048
#define SERVER IP_ADDRESS(10,0,0,2)
TX_THREAD mail_thread, sink_thread;
NX_PACKET_POOL pool;
NX_IP ip_0, ip_1;
NX_POP3_CLIENT client;
NX_UDP_SOCKET udp_0, udp_1;
CHAR memory_area[60000];
UINT statuses[8];
ULONG got;

VOID _nx_ram_network_driver();
void mail_entry();
void sink_entry();

main()
{
    tx_kernel_enter();
    printf("%x %x %x %x %x got %u\n", statuses[0], statuses[1], statuses[2], statuses[3], statuses[4], got);
    return !(statuses[0] == NX_NOT_CONNECTED && statuses[1] == NX_POP3_CLIENT_INVALID_INDEX && statuses[2] == 0 &&
             statuses[3] == 0 && statuses[4] == 0 && got == 4);
}

void tx_application_define(first_unused_memory)
void *first_unused_memory;
{
    CHAR *pointer = memory_area;

    tx_thread_create(&mail_thread, "mail", mail_entry, 0, pointer, DEMO_STACK_SIZE, 5, 5, TX_NO_TIME_SLICE, TX_AUTO_START);
    pointer += DEMO_STACK_SIZE;
    tx_thread_create(&sink_thread, "sink", sink_entry, 0, pointer, DEMO_STACK_SIZE, 4, 4, TX_NO_TIME_SLICE, TX_AUTO_START);
    pointer += DEMO_STACK_SIZE;
    nx_system_initialize();
    nx_packet_pool_create(&pool, "pool", 600, pointer, 20000);
    pointer += 20000;
    nx_ip_create(&ip_0, "0", IP_ADDRESS(10,0,0,1), 0xFFFFFF00, &pool, _nx_ram_network_driver, pointer, DEMO_STACK_SIZE, 1);
    pointer += DEMO_STACK_SIZE;
    nx_ip_create(&ip_1, "1", SERVER, 0xFFFFFF00, &pool, _nx_ram_network_driver, pointer, DEMO_STACK_SIZE, 1);
    pointer += DEMO_STACK_SIZE;
    nx_arp_enable(&ip_0, pointer, 1024);
    pointer += 1024;
    nx_arp_enable(&ip_1, pointer, 1024);
    nx_tcp_enable(&ip_0);
    nx_tcp_enable(&ip_1);
    nx_udp_enable(&ip_0);
    nx_udp_enable(&ip_1);
}

void mail_entry(thread_input)
ULONG thread_input;
{
    NX_PACKET *packet;
    ULONG size;

    tx_thread_sleep(10);
    statuses[0] = nx_pop3_client_create(&client, NX_FALSE, &ip_0, &pool, SERVER, 110, "ada", "secret");
    statuses[1] = nx_pop3_client_mail_item_get(&client, 0, &size);
    statuses[2] = nx_pop3_client_delete(&client);
    nx_udp_socket_create(&ip_0, &udp_0, "u0", NX_IP_NORMAL, NX_FRAGMENT_OKAY, 0x80, 5);
    nx_udp_socket_bind(&udp_0, NX_ANY_PORT, NX_NO_WAIT);
    nx_packet_allocate(&pool, &packet, NX_UDP_PACKET, NX_WAIT_FOREVER);
    nx_packet_data_append(packet, "mail", 4, &pool, NX_WAIT_FOREVER);
    statuses[3] = nx_udp_socket_interface_send(&udp_0, packet, SERVER, 9, 0);
    tx_thread_sleep(10);
}

void sink_entry(thread_input)
ULONG thread_input;
{
    NX_PACKET *packet;

    nx_udp_socket_create(&ip_1, &udp_1, "u1", NX_IP_NORMAL, NX_FRAGMENT_OKAY, 0x80, 5);
    nx_udp_socket_bind(&udp_1, 9, NX_WAIT_FOREVER);
    statuses[4] = nx_udp_socket_receive(&udp_1, &packet, NX_WAIT_FOREVER);
    got = packet->nx_packet_length;
    nx_packet_release(packet);
}
