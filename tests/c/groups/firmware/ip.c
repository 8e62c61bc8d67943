/* IP: instances, interfaces, gateway, statistics, raw packets, fragments, notification, forwarding. */

#include "check.h"
#include "nx_ip.h"

#define ONE    IP_ADDRESS(10, 0, 0, 1)
#define TWO    IP_ADDRESS(10, 0, 0, 2)
#define BEHIND IP_ADDRESS(10, 0, 0, 99)

static TASK boss, helper;
static NODE one, two;
static UINT changes;
static ULONG changed_to;
static UINT helper_status;
static NX_PACKET *helper_packet;
static UCHAR pattern[4000], buffer[4100];
static int information;

static VOID changed(NX_IP *ip, VOID *info)
{
    SAME(ip, &one.ip);
    SAME(info, &information);
    changes++;
    changed_to = ip->nx_ip_interface[0].nx_interface_ip_address;
}

static void instance_fields(void)
{
    NX_IP *ip = &one.ip;
    NX_INTERFACE *link = &ip->nx_ip_interface[0];
    CHAR *name = NULL;
    ULONG address = 0, mask = 0, mtu = 0, msw = 9, lsw = 9;
    EQUAL(ip->nx_ip_id, NX_IP_ID);
    TEXT(ip->nx_ip_name, "one");
    SAME(ip->nx_ip_default_packet_pool, &one.pool);
    EQUAL(ip->nx_ip_initialize_done, NX_TRUE);
    EQUAL(ip->nx_ip_gateway_address, 0);
    SAME(ip->nx_ip_gateway_interface, NULL);
    EQUAL(ip->nx_ip_udp_created_sockets_count, 0);
    EQUAL(ip->nx_ip_tcp_created_sockets_count, 0);
    EQUAL(ip->nx_ip_thread.tx_thread_priority, 1);
    EQUAL(ip->nx_ip_protection.tx_mutex_id, 0x4D555445U);
    EQUAL(ip->nx_ip_protection.tx_mutex_ownership_count, 0);
    DONE(tx_mutex_get(&ip->nx_ip_protection, TX_WAIT_FOREVER));
    SAME(ip->nx_ip_protection.tx_mutex_owner, &boss.thread);
    EQUAL(ip->nx_ip_protection.tx_mutex_ownership_count, 1);
    DONE(tx_mutex_put(&ip->nx_ip_protection));
    EQUAL(ip->nx_ip_protection.tx_mutex_ownership_count, 0);
    SAME(_nx_ip_created_ptr, ip);
    EQUAL(_nx_ip_created_count, 2);
    EQUAL(link->nx_interface_valid, NX_TRUE);
    EQUAL(link->nx_interface_link_up, NX_TRUE);
    EQUAL(link->nx_interface_index, 0);
    EQUAL(link->nx_interface_ip_address, ONE);
    EQUAL(link->nx_interface_ip_network_mask, NODE_MASK);
    EQUAL(link->nx_interface_ip_network, ONE & NODE_MASK);
    EQUAL(link->nx_interface_address_mapping_needed, NX_TRUE);
    EQUAL(link->nx_interface_link_status_change, NX_FALSE);
    EQUAL(link->nx_interface_reserved[0], 0);
    EQUAL(link->nx_interface_arp_defend_timeout, 0);
    EQUAL(link->nx_interface_ip_probe_address, 0);
    CHECK(link->nx_interface_ip_conflict_notify_handler == NULL);
    EQUAL(ip->nx_ip_events.tx_event_flags_group_id, 0x4456444EU);
    EQUAL(ip->nx_ip_events.tx_event_flags_group_current, 0);
    CHECK(link->nx_interface_link_driver_entry == _nx_ram_network_driver);
    DONE(nx_ip_interface_info_get(ip, 0, &name, &address, &mask, &mtu, &msw, &lsw));
    SAME(name, link->nx_interface_name);
    EQUAL(address, link->nx_interface_ip_address);
    EQUAL(mask, link->nx_interface_ip_network_mask);
    EQUAL(mtu, link->nx_interface_ip_mtu_size);
    EQUAL(mtu, 1500);
    EQUAL(msw, link->nx_interface_physical_address_msw);
    EQUAL(lsw, link->nx_interface_physical_address_lsw);
    EQUAL(msw, 0x0011);
    DONE(nx_ip_interface_physical_address_get(ip, 0, &msw, &lsw));
    EQUAL(lsw, link->nx_interface_physical_address_lsw);
    EQUAL(lsw, 0x22334456);
    link = &ip->nx_ip_interface[NX_LOOPBACK_INTERFACE];
    EQUAL(link->nx_interface_ip_address, IP_ADDRESS(127, 0, 0, 1));
    EQUAL(link->nx_interface_link_up, NX_TRUE);
    EQUAL(two.ip.nx_ip_interface[0].nx_interface_physical_address_lsw, 0x22334457);
}

