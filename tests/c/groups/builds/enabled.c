/* What is optional, and on in this build. */

#include "check.h"

#define ONE IP_ADDRESS(10, 0, 0, 1)
#define TWO IP_ADDRESS(10, 0, 0, 2)

static TASK boss;
static NODE one, two;
static NX_TCP_SOCKET client, server;
static NX_PACKET_POOL auxiliary;
static ULONG auxiliary_memory[6 * (256 + 60) / sizeof(ULONG)];
static UINT established, completed;

static VOID on_establish(NX_TCP_SOCKET *socket)
{
    EQUAL(socket->nx_tcp_socket_state, NX_TCP_ESTABLISHED);
    established++;
}

static VOID on_complete(NX_TCP_SOCKET *socket)
{
    CHECK(socket == &client || socket == &server);
    completed++;
}

static void static_routes(void)
{
    NX_PACKET *response = NULL;
    DONE(nx_ip_static_route_add(&one.ip, IP_ADDRESS(192, 168, 0, 0), 0xFFFF0000UL, TWO));
    EQUAL(nx_icmp_ping(&one.ip, IP_ADDRESS(192, 168, 3, 4), (CHAR *)"x", 1, &response, 10), NX_NO_RESPONSE);
    DONE(nx_ip_static_route_delete(&one.ip, IP_ADDRESS(192, 168, 0, 0), 0xFFFF0000UL));
    EQUAL(nx_icmp_ping(&one.ip, IP_ADDRESS(192, 168, 3, 4), (CHAR *)"x", 1, &response, 10), NX_IP_ADDRESS_ERROR);
}

static void capabilities(void)
{
    ULONG flags = 0;
    DONE(nx_ip_interface_capability_set(&one.ip, 0, NX_INTERFACE_CAPABILITY_TCP_RX_CHECKSUM));
    EQUAL(one.ip.nx_ip_interface[0].nx_interface_capability_flag, NX_INTERFACE_CAPABILITY_TCP_RX_CHECKSUM);
    DONE(nx_ip_interface_capability_get(&one.ip, 0, &flags));
    EQUAL(flags, NX_INTERFACE_CAPABILITY_TCP_RX_CHECKSUM);
    DONE(nx_ip_interface_capability_set(&one.ip, 0, 0));
}

static void pools(void)
{
    DONE(nx_packet_pool_create(&auxiliary, (CHAR *)"auxiliary", 256, auxiliary_memory, sizeof auxiliary_memory));
    DONE(nx_ip_auxiliary_packet_pool_set(&one.ip, &auxiliary));
    DONE(nx_packet_pool_low_watermark_set(&one.pool, 2));
    DONE(nx_packet_pool_low_watermark_set(&one.pool, 0));
}

static void connection(void)
{
    NX_PACKET *packet;
    ULONG sent;
    DONE(nx_tcp_socket_create(&two.ip, &server, (CHAR *)"server", 0, NX_FRAGMENT_OKAY, 64, 100000, NULL, NULL));
    DONE(nx_tcp_socket_create(&one.ip, &client, (CHAR *)"client", 0, NX_FRAGMENT_OKAY, 64, 200000, NULL, NULL));
    EQUAL(client.nx_tcp_socket_rx_window_default, 200000);
    EQUAL(client.nx_tcp_socket_timeout_max_retries, 3);
    DONE(nx_tcp_socket_establish_notify(&client, on_establish));
    DONE(nx_tcp_socket_disconnect_complete_notify(&client, on_complete));
    DONE(nx_tcp_server_socket_listen(&two.ip, 7, &server, 5, NULL));
    EQUAL(nx_tcp_server_socket_accept(&server, NX_NO_WAIT), NX_IN_PROGRESS);
    DONE(nx_tcp_client_socket_bind(&client, NX_ANY_PORT, 0));
    DONE(nx_tcp_client_socket_connect(&client, TWO, 7, 100));
    EQUAL(established, 1);
    packet = packet_with(&one.pool, NX_TCP_PACKET, "scaled", 6);
    DONE(nx_tcp_socket_send(&client, packet, 10));
    DONE(nx_tcp_socket_receive(&server, &packet, 10));
    DONE(nx_packet_release(packet));
    /* Both sides keep the connection alive. */
    sent = one.ip.nx_ip_total_packets_sent;
    tx_thread_sleep(4000);
    EQUAL(client.nx_tcp_socket_state, NX_TCP_ESTABLISHED);
    CHECK(client.nx_tcp_socket_tx_window_advertised > 65535);
    CHECK(one.ip.nx_ip_total_packets_sent > sent);
    DONE(nx_tcp_socket_disconnect(&client, NX_NO_WAIT) == NX_IN_PROGRESS ? NX_SUCCESS : NX_NOT_CONNECTED);
    tx_thread_sleep(10);
    CHECK(server.nx_tcp_socket_state != NX_TCP_ESTABLISHED);
    DONE(nx_tcp_client_socket_unbind(&client));
    DONE(nx_tcp_socket_delete(&client));
    DONE(nx_tcp_server_socket_unaccept(&server));
    DONE(nx_tcp_server_socket_unlisten(&two.ip, 7));
    DONE(nx_tcp_socket_delete(&server));
}

static VOID boss_entry(ULONG input)
{
    (void)input;
    node_wait(&one);
    node_wait(&two);
    static_routes();
    capabilities();
    connection();
    pools();
    node_delete(&one);
    node_delete(&two);
    DONE(nx_packet_pool_delete(&auxiliary));
}

GROUP(enabled)
{
    nx_system_initialize();
    node_create(&one, "one", ONE, _nx_ram_network_driver);
    node_create(&two, "two", TWO, _nx_ram_network_driver);
    task_start(&boss, "boss", boss_entry, 0, 10);
}
