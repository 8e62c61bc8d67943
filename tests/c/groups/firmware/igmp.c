/* IGMP: joining groups, datagrams to them, queries nobody asks, loopback of one's own. */

#include "check.h"

#define ONE   IP_ADDRESS(10, 0, 0, 1)
#define TWO   IP_ADDRESS(10, 0, 0, 2)
#define GROUP_ADDRESS IP_ADDRESS(224, 0, 1, 5)

static TASK boss;
static NODE one, two;
static NX_UDP_SOCKET from, to;

static void send(void)
{
    NX_PACKET *packet = packet_with(&one.pool, NX_UDP_PACKET, "all", 3);
    DONE(nx_udp_socket_send(&from, packet, GROUP_ADDRESS, 900));
    tx_thread_sleep(2);
}

static void joined(ULONG reports)
{
    ULONG sent = 9, queries = 9, checksum = 9, groups = 9;
    NX_PACKET *packet = NULL;
    DONE(nx_igmp_info_get(&two.ip, &sent, &queries, &checksum, &groups));
    EQUAL(groups, 1);
    EQUAL(queries, 0);
    EQUAL(checksum, 0);
    CHECK(sent >= reports);
    send();
    DONE(nx_udp_socket_receive(&to, &packet, NX_NO_WAIT));
    EQUAL(memcmp(packet->nx_packet_prepend_ptr, "all", 3), 0);
    DONE(nx_packet_release(packet));
}

static void left(void)
{
    NX_PACKET *packet = NULL;
    ULONG groups = 9;
    send();
    EQUAL(nx_udp_socket_receive(&to, &packet, NX_NO_WAIT), NX_NO_PACKET);
    DONE(nx_igmp_info_get(&two.ip, NULL, NULL, NULL, &groups));
    EQUAL(groups, 0);
}

static VOID boss_entry(ULONG input)
{
    NX_PACKET *packet = NULL;
    (void)input;
    node_wait(&one);
    node_wait(&two);
    DONE(nx_igmp_enable(&one.ip));
    DONE(nx_igmp_enable(&two.ip));
    EQUAL(nx_igmp_enable(&two.ip), NX_ALREADY_ENABLED);
    DONE(nx_udp_socket_create(&one.ip, &from, (CHAR *)"from", 0, NX_FRAGMENT_OKAY, 1, 5));
    DONE(nx_udp_socket_create(&two.ip, &to, (CHAR *)"to", 0, NX_FRAGMENT_OKAY, 1, 5));
    DONE(nx_udp_socket_bind(&from, 900, NX_NO_WAIT));
    DONE(nx_udp_socket_bind(&to, 900, NX_NO_WAIT));
    left();
    DONE(nx_igmp_multicast_join(&two.ip, GROUP_ADDRESS));
    tx_thread_sleep(200);
    joined(1);
    DONE(nx_igmp_multicast_leave(&two.ip, GROUP_ADDRESS));
    left();
    DONE(nx_igmp_multicast_interface_join(&two.ip, GROUP_ADDRESS, 0));
    joined(1);
    DONE(nx_igmp_multicast_interface_leave(&two.ip, GROUP_ADDRESS, 0));
    DONE(nx_ipv4_multicast_interface_join(&two.ip, GROUP_ADDRESS, 0));
    joined(0);
    DONE(nx_ipv4_multicast_interface_leave(&two.ip, GROUP_ADDRESS, 0));
    left();
    EQUAL(nx_igmp_multicast_leave(&two.ip, GROUP_ADDRESS), NX_ENTRY_NOT_FOUND);
    EQUAL(nx_igmp_multicast_join(&two.ip, ONE), NX_IP_ADDRESS_ERROR);
    DONE(nx_igmp_loopback_enable(&one.ip)); /* for groups joined from now on */
    DONE(nx_igmp_multicast_join(&one.ip, GROUP_ADDRESS));
    send();
    DONE(nx_udp_socket_receive(&from, &packet, NX_NO_WAIT));
    DONE(nx_packet_release(packet));
    DONE(nx_igmp_loopback_disable(&one.ip));
    DONE(nx_igmp_multicast_leave(&one.ip, GROUP_ADDRESS));
    DONE(nx_igmp_multicast_join(&one.ip, GROUP_ADDRESS));
    send();
    EQUAL(nx_udp_socket_receive(&from, &packet, NX_NO_WAIT), NX_NO_PACKET);
    DONE(nx_igmp_multicast_leave(&one.ip, GROUP_ADDRESS));
    DONE(nx_udp_socket_unbind(&from));
    DONE(nx_udp_socket_unbind(&to));
    DONE(nx_udp_socket_delete(&from));
    DONE(nx_udp_socket_delete(&to));
    node_delete(&one);
    node_delete(&two);
}

GROUP(igmp)
{
    nx_system_initialize();
    node_create(&one, "one", ONE, _nx_ram_network_driver);
    node_create(&two, "two", TWO, _nx_ram_network_driver);
    task_start(&boss, "boss", boss_entry, 0, 10);
}
