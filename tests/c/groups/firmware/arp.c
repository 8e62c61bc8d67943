/* ARP: resolution by traffic, the table's services, announcements with a handler in C. */

#include "check.h"

#define ONE IP_ADDRESS(10, 0, 0, 1)
#define TWO IP_ADDRESS(10, 0, 0, 2)

static TASK boss;
static NODE one, two;
static UINT answered, conflict;

static VOID conflicts(NX_IP *ip, NX_PACKET *packet)
{
    SAME(ip, &one.ip);
    EQUAL(packet->nx_packet_length, NX_ARP_MESSAGE_SIZE);
    EQUAL(packet->nx_packet_prepend_ptr[17] | packet->nx_packet_prepend_ptr[14] << 8, 10 << 8 | 1);
    answered++;
    DONE(nx_packet_release(packet));
}

static void resolution(void)
{
    NX_PACKET *response = NULL;
    ULONG msw = 0, lsw = 0, address = 0;
    EQUAL(nx_arp_hardware_address_find(&one.ip, TWO, &msw, &lsw), NX_ENTRY_NOT_FOUND);
    DONE(nx_icmp_ping(&one.ip, TWO, (CHAR *)"who", 3, &response, 100));
    DONE(nx_packet_release(response));
    DONE(nx_arp_hardware_address_find(&one.ip, TWO, &msw, &lsw));
    EQUAL(msw, two.ip.nx_ip_interface[0].nx_interface_physical_address_msw);
    EQUAL(lsw, two.ip.nx_ip_interface[0].nx_interface_physical_address_lsw);
    DONE(nx_arp_ip_address_find(&one.ip, &address, msw, lsw));
    EQUAL(address, TWO);
    DONE(nx_arp_hardware_address_find(&two.ip, ONE, &msw, &lsw));
    EQUAL(lsw, one.ip.nx_ip_interface[0].nx_interface_physical_address_lsw);
}

static void table(void)
{
    ULONG msw = 0, lsw = 0, fixed = 9, dynamic = 9, rest[6];
    DONE(nx_arp_static_entry_create(&one.ip, IP_ADDRESS(10, 0, 0, 50), 0x0002, 0x03040506));
    DONE(nx_arp_dynamic_entry_set(&one.ip, IP_ADDRESS(10, 0, 0, 51), 0x0002, 0x03040507));
    DONE(nx_arp_hardware_address_find(&one.ip, IP_ADDRESS(10, 0, 0, 50), &msw, &lsw));
    EQUAL(lsw, 0x03040506);
    DONE(nx_arp_info_get(&one.ip, &rest[0], &rest[1], &rest[2], &rest[3], &dynamic, &fixed, &rest[4], &rest[5]));
    EQUAL(rest[0], 1);
    EQUAL(rest[3], 1);
    EQUAL(dynamic, 2);
    EQUAL(fixed, 1);
    DONE(nx_arp_dynamic_entries_invalidate(&one.ip));
    DONE(nx_arp_static_entry_delete(&one.ip, IP_ADDRESS(10, 0, 0, 50), 0x0002, 0x03040506));
    EQUAL(nx_arp_static_entry_delete(&one.ip, IP_ADDRESS(10, 0, 0, 50), 2, 3), NX_ENTRY_NOT_FOUND);
    DONE(nx_arp_static_entries_delete(&one.ip));
    EQUAL(nx_arp_static_entry_create(&one.ip, 0, 0x0002, 0x03040506), NX_IP_ADDRESS_ERROR);
}

static void announcement(void)
{
    ULONG lsw = 0, msw = 0;
    DONE(nx_arp_gratuitous_send(&one.ip, conflicts));
    tx_thread_sleep(2);
    EQUAL(answered, 0);
    DONE(nx_arp_hardware_address_find(&two.ip, ONE, &msw, &lsw));
    EQUAL(lsw, 0x22334456);
    /* The other one takes the address of this one, and answers for it. */
    DONE(nx_ip_address_set(&two.ip, ONE, NODE_MASK));
    DONE(nx_arp_gratuitous_send(&one.ip, conflicts));
    tx_thread_sleep(2);
    EQUAL(answered, 1);
    DONE(nx_ip_address_set(&two.ip, TWO, NODE_MASK));
}

