/* Without error checking: names are those of the cores, no hidden sizes, the caller's variables stay as they are. */

#include "check.h"

#define ONE IP_ADDRESS(10, 0, 0, 1)
#define TWO IP_ADDRESS(10, 0, 0, 2)

static TASK boss;
static NODE one, two;
static NX_UDP_SOCKET from, to;
static TX_SEMAPHORE semaphore;

static void names(void)
{
    CHECK(nx_packet_release == _nx_packet_release);
    CHECK(nx_tcp_socket_send == _nx_tcp_socket_send);
    CHECK(nx_ip_create == _nx_ip_create);
    CHECK(tx_semaphore_put == _tx_semaphore_put);
    CHECK(tx_thread_create == _tx_thread_create);
}

static VOID boss_entry(ULONG input)
{
    NX_PACKET *packet, *before;
    ULONG start = tx_time_get();
    (void)input;
    EQUAL(TX_TIMER_TICKS_PER_SECOND, 1000);
    EQUAL(NX_IP_PERIODIC_RATE, 1000);
    names();
    node_wait(&one);
    node_wait(&two);
    DONE(nx_udp_socket_create(&one.ip, &from, (CHAR *)"from", 0, NX_FRAGMENT_OKAY, 64, 5));
    DONE(nx_udp_socket_create(&two.ip, &to, (CHAR *)"to", 0, NX_FRAGMENT_OKAY, 64, 5));
    DONE(nx_udp_socket_bind(&from, 1000, NX_NO_WAIT));
    DONE(nx_udp_socket_bind(&to, 1000, NX_NO_WAIT));
    packet = before = packet_with(&one.pool, NX_UDP_PACKET, "plain", 5);
    DONE(nx_udp_socket_send(&from, packet, TWO, 1000));
    SAME(packet, before);
    DONE(nx_udp_socket_receive(&to, &packet, 100));
    EQUAL(memcmp(packet->nx_packet_prepend_ptr, "plain", 5), 0);
    before = packet;
    DONE(nx_packet_release(packet));
    SAME(packet, before);
    /* The checked one, called by its own name, still looks. */
    EQUAL(_nxe_packet_release(&packet), NX_PTR_ERROR);
    EQUAL(_txe_semaphore_put(&semaphore), TX_SEMAPHORE_ERROR);
    DONE(tx_semaphore_create(&semaphore, (CHAR *)"semaphore", 1));
    DONE(tx_semaphore_get(&semaphore, TX_NO_WAIT));
    EQUAL(tx_semaphore_get(&semaphore, 20), TX_NO_INSTANCE);
    EQUAL(semaphore.tx_semaphore_count, 0);
    CHECK(tx_time_get() - start >= 20);
    DONE(nx_udp_socket_unbind(&from));
    DONE(nx_udp_socket_unbind(&to));
    DONE(nx_udp_socket_delete(&from));
    DONE(nx_udp_socket_delete(&to));
    node_delete(&one);
    node_delete(&two);
}

GROUP(unchecked)
{
    nx_system_initialize();
    node_create(&one, "one", ONE, _nx_ram_network_driver);
    node_create(&two, "two", TWO, _nx_ram_network_driver);
    task_start(&boss, "boss", boss_entry, 0, 10);
}

static VOID null_entry(ULONG input)
{
    (void)input;
    tx_semaphore_put(NULL);
    CHECK(0);
}

/* On a device: a write through a null pointer. */
GROUP(null)
{
    task_start(&boss, "boss", null_entry, 0, 10);
}
