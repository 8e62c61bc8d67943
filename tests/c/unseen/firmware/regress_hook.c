/* A test in the manner of a stack's own: the receive function of an instance is replaced and drops a segment. */

#include   "tx_api.h"
#include   "nx_api.h"
#include   "nx_ip.h"
#include   "nx_tcp.h"
#include   "nx_packet.h"

extern void    test_control_return(UINT status);
#if defined(__PRODUCT_NETXDUO__) && !defined(NX_DISABLE_IPV4)

#define     DEMO_STACK_SIZE    2048

static TX_THREAD               ntest_0;
static TX_THREAD               ntest_1;
static NX_PACKET_POOL          pool_0;
static NX_IP                   ip_0;
static NX_IP                   ip_1;
static NX_TCP_SOCKET           client_socket;
static NX_TCP_SOCKET           server_socket;
static UCHAR                   pool_area[1536 * 20];
static ULONG                   error_counter;
static UINT                    data_dropped;
static UINT                    syn_seen;
static UCHAR                   rcv_buffer[256];

static void    ntest_0_entry(ULONG thread_input);
static void    ntest_1_entry(ULONG thread_input);
static void    my_tcp_packet_receive(NX_IP *ip_ptr, NX_PACKET *packet_ptr);
extern void    _nx_ram_network_driver_1500(struct NX_IP_DRIVER_STRUCT *driver_req);

#ifdef CTEST
VOID test_application_define(void *first_unused_memory)
#else
void    regress_hook_application_define(void *first_unused_memory)
#endif
{
CHAR       *pointer;
UINT       status;

    pointer =  (CHAR *) first_unused_memory;
    error_counter =  0;
    tx_thread_create(&ntest_0, "thread 0", ntest_0_entry, 0, pointer, DEMO_STACK_SIZE, 4, 4, TX_NO_TIME_SLICE, TX_AUTO_START);
    pointer =  pointer + DEMO_STACK_SIZE;
    tx_thread_create(&ntest_1, "thread 1", ntest_1_entry, 0, pointer, DEMO_STACK_SIZE, 3, 3, TX_NO_TIME_SLICE, TX_AUTO_START);
    pointer =  pointer + DEMO_STACK_SIZE;
    nx_system_initialize();
    status =  nx_packet_pool_create(&pool_0, "NetX Main Packet Pool", 1536, pool_area, sizeof(pool_area));
    status += nx_ip_create(&ip_0, "NetX IP Instance 0", IP_ADDRESS(1,2,3,4), 0xFFFFFF00UL, &pool_0, _nx_ram_network_driver_1500, pointer, DEMO_STACK_SIZE, 1);
    pointer =  pointer + DEMO_STACK_SIZE;
    status += nx_ip_create(&ip_1, "NetX IP Instance 1", IP_ADDRESS(1,2,3,5), 0xFFFFFF00UL, &pool_0, _nx_ram_network_driver_1500, pointer, DEMO_STACK_SIZE, 1);
    pointer =  pointer + DEMO_STACK_SIZE;
    status += nx_arp_enable(&ip_0, (void *)pointer, 1024);
    pointer =  pointer + 1024;
    status += nx_arp_enable(&ip_1, (void *)pointer, 1024);
    pointer =  pointer + 1024;
    status += nx_tcp_enable(&ip_0);
    status += nx_tcp_enable(&ip_1);
    if (status)
        error_counter++;
}

