/* IPv6: addresses and their fields, neighbours, ping, UDP and TCP over it. */

#include "check.h"

#ifdef NX_DISABLE_IPV6
GROUP(ipv6)
{
}
#else

#define PORT 8000

static TASK boss, server_task;
static NODE one, two;
static NX_UDP_SOCKET udp_one, udp_two;
static NX_TCP_SOCKET client, server;
static NXD_ADDRESS global_one, global_two;
static UINT advertisements;
static UINT index_one, index_two, changes;
static ULONG state_seen;
static UINT server_status;

static void set(NXD_ADDRESS *address, ULONG a, ULONG b, ULONG c, ULONG d)
{
    address->nxd_ip_version = NX_IP_VERSION_V6;
    address->nxd_ip_address.v6[0] = a;
    address->nxd_ip_address.v6[1] = b;
    address->nxd_ip_address.v6[2] = c;
    address->nxd_ip_address.v6[3] = d;
}

static int equal(const NXD_ADDRESS *left, const NXD_ADDRESS *right)
{
    return left->nxd_ip_version == right->nxd_ip_version &&
           memcmp(left->nxd_ip_address.v6, right->nxd_ip_address.v6, 16) == 0;
}

static VOID changed(NX_IP *ip, UINT status, UINT interface_index, UINT address_index, ULONG *address)
{
    SAME(ip, &one.ip);
    EQUAL(interface_index, 0);
    CHECK(address != NULL);
    (void)status;
    (void)address_index;
    changes++;
}

static void addresses(void)
{
    NXD_ADDRESS found;
    NXD_IPV6_ADDRESS *block;
    ULONG prefix = 0;
    UINT link = 9, local = 9;
    DONE(nxd_ipv6_enable(&one.ip));
    DONE(nxd_ipv6_enable(&two.ip));
    EQUAL(nxd_ipv6_enable(&one.ip), NX_ALREADY_ENABLED);
    EQUAL(one.ip.nx_ipv6_hop_limit, 255);
    EQUAL(one.ip.nx_ipv6_reachable_timer, NX_REACHABLE_TIME);
    CHECK(one.ip.nx_ipv6_retrans_timer_ticks > 0);
    EQUAL(nxd_ipv6_disable(&one.ip), NX_SUCCESS);
    DONE(nxd_ipv6_enable(&one.ip));
    DONE(nxd_icmp_enable(&one.ip));
    DONE(nxd_icmp_enable(&two.ip));
#ifdef NX_ENABLE_IPV6_ADDRESS_CHANGE_NOTIFY
    DONE(nxd_ipv6_address_change_notify(&one.ip, changed));
#else
    EQUAL(nxd_ipv6_address_change_notify(&one.ip, changed), NX_NOT_ENABLED);
#endif
    DONE(nxd_ipv6_address_set(&one.ip, 0, NULL, 10, &local));
    DONE(nxd_ipv6_address_set(&one.ip, 0, &global_one, 64, &index_one));
    DONE(nxd_ipv6_address_set(&two.ip, 0, NULL, 10, &local));
    DONE(nxd_ipv6_address_set(&two.ip, 0, &global_two, 64, &index_two));
    block = &one.ip.nx_ipv6_address[index_one];
    state_seen = block->nxd_ipv6_address_state;
    EQUAL(block->nxd_ipv6_address_valid, NX_TRUE);
    EQUAL(block->nxd_ipv6_address_prefix_length, 64);
    EQUAL(block->nxd_ipv6_address_ConfigurationMethod, NX_IPV6_ADDRESS_MANUAL_CONFIG);
    EQUAL(block->nxd_ipv6_address_DupAddrDetectTransmit, NX_IPV6_DAD_TRANSMITS);
    CHECK(block->nxd_ipv6_address_type != 0);
    SAME(one.ip.nx_ip_interface[0].nxd_interface_ipv6_address_list_head->nxd_ipv6_address_next, block);
    EQUAL(one.ip.nx_ip_interface[0].nx_ipv6_rtr_solicitation_max, NX_ICMPV6_MAX_RTR_SOLICITATIONS);
    EQUAL(one.ip.nx_ip_interface[0].nx_ipv6_rtr_solicitation_interval, NX_ICMPV6_RTR_SOLICITATION_INTERVAL);
    EQUAL(block->nxd_ipv6_address_index, index_one);
    SAME(block->nxd_ipv6_address_attached, &one.ip.nx_ip_interface[0]);
    EQUAL(block->nxd_ipv6_address[0], 0x20010DB8U);
    EQUAL(block->nxd_ipv6_address[3], 1);
    tx_thread_sleep(600);
    CHECK(block->nxd_ipv6_address_state != state_seen);
    EQUAL(block->nxd_ipv6_address_state, NX_IPV6_ADDR_STATE_VALID);
    EQUAL(block->nxd_ipv6_address_DupAddrDetectTransmit, 0);
    CHECK(one.ip.nx_ip_interface[0].nx_ipv6_rtr_solicitation_count < NX_ICMPV6_MAX_RTR_SOLICITATIONS);
    CHECK(one.ip.nx_ip_interface[0].nxd_interface_ipv6_address_list_head != NULL);
    memset(&found, 0xA5, sizeof found);
    DONE(nxd_ipv6_address_get(&one.ip, index_one, &found, &prefix, &link));
    CHECK(equal(&found, &global_one));
    EQUAL(prefix, 64);
    EQUAL(link, 0);
#ifdef NX_ENABLE_IPV6_ADDRESS_CHANGE_NOTIFY
    CHECK(changes > 0);
#else
    EQUAL(changes, 0);
#endif
}

