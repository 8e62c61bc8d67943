/* Multicast, raw packets, fragments, broadcasts and the loopback address, in one device and its neighbour. */
#include "nx_api.h"
#include "nx_ip.h"
#include "nx_udp.h"
#include "nx_igmp.h"
static NX_PACKET_POOL pool; static UCHAR pool_area[1700 * 30];
static NX_IP a, b; static UCHAR stacks[4][2048], arp[2][1024]; static TX_THREAD ta, tb; static NX_UDP_SOCKET ua, ub; static UINT errors, seen, filtered, notified, udp_taken;
extern VOID _nx_ram_network_driver_1024(NX_IP_DRIVER *);
#define CHECK(x) do { UINT s_ = (x); if (s_) { errors++; printf("line %d: 0x%x\n", __LINE__, s_); } } while (0)
#define TRUE_(x) do { if (!(x)) { errors++; printf("line %d: %s\n", __LINE__, #x); } } while (0)
#define GROUP IP_ADDRESS(224, 0, 0, 55)
static UINT filter(NX_IP *ip, ULONG protocol, NX_PACKET *packet) { filtered++; TRUE_(ip == &b && packet->nx_packet_length > 0); return (protocol >> 16 & 0xFF) == 99 ? NX_SUCCESS : NX_NOT_SUCCESSFUL; }
static VOID got(NX_UDP_SOCKET *socket) { TRUE_(socket == &ub); notified++; }
static VOID udp_watch(NX_IP *ip, NX_PACKET *packet)
{
    NX_UDP_HEADER *header = (NX_UDP_HEADER *)(VOID *)packet->nx_packet_prepend_ptr;
    ULONG word = header->nx_udp_header_word_0;
    NX_CHANGE_ULONG_ENDIAN(word);
    if ((word & NX_LOWER_16_MASK) == 7000) udp_taken++;
    _nx_udp_packet_receive(ip, packet);
}
static NX_PACKET *make(ULONG type, ULONG size)
{
    static UCHAR pattern[4000]; NX_PACKET *packet = NX_NULL; ULONG i;
    for (i = 0; i < sizeof pattern; i++) pattern[i] = (UCHAR)(i >> 2);
    CHECK(nx_packet_allocate(&pool, &packet, type, NX_WAIT_FOREVER));
    CHECK(nx_packet_data_append(packet, pattern, size, &pool, NX_WAIT_FOREVER));
    return packet;
}
static VOID a_entry(ULONG input)
{
    NX_PACKET *packet; ULONG x, y, z, w; (VOID)input;
    tx_thread_sleep(5);
    CHECK(nx_udp_socket_create(&a, &ua, "ua", NX_IP_NORMAL, NX_FRAGMENT_OKAY, 0x80, 5));
    CHECK(nx_udp_socket_bind(&ua, 6000, NX_WAIT_FOREVER));
    packet = make(NX_UDP_PACKET, 10); CHECK(nx_udp_socket_send(&ua, packet, GROUP, 7000));
    packet = make(NX_UDP_PACKET, 3000); CHECK(nx_udp_socket_send(&ua, packet, IP_ADDRESS(10, 0, 0, 2), 7000));
    packet = make(NX_UDP_PACKET, 20); CHECK(nx_udp_socket_send(&ua, packet, IP_ADDRESS(10, 0, 0, 255), 7000));
    packet = make(NX_UDP_PACKET, 21); CHECK(nx_udp_socket_send(&ua, packet, 0xFFFFFFFF, 7000));
    packet = make(NX_UDP_PACKET, 22); CHECK(nx_udp_socket_send(&ua, packet, IP_ADDRESS(127, 0, 0, 1), 6000));
    CHECK(nx_udp_socket_receive(&ua, &packet, 100)); TRUE_(packet->nx_packet_length == 22); CHECK(nx_packet_release(packet));
    packet = make(NX_IP_PACKET, 30); CHECK(nx_ip_raw_packet_send(&a, packet, IP_ADDRESS(10, 0, 0, 2), 99 << 16)); TRUE_(packet == NX_NULL);
    packet = make(NX_IP_PACKET, 31); CHECK(nx_ip_raw_packet_send(&a, packet, IP_ADDRESS(10, 0, 0, 2), 98 << 16));
    TRUE_(a.nx_ip_total_fragments_sent >= 3 && a.nx_ip_udp_packets_sent == 5);
    CHECK(nx_ip_info_get(&a, &x, NX_NULL, &y, NX_NULL, &z, NX_NULL, NX_NULL, NX_NULL, &w, NX_NULL));
    TRUE_(x == a.nx_ip_total_packets_sent && w == a.nx_ip_total_fragments_sent);
    CHECK(nx_udp_info_get(&a, &x, &y, NX_NULL, NX_NULL, NX_NULL, NX_NULL, NX_NULL)); TRUE_(x == 5 && y == 10 + 3000 + 20 + 21 + 22);
    tx_thread_sleep(20);
    CHECK(nx_udp_socket_unbind(&ua)); CHECK(nx_udp_socket_delete(&ua));
}
static VOID b_entry(ULONG input)
{
    static const ULONG sizes[] = {10, 3000, 20, 21}; NX_PACKET *packet; ULONG x, y; UINT i; UCHAR copy[3000]; (VOID)input;
    tx_thread_sleep(2);
    b.nx_ip_udp_packet_receive = udp_watch;
    CHECK(nx_udp_socket_create(&b, &ub, "ub", NX_IP_NORMAL, NX_FRAGMENT_OKAY, 0x80, 5));
    CHECK(nx_udp_socket_bind(&ub, 7000, NX_WAIT_FOREVER)); CHECK(nx_udp_socket_receive_notify(&ub, got));
    CHECK(nx_igmp_multicast_join(&b, GROUP)); printf("%u %u\n", b.nx_ip_igmp_groups_joined, b.nx_ip_igmp_reports_sent);
    TRUE_(nx_igmp_multicast_leave(&b, GROUP + 1) == NX_ENTRY_NOT_FOUND);
    CHECK(nx_ip_raw_packet_enable(&b)); TRUE_(nx_ip_raw_packet_filter_set(&b, filter) == NX_NOT_SUPPORTED);
    for (i = 0; i < 4; i++) {
        CHECK(nx_udp_socket_receive(&ub, &packet, 200));
        TRUE_(packet->nx_packet_length == sizes[i]);
        CHECK(nx_packet_data_retrieve(packet, copy, &x)); TRUE_(x == sizes[i] && copy[x - 1] == (UCHAR)((x - 1) >> 2));
        if (i == 1) TRUE_(packet->nx_packet_next != NX_NULL);
        CHECK(nx_packet_release(packet)); seen++;
    }
    CHECK(nx_ip_raw_packet_receive(&b, &packet, 200)); TRUE_(packet->nx_packet_length == 30); CHECK(nx_packet_release(packet));
    CHECK(nx_ip_raw_packet_receive(&b, &packet, 200)); TRUE_(packet->nx_packet_length == 31); CHECK(nx_packet_release(packet));
    TRUE_(nx_ip_raw_packet_receive(&b, &packet, 10) == NX_NO_PACKET && filtered == 0);
    TRUE_(b.nx_ip_packets_reassembled == 1 && notified == 4 && udp_taken == 4);
    CHECK(nx_igmp_info_get(&b, &x, NX_NULL, NX_NULL, &y)); TRUE_(y == 1 && x == b.nx_ip_igmp_reports_sent);
    CHECK(nx_igmp_multicast_leave(&b, GROUP)); CHECK(nx_udp_socket_unbind(&ub)); CHECK(nx_udp_socket_delete(&ub));
}
VOID tx_application_define(VOID *memory)
{
    NX_IP *ips[2]; UINT i; (VOID)memory; ips[0] = &a; ips[1] = &b;
    nx_system_initialize();
    CHECK(nx_packet_pool_create(&pool, "pool", 1600, pool_area, sizeof pool_area));
    for (i = 0; i < 2; i++) {
        CHECK(nx_ip_create(ips[i], "ip", IP_ADDRESS(10, 0, 0, 1 + i), 0xFFFFFF00, &pool, _nx_ram_network_driver_1024, stacks[i], 2048, 1));
        CHECK(nx_arp_enable(ips[i], arp[i], 1024)); CHECK(nx_udp_enable(ips[i])); CHECK(nx_igmp_enable(ips[i])); CHECK(nx_ip_fragment_enable(ips[i]));
    }
    CHECK(nx_ip_raw_packet_enable(&a));
    tx_thread_create(&ta, "a", a_entry, 0, stacks[2], 2048, 5, 5, 0, TX_AUTO_START); tx_thread_create(&tb, "b", b_entry, 0, stacks[3], 2048, 4, 4, 0, TX_AUTO_START);
}
int main(void) { tx_kernel_enter(); printf("seen %u errors %u\n", seen, errors); return (int)errors || seen != 4; }