static void    ntest_0_entry(ULONG thread_input)
{
UINT       status;
NX_PACKET  *my_packet1;
char       *msg = "segment that is lost once";

    NX_PARAMETER_NOT_USED(thread_input);
    printf("NetX Test:   TCP Lost Segment Test.....................................");
    if (error_counter)
    {
        printf("ERROR!\n");
        test_control_return(1);
    }
    status =  nx_tcp_socket_create(&ip_0, &client_socket, "Client Socket", NX_IP_NORMAL, NX_FRAGMENT_OKAY, NX_IP_TIME_TO_LIVE, 65535, NX_NULL, NX_NULL);
    status += nx_tcp_client_socket_bind(&client_socket, 0x88, NX_WAIT_FOREVER);
    status += nx_tcp_client_socket_connect(&client_socket, IP_ADDRESS(1,2,3,5), 0x89, 5 * NX_IP_PERIODIC_RATE);
    if (status)
        error_counter++;
    if (client_socket.nx_tcp_socket_state != NX_TCP_ESTABLISHED)
        error_counter++;
    status =  nx_packet_allocate(&pool_0, &my_packet1, NX_TCP_PACKET, NX_WAIT_FOREVER);
    status += nx_packet_data_append(my_packet1, msg, 25, &pool_0, NX_NO_WAIT);
    status += nx_tcp_socket_send(&client_socket, my_packet1, 2 * NX_IP_PERIODIC_RATE);
    if (status)
        error_counter++;
    if (client_socket.nx_tcp_socket_transmit_sent_count != 1)
        error_counter++;
    tx_thread_sleep(3 * NX_IP_PERIODIC_RATE);
    if (client_socket.nx_tcp_socket_transmit_sent_count || client_socket.nx_tcp_socket_retransmit_packets != 1)
        error_counter++;
    status =  nx_tcp_socket_disconnect(&client_socket, 5 * NX_IP_PERIODIC_RATE);
    status += nx_tcp_client_socket_unbind(&client_socket);
    status += nx_tcp_socket_delete(&client_socket);
    if (status || ip_0.nx_ip_tcp_connections != 1 || ip_0.nx_ip_tcp_retransmit_packets != 1 || ip_0.nx_ip_tcp_created_sockets_count)
        error_counter++;
    if (ip_1.nx_ip_tcp_bytes_received != 25 || ip_1.nx_ip_tcp_passive_connections != 1)
        error_counter++;
    if (error_counter || data_dropped != 1 || !syn_seen)
    {
        printf("ERROR! %u %u %u\n", error_counter, data_dropped, syn_seen);
        test_control_return(1);
    }
    else
    {
        printf("SUCCESS!\n");
        test_control_return(0);
    }
}

static void    ntest_1_entry(ULONG thread_input)
{
UINT       status;
ULONG      actual_status, recv_length;
NX_PACKET  *packet_ptr;

    NX_PARAMETER_NOT_USED(thread_input);
    status =  nx_ip_status_check(&ip_1, NX_IP_INITIALIZE_DONE, &actual_status, NX_IP_PERIODIC_RATE);
    status += nx_tcp_socket_create(&ip_1, &server_socket, "Server Socket", NX_IP_NORMAL, NX_FRAGMENT_OKAY, NX_IP_TIME_TO_LIVE, 65535, NX_NULL, NX_NULL);
    ip_1.nx_ip_tcp_packet_receive = my_tcp_packet_receive;
    status += nx_tcp_server_socket_listen(&ip_1, 0x89, &server_socket, 5, NX_NULL);
    status += nx_tcp_server_socket_accept(&server_socket, 5 * NX_IP_PERIODIC_RATE);
    status += nx_tcp_socket_receive(&server_socket, &packet_ptr, 5 * NX_IP_PERIODIC_RATE);
    if (status)
    {
        error_counter++;
        return;
    }
    nx_packet_data_retrieve(packet_ptr, rcv_buffer, &recv_length);
    if (recv_length != 25 || memcmp(rcv_buffer, "segment", 7))
        error_counter++;
    nx_packet_release(packet_ptr);
    status =  nx_tcp_socket_disconnect(&server_socket, 5 * NX_IP_PERIODIC_RATE);
    status += nx_tcp_server_socket_unaccept(&server_socket);
    status += nx_tcp_server_socket_unlisten(&ip_1, 0x89);
    status += nx_tcp_socket_delete(&server_socket);
    if (status)
        error_counter++;
}

static void    my_tcp_packet_receive(NX_IP *ip_ptr, NX_PACKET *packet_ptr)
{
NX_TCP_HEADER   *tcp_header_ptr;

    tcp_header_ptr = (NX_TCP_HEADER *)packet_ptr -> nx_packet_prepend_ptr;
    NX_CHANGE_ULONG_ENDIAN(tcp_header_ptr -> nx_tcp_header_word_3);
    if (tcp_header_ptr -> nx_tcp_header_word_3 & NX_TCP_SYN_BIT)
        syn_seen++;
    if (packet_ptr -> nx_packet_length > 40 && !data_dropped)
    {
        data_dropped++;
        nx_packet_release(packet_ptr);
        return;
    }
    NX_CHANGE_ULONG_ENDIAN(tcp_header_ptr -> nx_tcp_header_word_3);
    _nx_tcp_packet_receive(ip_ptr, packet_ptr);
}
#else
void    regress_hook_application_define(void *first_unused_memory)
{
    NX_PARAMETER_NOT_USED(first_unused_memory);
    printf("NetX Test:   TCP Lost Segment Test.....................................N/A\n");
    test_control_return(3);
}
#endif
