/* Both families over one pair of instances: addresses, neighbours, ping, UDP and TCP with NXD_ADDRESS. */
#include "tx_api.h"
#include "nx_api.h"
#include "nx_icmp.h"
#include "nx_nd_cache.h"
#ifdef FEATURE_NX_IPV6
static TX_THREAD a_thread, b_thread;
static NX_PACKET_POOL pool; static UCHAR pool_area[1600 * 24];
static NX_IP ip_0, ip_1;
static UCHAR stacks[4][2048], arp[2][1024];
static NX_UDP_SOCKET udp_0, udp_1; static NX_TCP_SOCKET tcp_0, tcp_1;
static UINT error_counter, changes;
static NXD_ADDRESS address_0, address_1, local_0;
#define CHECK(x) do { UINT s_ = (x); if (s_) { error_counter++; printf("line %d: 0x%x\n", __LINE__, s_); } } while (0)
#define TRUE_(x) do { if (!(x)) { error_counter++; printf("line %d: %s\n", __LINE__, #x); } } while (0)
extern VOID _nx_ram_network_driver_1500(NX_IP_DRIVER *);

static VOID address_changed(NX_IP *ip_ptr, VOID *info) { if (ip_ptr == &ip_0 && info == &changes) changes++; }

static VOID a_entry(ULONG input)
{
    NX_PACKET *packet; NXD_ADDRESS from; UINT port, index, interface_index; ULONG prefix, msw, lsw, peer_port, sent, timeouts, x;
    CHAR text[64];
    (VOID)input;
    tx_thread_sleep(4 * NX_IP_PERIODIC_RATE);
    CHECK(nxd_ipv6_address_get(&ip_0, 1, &from, &prefix, &index));
    TRUE_(!memcmp(&from, &address_0, sizeof from) && prefix == 64 && index == 0);
    TRUE_(ip_0.nx_ipv6_address[0].nxd_ipv6_address_state == NX_IPV6_ADDR_STATE_VALID);
    TRUE_(ip_0.nx_ipv6_address[0].nxd_ipv6_address[0] == 0xFE800000);
    CHECK(nxd_icmp_ping(&ip_0, &address_1, "0123456789", 10, &packet, 200));
    TRUE_(packet->nx_packet_length == 10);
    CHECK(nx_packet_release(packet));
    CHECK(nxd_icmp_source_ping(&ip_0, &address_1, 1, "0123456789", 10, &packet, 200));
    CHECK(nx_packet_release(packet));
    CHECK(nx_icmp_ping(&ip_0, IP_ADDRESS(10, 0, 0, 2), "01234", 5, &packet, 200));
    CHECK(nx_packet_release(packet));
    CHECK(nx_icmp_info_get(&ip_0, &sent, &timeouts, NX_NULL, &x, NX_NULL, NX_NULL));
    TRUE_(sent == 3 && x == 3 && !timeouts && ip_0.nx_ip_pings_sent == 3 && ip_1.nx_ip_pings_received == 3);
    CHECK(nxd_nd_cache_hardware_address_find(&ip_0, &address_1, &msw, &lsw, &interface_index));
    TRUE_(msw == ip_1.nx_ip_interface[0].nx_interface_physical_address_msw && lsw == ip_1.nx_ip_interface[0].nx_interface_physical_address_lsw);
    CHECK(nxd_nd_cache_ip_address_find(&ip_0, &from, msw, lsw, &interface_index));

    CHECK(nx_packet_allocate(&pool, &packet, NX_IPv6_UDP_PACKET, NX_WAIT_FOREVER));
    CHECK(nx_packet_data_append(packet, "over six", 8, &pool, NX_NO_WAIT));
    CHECK(nxd_udp_socket_send(&udp_0, packet, &address_1, 5000));
    CHECK(nx_udp_socket_receive(&udp_0, &packet, 200));
    CHECK(nxd_udp_source_extract(packet, &from, &port));
    TRUE_(from.nxd_ip_version == NX_IP_VERSION_V6 && port == 5000 && !memcmp(from.nxd_ip_address.v6, address_1.nxd_ip_address.v6, 16));
    TRUE_(packet->nx_packet_ip_version == NX_IP_VERSION_V6);
    CHECK(nx_packet_release(packet));
    CHECK(nxd_tcp_client_socket_connect(&tcp_0, &address_1, 80, 5 * NX_IP_PERIODIC_RATE));
    CHECK(nxd_tcp_socket_peer_info_get(&tcp_0, &from, &peer_port));
    TRUE_(peer_port == 80 && tcp_0.nx_tcp_socket_connect_ip.nxd_ip_version == NX_IP_VERSION_V6);
    CHECK(nx_tcp_socket_receive(&tcp_0, &packet, 500));
    CHECK(nx_packet_data_retrieve(packet, text, &x));
    TRUE_(x == 5 && !memcmp(text, "hello", 5));
    CHECK(nx_packet_release(packet));
    CHECK(nx_tcp_socket_disconnect(&tcp_0, 300));
    CHECK(nx_tcp_client_socket_unbind(&tcp_0));
    CHECK(nx_tcp_socket_delete(&tcp_0));
    CHECK(nx_ip_address_set(&ip_0, IP_ADDRESS(10, 0, 0, 9), 0xFF000000));
    TRUE_(changes == 1);
    CHECK(nxd_ipv6_address_delete(&ip_0, 1));
    TRUE_(nxd_ipv6_address_get(&ip_0, 1, &from, &prefix, &index) != NX_SUCCESS);
}
static VOID b_entry(ULONG input)
{
    NX_PACKET *packet; NXD_ADDRESS from; UINT port;
    (VOID)input;
    CHECK(nx_udp_socket_bind(&udp_1, 5000, NX_NO_WAIT));
    CHECK(nx_udp_socket_bind(&udp_0, NX_ANY_PORT, NX_NO_WAIT));
    CHECK(nx_tcp_client_socket_bind(&tcp_0, NX_ANY_PORT, NX_NO_WAIT));
    CHECK(nx_udp_socket_receive(&udp_1, &packet, NX_WAIT_FOREVER));
    CHECK(nxd_udp_source_extract(packet, &from, &port));
    CHECK(nxd_udp_socket_send(&udp_1, packet, &from, port));
    CHECK(nx_tcp_server_socket_listen(&ip_1, 80, &tcp_1, 1, NX_NULL));
    CHECK(nx_tcp_server_socket_accept(&tcp_1, NX_WAIT_FOREVER));
    CHECK(nx_packet_allocate(&pool, &packet, NX_IPv6_TCP_PACKET, NX_WAIT_FOREVER));
    CHECK(nx_packet_data_append(packet, "hello", 5, &pool, NX_NO_WAIT));
    CHECK(nx_tcp_socket_send(&tcp_1, packet, NX_NO_WAIT));
    CHECK(nx_tcp_socket_disconnect(&tcp_1, NX_WAIT_FOREVER));
    CHECK(nx_tcp_server_socket_unaccept(&tcp_1));
    CHECK(nx_tcp_server_socket_unlisten(&ip_1, 80));
    CHECK(nx_tcp_socket_delete(&tcp_1));
}
VOID tx_application_define(VOID *memory)
{
    NX_IP *ip[2]; NXD_ADDRESS *address[2]; UINT i;
    (VOID)memory;
    ip[0] = &ip_0; ip[1] = &ip_1; address[0] = &address_0; address[1] = &address_1;
    nx_system_initialize();
    CHECK(nx_packet_pool_create(&pool, "pool", 1536, pool_area, sizeof pool_area));
    for (i = 0; i < 2; i++)
    {
        CHECK(nx_ip_create(ip[i], "ip", IP_ADDRESS(10, 0, 0, 1 + i), 0xFF000000, &pool, _nx_ram_network_driver_1500, stacks[i], 2048, 1));
        CHECK(nx_arp_enable(ip[i], arp[i], 1024));
        CHECK(nx_udp_enable(ip[i]));
        CHECK(nx_tcp_enable(ip[i]));
        CHECK(nxd_ipv6_enable(ip[i]));
        CHECK(nxd_icmp_enable(ip[i]));
        if (i == 0) CHECK(nxd_ipv6_address_set(ip[i], 0, NX_NULL, 10, NX_NULL));
        address[i]->nxd_ip_version = NX_IP_VERSION_V6;
        address[i]->nxd_ip_address.v6[0] = 0x20010DB8;
        address[i]->nxd_ip_address.v6[1] = 0x00010001;
        address[i]->nxd_ip_address.v6[2] = 0;
        address[i]->nxd_ip_address.v6[3] = 0x1001 + i;
        CHECK(nxd_ipv6_address_set(ip[i], 0, address[i], 64, NX_NULL));
    }
    CHECK(nx_ip_address_change_notify(&ip_0, address_changed, &changes));
    CHECK(nx_udp_socket_create(&ip_0, &udp_0, "u", NX_IP_NORMAL, NX_FRAGMENT_OKAY, 0x80, 5));
    CHECK(nx_udp_socket_create(&ip_1, &udp_1, "u", NX_IP_NORMAL, NX_FRAGMENT_OKAY, 0x80, 5));
    CHECK(nx_tcp_socket_create(&ip_0, &tcp_0, "t", NX_IP_NORMAL, NX_FRAGMENT_OKAY, 0x80, 2000, NX_NULL, NX_NULL));
    CHECK(nx_tcp_socket_create(&ip_1, &tcp_1, "t", NX_IP_NORMAL, NX_FRAGMENT_OKAY, 0x80, 2000, NX_NULL, NX_NULL));
    CHECK(tx_thread_create(&a_thread, "a", a_entry, 0, stacks[2], 2048, 4, 4, 0, TX_AUTO_START));
    CHECK(tx_thread_create(&b_thread, "b", b_entry, 0, stacks[3], 2048, 4, 4, 0, TX_AUTO_START));
    (VOID)local_0;
}
#else
static UINT error_counter;
VOID tx_application_define(VOID *memory) { (VOID)memory; printf("N/A\n"); }
#endif
int main(void) { tx_kernel_enter(); return error_counter != 0; }