static void addresses(void)
{
    ULONG address = 0, mask = 0, gateway = 0;
    DONE(nx_ip_address_change_notify(&one.ip, changed, &information));
    DONE(nx_ip_address_set(&one.ip, IP_ADDRESS(10, 0, 0, 7), 0xFFFF0000UL));
    EQUAL(changes, 1);
    EQUAL(changed_to, IP_ADDRESS(10, 0, 0, 7));
    EQUAL(one.ip.nx_ip_interface[0].nx_interface_ip_network, IP_ADDRESS(10, 0, 0, 0));
    EQUAL(one.ip.nx_ip_interface[0].nx_interface_ip_network_mask, 0xFFFF0000UL);
    DONE(nx_ip_address_get(&one.ip, &address, &mask));
    EQUAL(address, IP_ADDRESS(10, 0, 0, 7));
    EQUAL(mask, 0xFFFF0000UL);
    DONE(nx_ip_interface_address_set(&one.ip, 0, ONE, NODE_MASK));
    EQUAL(changes, 2);
    DONE(nx_ip_gateway_address_set(&one.ip, TWO));
    EQUAL(one.ip.nx_ip_gateway_address, TWO);
    SAME(one.ip.nx_ip_gateway_interface, &one.ip.nx_ip_interface[0]);
    DONE(nx_ip_gateway_address_get(&one.ip, &gateway));
    EQUAL(gateway, TWO);
    EQUAL(nx_ip_gateway_address_set(&one.ip, IP_ADDRESS(9, 9, 9, 9)), NX_IP_ADDRESS_ERROR);
    DONE(nx_ip_gateway_address_clear(&one.ip));
    EQUAL(one.ip.nx_ip_gateway_address, 0);
    SAME(one.ip.nx_ip_gateway_interface, NULL);
    EQUAL(nx_ip_interface_address_get(&one.ip, 5, &address, &mask), NX_INVALID_INTERFACE);
}

static void counters(void)
{
    ULONG sent = 0, sent_bytes = 0, received = 0, received_bytes = 0, rest[6];
    DONE(nx_ip_info_get(&one.ip, &sent, &sent_bytes, &received, &received_bytes, &rest[0], &rest[1], &rest[2],
                        &rest[3], &rest[4], &rest[5]));
    EQUAL(sent, one.ip.nx_ip_total_packets_sent);
    EQUAL(sent_bytes, one.ip.nx_ip_total_bytes_sent);
    EQUAL(received, one.ip.nx_ip_total_packets_received);
    EQUAL(received_bytes, one.ip.nx_ip_total_bytes_received);
}

static void set_address(NXD_ADDRESS *address, ULONG to)
{
    address->nxd_ip_version = NX_IP_VERSION_V4;
    address->nxd_ip_address.v4 = to;
}

static VOID receives_raw(ULONG input)
{
    helper_status = 0x99;
    helper_status = nx_ip_raw_packet_receive(&two.ip, &helper_packet, input);
}

