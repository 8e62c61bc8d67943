/* Fields that are nought until something rare happens: a lost segment, a wrong checksum, a conflict of addresses. */

#include "check.h"

#define ONE     IP_ADDRESS(10, 0, 0, 1)
#define TWO     IP_ADDRESS(10, 0, 0, 2)
#define PORT    7
#define SECONDS NX_IP_PERIODIC_RATE
#define SERVICE NX_IP_MIN_DELAY
#define WHOLE   NX_DONT_FRAGMENT

static TASK boss, server_task;
static NODE one, two;
static NX_TCP_SOCKET client, server;
static NX_UDP_SOCKET datagrams;
static ULONG last_msw, last_lsw;
static UINT spoil_next, header_length;

/* A driver in front of the wire: notes where a packet goes, and spoils the last byte of one. */
static VOID spoiler(NX_IP_DRIVER *request)
{
    NX_PACKET *packet = request->nx_ip_driver_packet;
    if (request->nx_ip_driver_command == NX_LINK_PACKET_SEND)
    {
        last_msw = request->nx_ip_driver_physical_address_msw;
        last_lsw = request->nx_ip_driver_physical_address_lsw;
        header_length = packet->nx_packet_ip_header_length;
        if (spoil_next)
            packet->nx_packet_append_ptr[-1] ^= 1;
        spoil_next = NX_FALSE;
    }
    _nx_ram_network_driver(request);
}

static void interfaces(void)
{
    NX_INTERFACE *link = &one.ip.nx_ip_interface[0], *loopback = &one.ip.nx_ip_interface[NX_LOOPBACK_INTERFACE];
    UINT priority = 0;
    EQUAL(link->nx_interface_index, 0);
    EQUAL(loopback->nx_interface_index, NX_LOOPBACK_INTERFACE);
    DONE(tx_thread_priority_change(&boss.thread, 0, &priority)); /* above the instance's thread */
    _nx_ip_driver_link_status_event(&one.ip, 0);
    EQUAL(link->nx_interface_link_status_change, NX_TRUE);
    DONE(tx_thread_priority_change(&boss.thread, priority, &priority));
    EQUAL(link->nx_interface_link_status_change, NX_FALSE);
}

static void conflict(void)
{
    NX_INTERFACE *link = &one.ip.nx_ip_interface[0];
    UINT seconds;
    EQUAL(link->nx_interface_arp_defend_timeout, 0);
    DONE(nx_ip_address_set(&two.ip, ONE, NODE_MASK));
    DONE(nx_arp_gratuitous_send(&two.ip, NX_NULL));
    tx_thread_sleep(2);
    DONE(nx_ip_address_set(&two.ip, TWO, NODE_MASK));
    for (seconds = NX_ARP_DEFEND_INTERVAL; seconds; seconds--)
    {
        EQUAL(link->nx_interface_arp_defend_timeout, seconds);
        tx_thread_sleep(SECONDS);
    }
    EQUAL(link->nx_interface_arp_defend_timeout, 0);
}

static void send(NX_UDP_SOCKET *socket, const char *text)
{
    NX_PACKET *packet = packet_with(&one.pool, NX_UDP_PACKET, text, (ULONG)strlen(text));
    DONE(nx_udp_socket_send(socket, packet, TWO, PORT));
}