static VOID taken(NX_IP *ip, UINT index, ULONG address, ULONG msw, ULONG lsw)
{
    SAME(ip, &one.ip);
    EQUAL(index, 0);
    EQUAL(address, ONE);
    EQUAL(msw, two.ip.nx_ip_interface[0].nx_interface_physical_address_msw);
    EQUAL(lsw, two.ip.nx_ip_interface[0].nx_interface_physical_address_lsw);
    conflict++;
}

static VOID watch_again(ULONG input)
{
    one.ip.nx_ip_interface[input].nx_interface_ip_conflict_notify_handler = taken;
    one.ip.nx_ip_interface[input].nx_interface_ip_probe_address = ONE;
}

/* A field that the application writes itself. */
static void conflict_notification(void)
{
    NX_INTERFACE *link = &one.ip.nx_ip_interface[0];
    link->nx_interface_ip_conflict_notify_handler = taken;
    link->nx_interface_ip_probe_address = ONE;
    DONE(nx_ip_address_set(&two.ip, ONE, NODE_MASK));
    DONE(nx_arp_gratuitous_send(&two.ip, NULL));
    tx_thread_sleep(2);
    EQUAL(conflict, 1);
    CHECK(link->nx_interface_ip_conflict_notify_handler == taken);
    link->nx_interface_ip_conflict_notify_handler = NULL;
    link->nx_interface_ip_probe_address = 0;
    DONE(nx_arp_gratuitous_send(&two.ip, NULL));
    tx_thread_sleep(2);
    EQUAL(conflict, 1);
    /* From an interrupt, no service involved. */
    netx_after_us(15000, watch_again, 0);
    tx_thread_sleep(3);
    DONE(nx_arp_gratuitous_send(&two.ip, NULL));
    EQUAL(conflict, 2);
    link->nx_interface_ip_conflict_notify_handler = NULL;
    DONE(nx_ip_address_set(&two.ip, TWO, NODE_MASK));
}

static void unanswered(void)
{
    NX_PACKET *packet = NULL;
    UINT count;
    DONE(nx_arp_dynamic_entries_invalidate(&one.ip));
    for (count = 0; count < 6; count++)
        EQUAL(nx_icmp_ping(&one.ip, IP_ADDRESS(10, 0, 0, 77), (CHAR *)"?", 1, &packet, NX_NO_WAIT), NX_NO_RESPONSE);
    /* Four wait for the answer; the others made room. */
    EQUAL(one.pool.nx_packet_pool_total - one.pool.nx_packet_pool_available, NX_ARP_MAX_QUEUE_DEPTH);
    EQUAL(netx_leaks(), NX_ARP_MAX_QUEUE_DEPTH);
    DONE(nx_arp_entry_delete(&one.ip, IP_ADDRESS(10, 0, 0, 77)));
    EQUAL(one.pool.nx_packet_pool_available, one.pool.nx_packet_pool_total);
}

static VOID boss_entry(ULONG input)
{
    (void)input;
    node_wait(&one);
    node_wait(&two);
    resolution();
    table();
    announcement();
    conflict_notification();
    unanswered();
    EQUAL(nx_arp_enable(&one.ip, one.arp, sizeof one.arp), NX_ALREADY_ENABLED);
    node_delete(&one);
    node_delete(&two);
}

GROUP(arp)
{
    nx_system_initialize();
    node_create(&one, "one", ONE, _nx_ram_network_driver);
    node_create(&two, "two", TWO, _nx_ram_network_driver);
    task_start(&boss, "boss", boss_entry, 0, 10);
}