static void send_raw(const char *text)
{
    NX_PACKET *packet = packet_with(&one.pool, NX_IP_PACKET, text, 1);
    DONE(nx_ip_raw_packet_send(&one.ip, packet, TWO, NX_IP_NORMAL));
}

static void raw(void)
{
    NX_PACKET *packet, *kept;
    NXD_ADDRESS address;
    ULONG id = one.ip.nx_ip_packet_id, sent = one.ip.nx_ip_total_packets_sent;
    DONE(nx_ip_raw_packet_enable(&one.ip));
    DONE(nx_ip_raw_packet_enable(&two.ip));
    EQUAL(nx_ip_raw_packet_receive(&two.ip, &helper_packet, 3), NX_NO_PACKET);
    task_start(&helper, "helper", receives_raw, NX_WAIT_FOREVER, 5);
    packet = packet_with(&one.pool, NX_IP_PACKET, "raw!", 4);
    DONE(nx_ip_raw_packet_send(&one.ip, packet, TWO, NX_IP_NORMAL | 0x00FE0000UL));
    SAME(packet, NULL);
    tx_thread_sleep(2);
    EQUAL(helper_status, NX_SUCCESS);
    EQUAL(one.ip.nx_ip_total_packets_sent, sent + 1);
    EQUAL(one.ip.nx_ip_packet_id, id + 1);
    EQUAL(helper_packet->nx_packet_length, 4);
    EQUAL(memcmp(helper_packet->nx_packet_prepend_ptr, "raw!", 4), 0);
    SAME(helper_packet->nx_packet_pool_owner, &two.pool);
    SAME(helper_packet->nx_packet_address.nx_packet_interface_ptr, &two.ip.nx_ip_interface[0]);
    SAME(helper_packet->nx_packet_ip_header, helper_packet->nx_packet_prepend_ptr - 20);
    EQUAL(helper_packet->nx_packet_ip_header[0], 0x45);
    EQUAL(helper_packet->nx_packet_ip_header[9], 0xFF);
    DONE(nx_packet_release(helper_packet));
    task_delete(&helper);
    set_address(&address, TWO);
    packet = packet_with(&one.pool, NX_IP_PACKET, "Yes", 3);
    DONE(nxd_ip_raw_packet_send(&one.ip, packet, &address, 0xFE, 9, 0));
    SAME(packet, NULL);
    packet = packet_with(&one.pool, NX_IP_PACKET, "No", 2);
    DONE(nx_ip_raw_packet_source_send(&one.ip, packet, TWO, 0, NX_IP_NORMAL));
    tx_thread_sleep(2);
    DONE(nx_ip_raw_packet_receive(&two.ip, &helper_packet, NX_NO_WAIT));
    EQUAL(memcmp(helper_packet->nx_packet_prepend_ptr, "Yes", 3), 0);
    EQUAL(helper_packet->nx_packet_ip_header[8], 9);
    EQUAL(helper_packet->nx_packet_ip_header[9], 0xFE);
    DONE(nx_packet_release(helper_packet));
    DONE(nx_ip_raw_packet_receive(&two.ip, &helper_packet, NX_NO_WAIT));
    EQUAL(memcmp(helper_packet->nx_packet_prepend_ptr, "No", 2), 0);
    DONE(nx_packet_release(helper_packet));
    packet = packet_with(&one.pool, NX_IP_PACKET, "duo", 3);
    kept = packet;
    DONE(nxd_ip_raw_packet_source_send(&one.ip, packet, &address, 0, 0xFD, 9, 0));
    SAME(packet, kept); /* this one leaves the caller's variable alone */
    tx_thread_sleep(2);
    DONE(nx_ip_raw_packet_receive(&two.ip, &helper_packet, NX_NO_WAIT));
    EQUAL(helper_packet->nx_packet_ip_header[9], 0xFD);
    DONE(nx_packet_release(helper_packet));
    DONE(nx_ip_raw_receive_queue_max_set(&two.ip, 1));
    send_raw("1");
    send_raw("2");
    tx_thread_sleep(2);
    DONE(nx_ip_raw_packet_receive(&two.ip, &helper_packet, NX_NO_WAIT));
    DONE(nx_packet_release(helper_packet));
    EQUAL(nx_ip_raw_packet_receive(&two.ip, &helper_packet, NX_NO_WAIT), NX_NO_PACKET);
    DONE(nx_ip_raw_receive_queue_max_set(&two.ip, 10));
    EQUAL(nx_ip_raw_packet_filter_set(&two.ip, NULL), NX_NOT_SUPPORTED);
}