static void checksums(void)
{
    static NX_UDP_SOCKET from;
    NX_PACKET *packet = NULL;
    ULONG received = two.ip.nx_ip_total_packets_received, bytes = two.ip.nx_ip_total_bytes_received;
    DONE(nx_udp_socket_create(&one.ip, &from, (CHAR *)"from", SERVICE, WHOLE, 64, 3));
    DONE(nx_udp_socket_create(&two.ip, &datagrams, (CHAR *)"datagrams", NX_IP_NORMAL, NX_FRAGMENT_OKAY, 64, 3));
    EQUAL(from.nx_udp_socket_type_of_service, SERVICE);
    EQUAL(from.nx_udp_socket_fragment_enable, WHOLE);
    DONE(nx_udp_socket_bind(&from, PORT, NX_NO_WAIT));
    DONE(nx_udp_socket_bind(&datagrams, PORT, NX_NO_WAIT));
    send(&from, "whole");
    tx_thread_sleep(2);
    spoil_next = NX_TRUE;
    send(&from, "spoilt");
    DONE(nx_udp_socket_receive(&datagrams, &packet, SECONDS));
    EQUAL(packet->nx_packet_ip_header_length, 20);
    EQUAL(packet->nx_packet_ip_header[1], (UINT)(SERVICE >> 16));
    DONE(nx_packet_release(packet));
    EQUAL(datagrams.nx_udp_socket_checksum_errors, 0);
    EQUAL(nx_udp_socket_receive(&datagrams, &packet, NX_NO_WAIT), NX_NO_PACKET);
    EQUAL(datagrams.nx_udp_socket_checksum_errors, 1);
    EQUAL(datagrams.nx_udp_socket_invalid_packets, 1);
    EQUAL(datagrams.nx_udp_socket_packets_received, 1);
    EQUAL(last_msw, two.ip.nx_ip_interface[0].nx_interface_physical_address_msw);
    EQUAL(last_lsw, two.ip.nx_ip_interface[0].nx_interface_physical_address_lsw);
    EQUAL(header_length, 20);
    EQUAL(two.ip.nx_ip_total_packets_received - received, 2);
    CHECK(two.ip.nx_ip_total_bytes_received - bytes >= 11);
    DONE(nx_udp_socket_unbind(&from));
    DONE(nx_udp_socket_delete(&from));
    DONE(nx_udp_socket_unbind(&datagrams));
    DONE(nx_udp_socket_delete(&datagrams));
}

static VOID serve(ULONG input)
{
    NX_PACKET *packet = NULL;
    DONE(nx_tcp_server_socket_accept(&server, 10 * SECONDS));
    while (nx_tcp_socket_receive(&server, &packet, NX_WAIT_FOREVER) == NX_SUCCESS)
        DONE(nx_packet_release(packet));
    DONE(nx_tcp_socket_disconnect(&server, NX_WAIT_FOREVER));
    (void)input;
}

/* The cable is out while two packets are sent; those on the way can be looked at by who has sent them. */
static void repeats(void)
{
    NX_PACKET *first, *second;
    ULONG unused, value = 0;
    first = packet_with(&one.pool, NX_TCP_PACKET, "first", 5);
    second = packet_with(&one.pool, NX_TCP_PACKET, "second", 6);
    DONE(nx_ip_driver_direct_command(&two.ip, NX_LINK_DISABLE, &unused));
    {
        NX_PACKET *sent = first;
        DONE(nx_tcp_socket_send(&client, sent, NX_NO_WAIT));
        sent = second;
        DONE(nx_tcp_socket_send(&client, sent, NX_NO_WAIT));
    }
    SAME(second->nx_packet_union_next.nx_packet_tcp_queue_next, (NX_PACKET *)(ALIGN_TYPE)NX_PACKET_ENQUEUED);
    SAME(second->nx_packet_queue_next, (NX_PACKET *)(ALIGN_TYPE)NX_DRIVER_TX_DONE);
    EQUAL(client.nx_tcp_socket_timeout_retries, 0);
    tx_thread_sleep(SECONDS + 20);
    EQUAL(client.nx_tcp_socket_timeout_retries, 1);
    CHECK(client.nx_tcp_socket_retransmit_packets > 0);
    DONE(nx_ip_driver_direct_command(&two.ip, NX_LINK_ENABLE, &unused));
    tx_thread_sleep(3 * SECONDS);
    first = packet_with(&one.pool, NX_TCP_PACKET, "third", 5);
    DONE(nx_tcp_socket_send(&client, first, NX_NO_WAIT));
    EQUAL(client.nx_tcp_socket_timeout_retries, 0);
    DONE(nx_tcp_socket_info_get(&client, NX_NULL, NX_NULL, NX_NULL, NX_NULL, &value, NX_NULL, NX_NULL, NX_NULL, NX_NULL,
                                NX_NULL, NX_NULL));
    EQUAL(value, client.nx_tcp_socket_retransmit_packets);
    EQUAL(client.nx_tcp_socket_checksum_errors, 0); /* a device does not count them by socket */
}

