/* A mail client and a server thread of the same program; IPv6 where there is one. */

#include "nxd_pop3_client.h"
#include "nx_api.h"

#ifndef NX_DISABLE_IPV4
#define USE_DUO
#endif
#define PAYLOAD 1536
#define STACK_SIZE 4096
#define LOCALHOST "recipient@domain.com"

#if defined(FEATURE_NX_IPV6) && defined(WITH_IPV6)
#define IPTYPE 6
#else
#define IPTYPE 4
#endif

TX_THREAD           demo_client_thread;
TX_THREAD           demo_server_thread;
NX_POP3_CLIENT      demo_client;
NX_PACKET_POOL      client_packet_pool, server_packet_pool;
NX_IP               client_ip, server_ip;
NX_TCP_SOCKET       server_socket;
static UCHAR        client_area[PAYLOAD * 12], server_area[PAYLOAD * 12], area[STACK_SIZE * 4 + 2048];
static UINT         error_counter, mails;
NXD_ADDRESS         server_address;

void    demo_client_thread_entry(ULONG info);
void    demo_server_thread_entry(ULONG info);
extern  void _nx_ram_network_driver(NX_IP_DRIVER *driver_req_ptr);

int main()
{
    tx_kernel_enter();
    printf("mails %u errors %u\n", mails, error_counter);
    return error_counter || mails != 2;
}

void tx_application_define(void *first_unused_memory)
{
UINT    status;
UCHAR   *free_memory_pointer = area;

    NX_PARAMETER_NOT_USED(first_unused_memory);
    nx_system_initialize();
    status = tx_thread_create(&demo_client_thread, "client", demo_client_thread_entry, 0, free_memory_pointer,
                              STACK_SIZE, 16, 16, 1, TX_DONT_START);
    free_memory_pointer += STACK_SIZE;
    status |= tx_thread_create(&demo_server_thread, "server", demo_server_thread_entry, 0, free_memory_pointer,
                               STACK_SIZE, 14, 14, 1, TX_AUTO_START);
    free_memory_pointer += STACK_SIZE;
    status |= nx_packet_pool_create(&client_packet_pool, "POP3 Client Packet Pool", PAYLOAD, client_area,
                                    sizeof(client_area));
    status |= nx_packet_pool_create(&server_packet_pool, "POP3 Server Packet Pool", PAYLOAD, server_area,
                                    sizeof(server_area));
    status |= nx_ip_create(&client_ip, "client", IP_ADDRESS(192,2,2,61), 0xFFFFFF00UL, &client_packet_pool,
                           _nx_ram_network_driver, free_memory_pointer, STACK_SIZE, 1);
    free_memory_pointer += STACK_SIZE;
    status |= nx_ip_create(&server_ip, "server", IP_ADDRESS(192,2,2,89), 0xFFFFFF00UL, &server_packet_pool,
                           _nx_ram_network_driver, free_memory_pointer, STACK_SIZE, 1);
    free_memory_pointer += STACK_SIZE;
    status |= nx_arp_enable(&client_ip, (void *) free_memory_pointer, 1024);
    free_memory_pointer += 1024;
    status |= nx_arp_enable(&server_ip, (void *) free_memory_pointer, 1024);
    status |= nx_tcp_enable(&client_ip);
    status |= nx_tcp_enable(&server_ip);
#if IPTYPE == 6
    status |= nxd_ipv6_enable(&client_ip) | nxd_icmp_enable(&client_ip);
    status |= nxd_ipv6_enable(&server_ip) | nxd_icmp_enable(&server_ip);
    {
        NXD_ADDRESS own;
        memset(&own, 0, sizeof(own));
        own.nxd_ip_version = NX_IP_VERSION_V6;
        own.nxd_ip_address.v6[0] = 0x20010db8;
        own.nxd_ip_address.v6[1] = 0xf101;
        own.nxd_ip_address.v6[3] = 0x101;
        status |= nxd_ipv6_address_set(&client_ip, 0, &own, 64, NX_NULL);
        own.nxd_ip_address.v6[3] = 0x106;
        status |= nxd_ipv6_address_set(&server_ip, 0, &own, 64, NX_NULL);
        server_address = own;
    }
#else
    server_address.nxd_ip_version = NX_IP_VERSION_V4;
    server_address.nxd_ip_address.v4 = IP_ADDRESS(192,2,2,89);
#endif
    if (status)
        error_counter++;
    tx_thread_resume(&demo_client_thread);
}