static void fragments(void)
{
    NX_PACKET *packet;
    ULONG copied = 0, sent = one.ip.nx_ip_total_packets_sent;
    DONE(nx_ip_fragment_enable(&one.ip));
    DONE(nx_ip_fragment_enable(&two.ip));
    packet = packet_with(&one.pool, NX_IP_PACKET, pattern, sizeof pattern);
    CHECK(packet->nx_packet_next != NULL);
    DONE(nx_ip_raw_packet_send(&one.ip, packet, TWO, 0x00FE0000UL));
    tx_thread_sleep(2);
    EQUAL(one.ip.nx_ip_total_packets_sent - sent, 3);
    DONE(nx_ip_raw_packet_receive(&two.ip, &packet, NX_NO_WAIT));
    EQUAL(packet->nx_packet_length, sizeof pattern);
    CHECK(packet->nx_packet_next != NULL);
    CHECK(packet->nx_packet_last != NULL);
    SAME(packet->nx_packet_next->nx_packet_next, packet->nx_packet_last);
    SAME(packet->nx_packet_last->nx_packet_next, NULL);
    DONE(nx_packet_data_retrieve(packet, buffer, &copied));
    EQUAL(copied, sizeof pattern);
    EQUAL(memcmp(buffer, pattern, sizeof pattern), 0);
    DONE(nx_packet_release(packet));
    DONE(nx_ip_fragment_disable(&one.ip));
    DONE(nx_ip_raw_packet_disable(&one.ip));
    DONE(nx_ip_raw_packet_disable(&two.ip));
}

static void payload_sizes(void)
{
    NXD_ADDRESS to;
    ULONG offset = 0, size = 0;
    set_address(&to, TWO);
    DONE(nx_ip_max_payload_size_find(&one.ip, &to, 0, 0, 0, NX_PROTOCOL_UDP, &offset, &size));
    EQUAL(offset, NX_IPv4_UDP_PACKET);
    EQUAL(size, 1500 - 28);
    DONE(nx_ip_max_payload_size_find(&one.ip, &to, 0, 0, 0, NX_PROTOCOL_TCP, &offset, &size));
    EQUAL(size, 1500 - 40);
}

static void forwarding(void)
{
    NX_PACKET *response = NULL;
    ULONG forwarded = two.ip.nx_ip_total_packets_sent;
    /* Everything of one's goes through two, which has nobody to give it to but itself. */
    DONE(nx_ip_address_set(&one.ip, ONE, 0xFFFFFFFEUL));
    DONE(nx_ip_gateway_address_clear(&one.ip));
    DONE(nx_ip_forwarding_enable(&two.ip));
    DONE(nx_ip_address_set(&one.ip, ONE, NODE_MASK));
    DONE(nx_ip_gateway_address_set(&one.ip, TWO));
    EQUAL(nx_icmp_ping(&one.ip, IP_ADDRESS(192, 168, 1, 1), (CHAR *)"far", 3, &response, 50), NX_NO_RESPONSE);
    DONE(nx_ip_gateway_address_set(&two.ip, BEHIND));
    EQUAL(nx_icmp_ping(&one.ip, IP_ADDRESS(192, 168, 1, 1), (CHAR *)"far", 3, &response, 50), NX_NO_RESPONSE);
    CHECK(two.ip.nx_ip_total_packets_sent >= forwarded);
    DONE(nx_arp_entry_delete(&two.ip, BEHIND));
    DONE(nx_ip_gateway_address_clear(&two.ip));
    DONE(nx_ip_forwarding_disable(&two.ip));
    DONE(nx_ip_gateway_address_clear(&one.ip));
}

