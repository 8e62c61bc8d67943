/* ICMP: echo with payloads of all sizes, what comes back, statistics, silence. */

#include "check.h"

#define ONE IP_ADDRESS(10, 0, 0, 1)
#define TWO IP_ADDRESS(10, 0, 0, 2)

static TASK boss, helper;
static NODE one, two;
static UCHAR pattern[1400], buffer[1500];
static UINT helper_status;

static void echo(ULONG size)
{
    NX_PACKET *response = NULL;
    ULONG copied = 0;
    DONE(nx_icmp_ping(&one.ip, TWO, (CHAR *)pattern, size, &response, 100));
    CHECK(response != NULL);
    EQUAL(response->nx_packet_length, size);
    SAME(response->nx_packet_pool_owner, &one.pool);
    EQUAL(response->nx_packet_ip_version, NX_IP_VERSION_V4);
    DONE(nx_packet_data_retrieve(response, buffer, &copied));
    EQUAL(copied, size);
    EQUAL(memcmp(buffer, pattern, size), 0);
    DONE(nx_packet_release(response));
    SAME(response, NULL);
}

static VOID pings(ULONG input)
{
    NX_PACKET *response = NULL;
    helper_status = 0x99;
    helper_status = nx_icmp_ping(&one.ip, input, (CHAR *)"x", 1, &response, NX_WAIT_FOREVER);
}

static void silence(void)
{
    NX_PACKET *response = NULL;
    ULONG start = tx_time_get();
    DONE(nx_arp_static_entry_create(&one.ip, IP_ADDRESS(10, 0, 0, 9), 0x0011, 0x99999999));
    EQUAL(nx_icmp_ping(&one.ip, IP_ADDRESS(10, 0, 0, 9), (CHAR *)"x", 1, &response, 30), NX_NO_RESPONSE);
    EQUAL(tx_time_get() - start, 30);
    EQUAL(nx_icmp_ping(&one.ip, IP_ADDRESS(172, 16, 0, 1), (CHAR *)"x", 1, &response, 30), NX_IP_ADDRESS_ERROR);
    task_start(&helper, "helper", pings, IP_ADDRESS(10, 0, 0, 9), 5);
    EQUAL(helper.thread.tx_thread_state, TX_TCP_IP);
    DONE(tx_thread_wait_abort(&helper.thread));
    EQUAL(helper_status, NX_WAIT_ABORTED);
    task_delete(&helper);
    task_start(&helper, "helper", pings, IP_ADDRESS(10, 0, 0, 9), 5);
    DONE(tx_thread_terminate(&helper.thread));
    EQUAL(helper_status, 0x99);
    task_delete(&helper);
}

static void statistics(void)
{
    ULONG sent = 0, timeouts = 0, suspended = 9, responses = 0, checksum = 9, unhandled = 9;
    DONE(nx_icmp_info_get(&one.ip, &sent, &timeouts, &suspended, &responses, &checksum, &unhandled));
    EQUAL(sent, 7);
    EQUAL(responses, 4);
    EQUAL(suspended, 0);
    EQUAL(checksum, 0);
    EQUAL(unhandled, 0);
}

static VOID boss_entry(ULONG input)
{
    NX_PACKET *response = NULL;
    (void)input;
    node_wait(&one);
    node_wait(&two);
    echo(1);
    echo(56);
    echo(1400);
    DONE(nx_icmp_ping(&one.ip, IP_ADDRESS(127, 0, 0, 1), (CHAR *)"self", 4, &response, 100));
    EQUAL(memcmp(response->nx_packet_prepend_ptr, "self", 4), 0);
    SAME(response->nx_packet_address.nx_packet_interface_ptr, &one.ip.nx_ip_interface[NX_LOOPBACK_INTERFACE]);
    DONE(nx_packet_release(response));
    silence();
    statistics();
    node_delete(&one);
    node_delete(&two);
}

GROUP(icmp)
{
    UINT at;
    for (at = 0; at < sizeof pattern; at++)
        pattern[at] = (UCHAR)(at * 3);
    nx_system_initialize();
    node_create(&one, "one", ONE, _nx_ram_network_driver);
    node_create(&two, "two", TWO, _nx_ram_network_driver);
    task_start(&boss, "boss", boss_entry, 0, 10);
}