static void connection(void)
{
    DONE(nx_tcp_socket_create(&two.ip, &server, (CHAR *)"server", NX_IP_NORMAL, NX_FRAGMENT_OKAY, 64, 4000, NX_NULL,
                              NX_NULL));
    DONE(nx_tcp_server_socket_listen(&two.ip, PORT, &server, 2, NX_NULL));
    task_start(&server_task, "server", serve, 0, 3);
    DONE(nx_tcp_socket_create(&one.ip, &client, (CHAR *)"client", SERVICE, WHOLE, 64, 4000, NX_NULL, NX_NULL));
    EQUAL(client.nx_tcp_socket_type_of_service, SERVICE);
    EQUAL(client.nx_tcp_socket_fragment_enable, WHOLE);
    DONE(nx_tcp_client_socket_bind(&client, NX_ANY_PORT, NX_NO_WAIT));
    DONE(nx_tcp_client_socket_connect(&client, TWO, PORT, 5 * SECONDS));
    repeats();
    DONE(nx_tcp_socket_disconnect(&client, 5 * SECONDS));
    DONE(nx_tcp_client_socket_unbind(&client));
    DONE(nx_tcp_socket_delete(&client));
    tx_thread_sleep(SECONDS);
    DONE(nx_tcp_server_socket_unaccept(&server));
    DONE(nx_tcp_server_socket_unlisten(&two.ip, PORT));
    DONE(nx_tcp_socket_delete(&server));
    task_delete(&server_task);
}

static void solicitations(void)
{
    NX_INTERFACE *link = &one.ip.nx_ip_interface[0];
    ULONG timer;
    UINT local = 9;
    DONE(nxd_ipv6_enable(&one.ip));
    DONE(nxd_icmp_enable(&one.ip));
    DONE(nxd_ipv6_address_set(&one.ip, 0, NX_NULL, 10, &local));
    EQUAL(link->nx_ipv6_rtr_solicitation_count, NX_ICMPV6_MAX_RTR_SOLICITATIONS);
    EQUAL(link->nx_ipv6_rtr_solicitation_timer, NX_ICMPV6_RTR_SOLICITATION_DELAY);
    while (link->nx_ipv6_rtr_solicitation_count == NX_ICMPV6_MAX_RTR_SOLICITATIONS)
        tx_thread_sleep(1);
    for (timer = NX_ICMPV6_RTR_SOLICITATION_INTERVAL; timer; timer--)
    {
        EQUAL(link->nx_ipv6_rtr_solicitation_count, NX_ICMPV6_MAX_RTR_SOLICITATIONS - 1);
        EQUAL(link->nx_ipv6_rtr_solicitation_timer, timer);
        tx_thread_sleep(SECONDS);
    }
    EQUAL(link->nx_ipv6_rtr_solicitation_count, NX_ICMPV6_MAX_RTR_SOLICITATIONS - 2);
    tx_thread_sleep(30 * SECONDS);
    EQUAL(link->nx_ipv6_rtr_solicitation_count, 0);
    EQUAL(link->nx_ipv6_rtr_solicitation_timer, 0);
}

static VOID boss_entry(ULONG input)
{
    node_wait(&one);
    node_wait(&two);
    interfaces();
    conflict();
    checksums();
    connection();
    solicitations();
    node_delete(&one);
    node_delete(&two);
    (void)input;
}

GROUP(fields)
{
    spoil_next = NX_FALSE;
    nx_system_initialize();
    node_create(&one, "one", ONE, spoiler);
    node_create(&two, "two", TWO, _nx_ram_network_driver);
    task_start(&boss, "boss", boss_entry, 0, 4);
}
