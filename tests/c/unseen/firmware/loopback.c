/* A device that talks to itself, and looks at what it has: the loopback address, ports, the instance's mutex and thread. */
#include "tx_api.h"
#include "nx_api.h"
#include "nx_ip.h"
#include "nx_packet.h"
#include "nx_tcp.h"
#include "nx_udp.h"
#include "nx_system.h"
static NX_PACKET_POOL pool; static UCHAR area[20000]; static NX_IP ip; static UCHAR st[3][2048], arp[1024]; static TX_THREAD t; static UINT errors;
static NX_TCP_SOCKET server, client; static NX_UDP_SOCKET u;
#define CHECK(x) do { UINT s_ = (x); if (s_) { errors++; printf("line %d: 0x%x\n", __LINE__, s_); } } while (0)
extern VOID _nx_ram_network_driver(NX_IP_DRIVER *);
static VOID on_listen(NX_TCP_SOCKET *socket_ptr, UINT port) { if (socket_ptr != &server || port != 99) errors++; }
static VOID b_entry(ULONG i)
{
    NX_PACKET *p; (VOID)i;
    CHECK(nx_tcp_server_socket_accept(&server, 500));
    while (nx_tcp_socket_receive(&server, &p, 100) == NX_SUCCESS) { CHECK(nx_tcp_socket_send(&server, p, 100)); }
    nx_tcp_socket_disconnect(&server, 100); nx_tcp_server_socket_unaccept(&server); nx_tcp_server_socket_unlisten(&ip, 99); nx_tcp_socket_delete(&server);
}
static TX_THREAD b; static UCHAR bs[2048];
static VOID entry(ULONG i)
{
    NX_PACKET *p, *other; ULONG v, mask, gw; CHAR *file; ULONG line; CHAR *thread; UINT port; (VOID)i;
    tx_thread_sleep(2);
    if (nx_ip_interface_address_get(&ip, NX_LOOPBACK_INTERFACE, &v, &mask) != NX_INVALID_INTERFACE || ip.nx_ip_interface[NX_LOOPBACK_INTERFACE].nx_interface_ip_address != IP_ADDRESS(127, 0, 0, 1)) errors++;
    CHECK(nx_ip_address_get(&ip, &v, &mask)); CHECK(nx_ip_gateway_address_set(&ip, IP_ADDRESS(10, 0, 0, 254))); CHECK(nx_ip_gateway_address_get(&ip, &gw)); if (gw != IP_ADDRESS(10, 0, 0, 254) || ip.nx_ip_gateway_address != gw) errors++;
    CHECK(nx_ip_gateway_address_clear(&ip));
    CHECK(nx_tcp_socket_create(&ip, &server, "server", NX_IP_NORMAL, NX_FRAGMENT_OKAY, 64, 500, NX_NULL, NX_NULL)); CHECK(nx_tcp_server_socket_listen(&ip, 99, &server, 5, on_listen));
    CHECK(tx_thread_create(&b, "b", b_entry, 0, bs, sizeof bs, 6, 6, 0, TX_AUTO_START));
    CHECK(nx_tcp_socket_create(&ip, &client, "client", NX_IP_NORMAL, NX_FRAGMENT_OKAY, 64, 500, NX_NULL, NX_NULL));
    CHECK(nx_tcp_free_port_find(&ip, 2000, &port)); CHECK(nx_tcp_client_socket_bind(&client, port, 100)); CHECK(nx_tcp_client_socket_port_get(&client, &port)); if (port != 2000) errors++;
    CHECK(nx_tcp_client_socket_connect(&client, IP_ADDRESS(127, 0, 0, 1), 99, 500)); CHECK(nx_tcp_socket_state_wait(&client, NX_TCP_ESTABLISHED, 100));
    if (client.nx_tcp_socket_connect_interface != &ip.nx_ip_interface[NX_LOOPBACK_INTERFACE]) errors++;
    CHECK(nx_packet_allocate(&pool, &p, NX_TCP_PACKET, 100)); CHECK(nx_packet_data_append(p, "loop", 4, &pool, 100));
#ifdef NX_ENABLE_PACKET_DEBUG_INFO
    CHECK(_nx_packet_debug_info_get(&pool, 0, &other, &v, &thread, &file, &line));
#else
    (VOID)file; (VOID)line; (VOID)thread; (VOID)other;
#endif
    CHECK(nx_tcp_socket_send(&client, p, 100)); CHECK(nx_tcp_socket_receive(&client, &p, 100)); if (p->nx_packet_length != 4 || memcmp(p->nx_packet_prepend_ptr, "loop", 4)) errors++;
    CHECK(nx_packet_release(p)); CHECK(nx_tcp_socket_disconnect(&client, 100)); CHECK(nx_tcp_client_socket_unbind(&client)); CHECK(nx_tcp_socket_delete(&client));
    CHECK(tx_mutex_get(&ip.nx_ip_protection, TX_WAIT_FOREVER)); if (ip.nx_ip_protection.tx_mutex_owner != &t) errors++; CHECK(tx_mutex_put(&ip.nx_ip_protection));
    if (_nx_ip_created_ptr != &ip || _nx_ip_created_count != 1 || strcmp(ip.nx_ip_thread.tx_thread_name, "instance")) errors++;
    CHECK(nx_udp_socket_create(&ip, &u, "u", NX_IP_MIN_DELAY, NX_DONT_FRAGMENT, 1, 3)); u.nx_udp_socket_reserved_ptr = &errors; if (nx_udp_socket_checksum_disable(&u) != NX_NOT_BOUND) errors++;
    CHECK(nx_udp_free_port_find(&ip, 1, &port)); CHECK(nx_udp_socket_bind(&u, port, 1)); CHECK(nx_udp_socket_checksum_disable(&u)); if (!u.nx_udp_socket_disable_checksum) errors++; CHECK(nx_udp_socket_port_get(&u, &port)); if (u.nx_udp_socket_reserved_ptr != &errors) errors++;
    CHECK(nx_udp_socket_unbind(&u)); CHECK(nx_udp_socket_delete(&u));
    tx_thread_sleep(200);
}
VOID tx_application_define(VOID *m)
{
    (VOID)m; nx_system_initialize(); CHECK(nx_packet_pool_create(&pool, "pool", 500, area, sizeof area));
    CHECK(nx_ip_create(&ip, "instance", IP_ADDRESS(10, 0, 0, 1), 0xFFFFFF00, &pool, _nx_ram_network_driver, st[0], 2048, 1));
    CHECK(nx_arp_enable(&ip, arp, 1024)); CHECK(nx_tcp_enable(&ip)); CHECK(nx_udp_enable(&ip));
    CHECK(tx_thread_create(&t, "t", entry, 0, st[1], 2048, 5, 5, 0, TX_AUTO_START));
}
int main(void) { tx_kernel_enter(); printf("errors %u\n", errors); return (int)errors; }