static void link_commands(void)
{
    ULONG value = 99, mtu = 0;
    NX_INTERFACE *link = &one.ip.nx_ip_interface[0];
    DONE(nx_ip_driver_direct_command(&one.ip, NX_LINK_GET_STATUS, &value));
    EQUAL(value, NX_TRUE);
    DONE(nx_ip_driver_direct_command(&one.ip, NX_LINK_DISABLE, &value));
    EQUAL(link->nx_interface_link_up, NX_FALSE);
    EQUAL(nx_ip_status_check(&one.ip, NX_IP_LINK_ENABLED, &value, 2), NX_NOT_SUCCESSFUL);
    DONE(nx_ip_driver_interface_direct_command(&one.ip, NX_LINK_ENABLE, 0, &value));
    EQUAL(link->nx_interface_link_up, NX_TRUE);
    EQUAL(nx_ip_driver_direct_command(&one.ip, NX_LINK_USER_COMMAND, &value), NX_UNHANDLED_COMMAND);
    DONE(nx_ip_interface_mtu_set(&one.ip, 0, 600));
    EQUAL(link->nx_interface_ip_mtu_size, 600);
    DONE(nx_ip_interface_physical_address_set(&one.ip, 0, 0x0200, 0x01020304, NX_TRUE));
    EQUAL(link->nx_interface_physical_address_lsw, 0x01020304);
    DONE(nx_ip_interface_info_get(&one.ip, 0, NULL, NULL, NULL, &mtu, NULL, NULL));
    EQUAL(mtu, 600);
    DONE(nx_ip_interface_mtu_set(&one.ip, 0, 1500));
    DONE(nx_ip_interface_address_mapping_configure(&one.ip, 0, NX_TRUE));
}

static void status_checks(void)
{
    ULONG status = 0, start = tx_time_get();
    DONE(nx_ip_status_check(&one.ip, NX_IP_INITIALIZE_DONE | NX_IP_TCP_ENABLED, &status, 1));
    EQUAL(nx_ip_status_check(&one.ip, 0x8000, &status, 1), NX_OPTION_ERROR);
    EQUAL(nx_ip_status_check(&one.ip, NX_IP_IGMP_ENABLED, &status, 5), NX_NOT_SUCCESSFUL);
    EQUAL(tx_time_get() - start, 5);
    EQUAL(nx_ip_interface_status_check(&one.ip, 0, NX_IP_ADDRESS_RESOLVED, &status, 0), NX_SUCCESS);
    EQUAL(nx_ip_create(&one.ip, (CHAR *)"x", 1, 2, &one.pool, _nx_ram_network_driver, one.stack, sizeof one.stack, 1),
          NX_PTR_ERROR);
    EQUAL(nx_ip_create(NULL, (CHAR *)"x", 1, 2, &one.pool, _nx_ram_network_driver, one.stack, sizeof one.stack, 1),
          NX_PTR_ERROR);
}

static VOID boss_entry(ULONG input)
{
    (void)input;
    node_wait(&one);
    node_wait(&two);
    instance_fields();
    status_checks();
    addresses();
    raw();
    fragments();
    counters();
    payload_sizes();
    forwarding();
    link_commands();
    node_delete(&two);
    EQUAL(_nx_ip_created_count, 1);
    node_delete(&one);
    SAME(_nx_ip_created_ptr, NULL);
}

GROUP(ip)
{
    UINT at;
    for (at = 0; at < sizeof pattern; at++)
        pattern[at] = (UCHAR)(at * 7 + at / 256);
    nx_system_initialize();
    node_create(&one, "one", ONE, _nx_ram_network_driver);
    EQUAL(one.ip.nx_ip_initialize_done, NX_FALSE);
    node_create(&two, "two", TWO, _nx_ram_network_driver);
    task_start(&boss, "boss", boss_entry, 0, 10);
}