void demo_client_thread_entry(ULONG info)
{
UINT        status, number_mail_items, final_packet, i;
ULONG       maildrop_total_size, total_size, bytes_downloaded;
NX_PACKET   *packet_ptr;

    NX_PARAMETER_NOT_USED(info);
    tx_thread_sleep(5 * NX_IP_PERIODIC_RATE);
#ifdef USE_DUO
    status = nxd_pop3_client_create(&demo_client, NX_TRUE, &client_ip, &client_packet_pool, &server_address, 110,
                                    LOCALHOST, "testpwd");
#else
    status = nx_pop3_client_create(&demo_client, NX_TRUE, &client_ip, &client_packet_pool, IP_ADDRESS(192,2,2,89), 110,
                                   LOCALHOST, "testpwd");
#endif
    if (status != NX_SUCCESS)
    {
        error_counter++;
        nx_pop3_client_delete(&demo_client);
        return;
    }
    status = nx_pop3_client_mail_items_get(&demo_client, &number_mail_items, &maildrop_total_size);
    if (status || number_mail_items != 2 || maildrop_total_size != 320)
        error_counter++;
    for (i = 1; i <= number_mail_items; i++)
    {
        status = nx_pop3_client_mail_item_get(&demo_client, i, &total_size);
        if (status != NX_SUCCESS)
            error_counter++;
        final_packet = NX_FALSE;
        while (status == NX_SUCCESS && !final_packet)
        {
            status = nx_pop3_client_mail_item_message_get(&demo_client, &packet_ptr, &bytes_downloaded, &final_packet);
            if (status)
                break;
            if (bytes_downloaded)
                printf("%.*s", (int) bytes_downloaded, packet_ptr -> nx_packet_prepend_ptr);
            nx_packet_release(packet_ptr);
        }
        status = nx_pop3_client_mail_item_delete(&demo_client, i);
        if (status) error_counter++;
        else mails++;
    }
    status = nx_pop3_client_quit(&demo_client);
    status += nx_pop3_client_delete(&demo_client);
    if (status) error_counter++;
}

static UINT reply_send(const char *text)
{
NX_PACKET *packet_ptr;

    if (nx_packet_allocate(&server_packet_pool, &packet_ptr, NX_TCP_PACKET, NX_WAIT_FOREVER))
        return NX_NO_PACKET;
    nx_packet_data_append(packet_ptr, (VOID *) text, strlen(text), &server_packet_pool, NX_WAIT_FOREVER);
    if (nx_tcp_socket_send(&server_socket, packet_ptr, NX_IP_PERIODIC_RATE))
    {
        nx_packet_release(packet_ptr);
        return NX_NOT_SUCCESSFUL;
    }
    return NX_SUCCESS;
}

void demo_server_thread_entry(ULONG info)
{
NX_PACKET   *packet_ptr;
CHAR        line[100];
ULONG       length;

    NX_PARAMETER_NOT_USED(info);
    tx_thread_sleep(NX_IP_PERIODIC_RATE);
    if (nx_tcp_socket_create(&server_ip, &server_socket, "POP3 Server Socket", NX_IP_NORMAL, NX_FRAGMENT_OKAY,
                             NX_IP_TIME_TO_LIVE, 2048, NX_NULL, NX_NULL) ||
        nx_tcp_server_socket_listen(&server_ip, 110, &server_socket, 5, NX_NULL) ||
        nx_tcp_server_socket_accept(&server_socket, 20 * NX_IP_PERIODIC_RATE))
    {
        error_counter++;
        return;
    }
    reply_send("+OK POP3 server ready <1896.697170952@dbc.mtview.ca.us>\r\n");
    while (nx_tcp_socket_receive(&server_socket, &packet_ptr, 20 * NX_IP_PERIODIC_RATE) == NX_SUCCESS)
    {
        memset(line, 0, sizeof(line));
        nx_packet_data_extract_offset(packet_ptr, 0, line, sizeof(line) - 1, &length);
        nx_packet_release(packet_ptr);
        if (!strncmp(line, "APOP", 4))
            reply_send("+OK maildrop has 2 messages (320 octets)\r\n");
        else if (!strncmp(line, "STAT", 4))
            reply_send("+OK 2 320\r\n");
        else if (!strncmp(line, "RETR", 4))
        {
            reply_send("+OK 160 octets\r\n");
            reply_send("Subject: hello\r\n\r\nworld\r\n.\r\n");
        }
        else
            reply_send("+OK\r\n");
    }
    nx_tcp_socket_disconnect(&server_socket, NX_IP_PERIODIC_RATE);
    nx_tcp_server_socket_unaccept(&server_socket);
    nx_tcp_server_socket_unlisten(&server_ip, 110);
    nx_tcp_socket_delete(&server_socket);
}