static void neighbours(void)
{
    NX_PACKET *response = NULL;
    ULONG msw = 0, lsw = 0;
    UINT link = 9;
    NXD_ADDRESS router, found;
    ULONG lifetime = 0, prefix = 0;
    DONE(nxd_icmp_ping(&one.ip, &global_two, (CHAR *)"six", 3, &response, 200));
    EQUAL(response->nx_packet_ip_version, NX_IP_VERSION_V6);
    EQUAL(memcmp(response->nx_packet_prepend_ptr, "six", 3), 0);
    DONE(nx_packet_release(response));
    DONE(nxd_icmp_source_ping(&one.ip, &global_two, index_one, (CHAR *)"six", 3, &response, 200));
    DONE(nx_packet_release(response));
    DONE(nxd_nd_cache_hardware_address_find(&one.ip, &global_two, &msw, &lsw, &link));
    EQUAL(msw, two.ip.nx_ip_interface[0].nx_interface_physical_address_msw);
    EQUAL(lsw, two.ip.nx_ip_interface[0].nx_interface_physical_address_lsw);
    memset(&router, 0xA5, sizeof router);
    DONE(nxd_nd_cache_ip_address_find(&one.ip, &router, msw, lsw, &link));
    EQUAL(router.nxd_ip_version, NX_IP_VERSION_V6);
    set(&router, 0x20010DB8, 0, 0, 0x99);
    DONE(nxd_nd_cache_entry_set(&one.ip, router.nxd_ip_address.v6, 0, (CHAR *)"\002\000\000\000\000\011"));
    DONE(nxd_nd_cache_hardware_address_find(&one.ip, &router, &msw, &lsw, &link));
    EQUAL(msw, 0x0200);
    EQUAL(lsw, 9);
    DONE(nxd_nd_cache_entry_delete(&one.ip, router.nxd_ip_address.v6));
    EQUAL(nxd_nd_cache_entry_delete(&one.ip, router.nxd_ip_address.v6), NX_ENTRY_NOT_FOUND);
    DONE(nxd_ipv6_default_router_add(&one.ip, &router, 100, 0));
    memset(&found, 0xA5, sizeof found);
    DONE(nxd_ipv6_default_router_get(&one.ip, 0, &found, &lifetime, &prefix));
    CHECK(equal(&found, &router));
    EQUAL(lifetime, 100);
    DONE(nxd_ipv6_default_router_delete(&one.ip, &router));
}

static VOID advertised(NX_IP *ip, UINT flags)
{
    SAME(ip, &one.ip);
    (void)flags;
    advertisements++;
}

static void groups(void)
{
    NXD_ADDRESS group;
    set(&group, 0xFF020000, 0, 0, 0x1234);
    DONE(nxd_icmpv6_ra_flag_callback_set(&one.ip, advertised));
    nxd_ipv6_multicast_interface_join(&one.ip, &group, 0);
    nxd_ipv6_multicast_interface_leave(&one.ip, &group, 0);
    EQUAL(advertisements, 0);
}

static void datagrams(void)
{
    NX_PACKET *packet;
    NXD_ADDRESS from;
    UINT port = 0, protocol = 0, link = 9;
    DONE(nx_udp_socket_create(&one.ip, &udp_one, (CHAR *)"one", 0, NX_FRAGMENT_OKAY, 64, 5));
    DONE(nx_udp_socket_create(&two.ip, &udp_two, (CHAR *)"two", 0, NX_FRAGMENT_OKAY, 64, 5));
    DONE(nx_udp_socket_bind(&udp_one, PORT, 0));
    DONE(nx_udp_socket_bind(&udp_two, PORT, 0));
    packet = packet_with(&one.pool, NX_IPv6_UDP_PACKET, "datagram", 8);
    DONE(nxd_udp_socket_send(&udp_one, packet, &global_two, PORT));
    SAME(packet, NULL);
    DONE(nx_udp_socket_receive(&udp_two, &packet, 50));
    EQUAL(packet->nx_packet_ip_version, NX_IP_VERSION_V6);
    SAME(packet->nx_packet_ip_header, packet->nx_packet_prepend_ptr - 48);
    SAME(packet->nx_packet_address.nx_packet_ipv6_address_ptr, &two.ip.nx_ipv6_address[index_two]);
    DONE(nxd_udp_source_extract(packet, &from, &port));
    CHECK(equal(&from, &global_one));
    EQUAL(port, PORT);
    DONE(nxd_udp_packet_info_extract(packet, &from, &protocol, &port, &link));
    EQUAL(protocol, 0x11);
    DONE(nx_packet_release(packet));
    packet = packet_with(&one.pool, NX_IPv6_UDP_PACKET, "again", 5);
    DONE(nxd_udp_socket_source_send(&udp_one, packet, &global_two, PORT, index_one));
    DONE(nx_udp_socket_receive(&udp_two, &packet, 50));
    EQUAL(memcmp(packet->nx_packet_prepend_ptr, "again", 5), 0);
    DONE(nx_packet_release(packet));
    DONE(nx_udp_socket_unbind(&udp_one));
    DONE(nx_udp_socket_unbind(&udp_two));
    DONE(nx_udp_socket_delete(&udp_one));
    DONE(nx_udp_socket_delete(&udp_two));
}

static VOID serve(ULONG input)
{
    NX_PACKET *packet = NULL;
    (void)input;
    DONE(nx_tcp_socket_create(&two.ip, &server, (CHAR *)"server", 0, NX_FRAGMENT_OKAY, 64, 4000, NULL, NULL));
    DONE(nx_tcp_server_socket_listen(&two.ip, PORT, &server, 5, NULL));
    server_status = nx_tcp_server_socket_accept(&server, NX_WAIT_FOREVER);
    EQUAL(server.nx_tcp_socket_connect_ip.nxd_ip_version, NX_IP_VERSION_V6);
    CHECK(equal(&server.nx_tcp_socket_connect_ip, &global_one));
    DONE(nx_tcp_socket_receive(&server, &packet, NX_WAIT_FOREVER));
    EQUAL(memcmp(packet->nx_packet_prepend_ptr, "over six", 8), 0);
    DONE(nx_packet_release(packet));
    DONE(nx_tcp_socket_disconnect(&server, 200));
    DONE(nx_tcp_server_socket_unaccept(&server));
    DONE(nx_tcp_server_socket_unlisten(&two.ip, PORT));
    DONE(nx_tcp_socket_delete(&server));
}

static void connection(void)
{
    NX_PACKET *packet;
    NXD_ADDRESS peer;
    ULONG port = 0;
    task_start(&server_task, "server", serve, 0, 8);
    DONE(nx_tcp_socket_create(&one.ip, &client, (CHAR *)"client", 0, NX_FRAGMENT_OKAY, 64, 4000, NULL, NULL));
    DONE(nx_tcp_client_socket_bind(&client, NX_ANY_PORT, 0));
    DONE(nxd_tcp_client_socket_connect(&client, &global_two, PORT, 200));
    EQUAL(client.nx_tcp_socket_connect_mss, 1440);
    CHECK(equal(&client.nx_tcp_socket_connect_ip, &global_two));
    memset(&peer, 0xA5, sizeof peer);
    DONE(nxd_tcp_socket_peer_info_get(&client, &peer, &port));
    CHECK(equal(&peer, &global_two));
    EQUAL(port, PORT);
    packet = packet_with(&one.pool, NX_IPv6_TCP_PACKET, "over six", 8);
    DONE(nx_tcp_socket_send(&client, packet, 100));
    EQUAL(nx_tcp_socket_receive(&client, &packet, 100), NX_NOT_CONNECTED);
    DONE(nx_tcp_socket_disconnect(&client, 200));
    DONE(nx_tcp_client_socket_unbind(&client));
    DONE(nx_tcp_socket_delete(&client));
    tx_thread_sleep(10);
    EQUAL(server_status, NX_SUCCESS);
    task_delete(&server_task);
}

static VOID boss_entry(ULONG input)
{
    (void)input;
    node_wait(&one);
    node_wait(&two);
    set(&global_one, 0x20010DB8, 0, 0, 1);
    set(&global_two, 0x20010DB8, 0, 0, 2);
    addresses();
    neighbours();
    groups();
    datagrams();
    connection();
    DONE(nxd_nd_cache_invalidate(&one.ip));
    DONE(nxd_ipv6_address_delete(&one.ip, index_one));
    EQUAL(one.ip.nx_ipv6_address[index_one].nxd_ipv6_address_valid, NX_FALSE);
    node_delete(&one);
    node_delete(&two);
}

GROUP(ipv6)
{
    nx_system_initialize();
    node_create(&one, "one", IP_ADDRESS(10, 0, 0, 1), _nx_ram_network_driver);
    node_create(&two, "two", IP_ADDRESS(10, 0, 0, 2), _nx_ram_network_driver);
    task_start(&boss, "boss", boss_entry, 0, 10);
}
#endif
