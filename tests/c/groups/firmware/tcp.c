/* TCP: a server with listen and relisten callbacks, a client, chains, notification, states, windows. */

#include "check.h"

#define ONE    IP_ADDRESS(10, 0, 0, 1)
#define TWO    IP_ADDRESS(10, 0, 0, 2)
#define PORT   25
#define WINDOW 4000

#ifdef NX_ENABLE_EXTENDED_NOTIFY_SUPPORT
#define EXTENDED NX_SUCCESS
#else
#define EXTENDED NX_NOT_SUPPORTED
#endif
#ifdef NX_ENABLE_TCP_QUEUE_DEPTH_UPDATE_NOTIFY
#define DEPTH NX_SUCCESS
#else
#define DEPTH NX_NOT_SUPPORTED
#endif
#ifdef NX_ENABLE_LOW_WATERMARK
#define WATERMARK NX_SUCCESS
#else
#define WATERMARK NX_NOT_SUPPORTED
#endif

static TASK boss, server_task, helper;
static NODE one, two;
static NX_TCP_SOCKET client, server;
static TX_EVENT_FLAGS_GROUP events;
static UINT listened, disconnected, established, received, window_updates, urgent, disconnect_complete, timed_wait;
static UINT helper_status;
static UCHAR pattern[9000], collected[16000];
static ULONG collected_length;

enum { CONNECTED = 1, DISCONNECTED = 2, DATA = 4, WINDOW_OPEN = 8, FULL = 16, SEND_NOW = 32 };

static VOID on_listen(NX_TCP_SOCKET *socket, UINT port)
{
    SAME(socket, &server);
    EQUAL(port, PORT);
    listened++;
    DONE(tx_event_flags_set(&events, CONNECTED, TX_OR));
}

static VOID on_disconnect(NX_TCP_SOCKET *socket)
{
    CHECK(socket == &server || socket == &client);
    disconnected++;
    if (socket == &server)
        DONE(tx_event_flags_set(&events, DISCONNECTED, TX_OR));
}

static VOID on_urgent(NX_TCP_SOCKET *socket)
{
    SAME(socket, &client);
    urgent++;
}

static VOID on_receive(NX_TCP_SOCKET *socket)
{
    SAME(socket, &client);
    received++;
    EQUAL(socket->nx_tcp_socket_state, NX_TCP_ESTABLISHED);
    CHECK(socket->nx_tcp_socket_receive_queue_count > 0);
    DONE(tx_event_flags_set(&events, DATA, TX_OR));
}

static VOID on_window(NX_TCP_SOCKET *socket)
{
    CHECK(socket->nx_tcp_socket_tx_window_advertised > 0);
    window_updates++;
    tx_event_flags_set(&events, WINDOW_OPEN, TX_OR);
}

static VOID on_depth(NX_TCP_SOCKET *socket)
{
    SAME(socket, &client);
}

static VOID on_establish(NX_TCP_SOCKET *socket)
{
    SAME(socket, &client);
    established++;
}

static VOID on_complete(NX_TCP_SOCKET *socket)
{
    SAME(socket, &client);
    disconnect_complete++;
}

static VOID on_timed_wait(NX_TCP_SOCKET *socket)
{
    SAME(socket, &client);
    timed_wait++;
}

static void collect(NX_TCP_SOCKET *socket)
{
    NX_PACKET *packet = NULL;
    ULONG copied = 0;
    while (nx_tcp_socket_receive(socket, &packet, 20) == NX_SUCCESS)
    {
        DONE(nx_packet_data_retrieve(packet, collected + collected_length, &copied));
        EQUAL(copied, packet->nx_packet_length);
        collected_length += copied;
        DONE(nx_packet_release(packet));
    }
}

static VOID serve(ULONG sessions)
{
    ULONG actual;
    DONE(nx_tcp_socket_create(&two.ip, &server, (CHAR *)"server", NX_IP_NORMAL, NX_FRAGMENT_OKAY, NX_IP_TIME_TO_LIVE,
                              WINDOW, NULL, on_disconnect));
    DONE(nx_tcp_server_socket_listen(&two.ip, PORT, &server, 5, on_listen));
    EQUAL(server.nx_tcp_socket_state, NX_TCP_LISTEN_STATE);
    EQUAL(server.nx_tcp_socket_client_type, NX_TCP_SERVER);
    while (sessions--)
    {
        DONE(tx_event_flags_get(&events, CONNECTED, TX_OR_CLEAR, &actual, TX_WAIT_FOREVER));
        DONE(nx_tcp_server_socket_accept(&server, NX_WAIT_FOREVER));
        EQUAL(server.nx_tcp_socket_state, NX_TCP_ESTABLISHED);
        EQUAL(server.nx_tcp_socket_connect_ip.nxd_ip_version, NX_IP_VERSION_V4);
        EQUAL(server.nx_tcp_socket_connect_ip.nxd_ip_address.v4, ONE);
        EQUAL(server.nx_tcp_socket_connect_port, client.nx_tcp_socket_port);
        DONE(tx_event_flags_get(&events, SEND_NOW, TX_OR_CLEAR, &actual, TX_WAIT_FOREVER));
        if (sessions == 0)
        {
            NX_PACKET *packet = packet_with(&two.pool, NX_TCP_PACKET, "welcome", 7);
            DONE(nx_tcp_socket_send(&server, packet, NX_NO_WAIT));
            SAME(packet, NULL);
        }
        collect(&server);
        DONE(tx_event_flags_get(&events, DISCONNECTED, TX_OR_CLEAR, &actual, TX_WAIT_FOREVER));
        EQUAL(server.nx_tcp_socket_state, NX_TCP_CLOSE_WAIT);
        DONE(nx_tcp_socket_disconnect(&server, 100));
        DONE(nx_tcp_server_socket_unaccept(&server));
        EQUAL(server.nx_tcp_socket_state, NX_TCP_CLOSED);
        DONE(nx_tcp_server_socket_relisten(&two.ip, PORT, &server));
        EQUAL(server.nx_tcp_socket_state, NX_TCP_LISTEN_STATE);
    }
    DONE(nx_tcp_server_socket_unlisten(&two.ip, PORT));
    DONE(nx_tcp_socket_delete(&server));
}

static void fields(void)
{
    ULONG mss = 0, peer = 0, address = 0, port = 0;
    UINT own = 0;
    NXD_ADDRESS duo;
    EQUAL(client.nx_tcp_socket_id, NX_TCP_ID);
    TEXT(client.nx_tcp_socket_name, "client");
    SAME(client.nx_tcp_socket_ip_ptr, &one.ip);
    EQUAL(client.nx_tcp_socket_client_type, NX_TCP_CLIENT);
    EQUAL(client.nx_tcp_socket_state, NX_TCP_ESTABLISHED);
    EQUAL(client.nx_tcp_socket_connect_ip.nxd_ip_address.v4, TWO);
    EQUAL(client.nx_tcp_socket_connect_port, PORT);
    SAME(client.nx_tcp_socket_connect_interface, &one.ip.nx_ip_interface[0]);
    EQUAL(client.nx_tcp_socket_next_hop_address, TWO);
    EQUAL(client.nx_tcp_socket_time_to_live, NX_IP_TIME_TO_LIVE);
    EQUAL(client.nx_tcp_socket_fragment_enable, NX_FRAGMENT_OKAY);
    EQUAL(client.nx_tcp_socket_type_of_service, NX_IP_NORMAL);
    EQUAL(client.nx_tcp_socket_rx_window_default, WINDOW);
    EQUAL(client.nx_tcp_socket_rx_window_current, WINDOW);
    EQUAL(client.nx_tcp_socket_tx_window_advertised, WINDOW);
    EQUAL(client.nx_tcp_socket_tx_outstanding_bytes, 0);
    EQUAL(client.nx_tcp_socket_connect_mss, 1460);
    EQUAL(client.nx_tcp_socket_peer_mss, 1460);
    EQUAL(client.nx_tcp_socket_tx_window_congestion, 3 * 1460);
    EQUAL(client.nx_tcp_socket_tx_sequence, server.nx_tcp_socket_rx_sequence);
    EQUAL(client.nx_tcp_socket_rx_sequence, server.nx_tcp_socket_tx_sequence);
    EQUAL(client.nx_tcp_socket_transmit_sent_count, 0);
    EQUAL(client.nx_tcp_socket_receive_queue_count, 0);
    EQUAL(client.nx_tcp_socket_timeout, 0);
    EQUAL(client.nx_tcp_socket_timeout_retries, 0);
    SAME(client.nx_tcp_socket_reserved_ptr, &boss);
    DONE(nx_tcp_socket_mss_get(&client, &mss));
    EQUAL(mss, client.nx_tcp_socket_connect_mss);
    DONE(nx_tcp_socket_mss_peer_get(&client, &peer));
    EQUAL(peer, client.nx_tcp_socket_peer_mss);
    DONE(nx_tcp_client_socket_port_get(&client, &own));
    EQUAL(own, client.nx_tcp_socket_port);
    DONE(nx_tcp_socket_peer_info_get(&client, &address, &port));
    EQUAL(address, TWO);
    EQUAL(port, PORT);
    DONE(nxd_tcp_socket_peer_info_get(&client, &duo, &port));
    EQUAL(duo.nxd_ip_version, NX_IP_VERSION_V4);
    EQUAL(duo.nxd_ip_address.v4, TWO);
}

static void create_client(void)
{
    UINT free_port = 0;
    DONE(nx_tcp_socket_create(&one.ip, &client, (CHAR *)"client", NX_IP_NORMAL, NX_FRAGMENT_OKAY, NX_IP_TIME_TO_LIVE,
                              WINDOW, on_urgent, on_disconnect));
    EQUAL(client.nx_tcp_socket_state, NX_TCP_CLOSED);
    EQUAL(one.ip.nx_ip_tcp_created_sockets_count, 1);
    DONE(nx_tcp_client_socket_bind(&client, NX_ANY_PORT, NX_NO_WAIT));
    CHECK(client.nx_tcp_socket_port >= NX_SEARCH_PORT_START);
    DONE(nx_tcp_free_port_find(&one.ip, 5000, &free_port));
    EQUAL(free_port, 5000);
    DONE(nx_tcp_socket_mss_set(&client, 1000));
    EQUAL(client.nx_tcp_socket_mss, 1000);
    DONE(nx_tcp_socket_mss_set(&client, 1460));
    EQUAL(nx_tcp_socket_receive_queue_max_set(&client, 5), WATERMARK);
    client.nx_tcp_socket_reserved_ptr = &boss;
    DONE(nx_tcp_socket_transmit_configure(&client, 12, 50, 7, 1));
    EQUAL(client.nx_tcp_socket_transmit_queue_maximum, 12);
    EQUAL(client.nx_tcp_socket_timeout_rate, 50);
    EQUAL(client.nx_tcp_socket_timeout_max_retries, 7);
    EQUAL(client.nx_tcp_socket_timeout_shift, 1);
    DONE(nx_tcp_socket_receive_notify(&client, on_receive));
    DONE(nx_tcp_socket_window_update_notify_set(&client, on_window));
    EQUAL(nx_tcp_socket_establish_notify(&client, on_establish), EXTENDED);
    EQUAL(nx_tcp_socket_disconnect_complete_notify(&client, on_complete), EXTENDED);
    EQUAL(nx_tcp_socket_timed_wait_callback(&client, on_timed_wait), EXTENDED);
    EQUAL(nx_tcp_socket_queue_depth_notify_set(&client, on_depth), DEPTH);
}

/* 9000 bytes into a window of 4000: the sender waits for the reader. */
static void send_all(void)
{
    ULONG at = 0, outstanding = 0;
    while (at < sizeof pattern)
    {
        ULONG size = sizeof pattern - at < 2500 ? (ULONG)sizeof pattern - at : 2500;
        NX_PACKET *packet = packet_with(&one.pool, NX_TCP_PACKET, pattern + at, size);
        CHECK(packet->nx_packet_length == size);
        DONE(nx_tcp_socket_send(&client, packet, 300));
        SAME(packet, NULL);
        if (client.nx_tcp_socket_tx_outstanding_bytes > outstanding)
            outstanding = client.nx_tcp_socket_tx_outstanding_bytes;
        at += size;
    }
    CHECK(outstanding > 0);
    CHECK(client.nx_tcp_socket_transmit_sent_count > 0);
    CHECK(client.nx_tcp_socket_timeout > 0);
    EQUAL(client.nx_tcp_socket_bytes_sent, sizeof pattern);
    tx_thread_sleep(40);
    EQUAL(client.nx_tcp_socket_tx_outstanding_bytes, 0);
    EQUAL(client.nx_tcp_socket_transmit_sent_count, 0);
    EQUAL(server.nx_tcp_socket_bytes_received, sizeof pattern);
    EQUAL(collected_length, sizeof pattern);
    EQUAL(memcmp(collected, pattern, sizeof pattern), 0);
}

static VOID lets_it_read(ULONG input)
{
    (void)input;
    EQUAL(boss.thread.tx_thread_state, TX_TCP_IP);
    DONE(tx_event_flags_set(&events, SEND_NOW, TX_OR));
}

static void full_window(void)
{
    ULONG copied = 0;
    NX_PACKET *packet = packet_with(&one.pool, NX_TCP_PACKET, pattern, 5000);
    EQUAL(nx_tcp_socket_send(&client, packet, NX_NO_WAIT), NX_WINDOW_OVERFLOW);
    CHECK(packet != NULL);
    CHECK(packet->nx_packet_length < 5000);
    EQUAL(packet->nx_packet_length + client.nx_tcp_socket_tx_outstanding_bytes, 5000);
    DONE(nx_packet_data_extract_offset(packet, 0, collected, 1, &copied));
    EQUAL(collected[0], pattern[5000 - packet->nx_packet_length]);
    /* The server reads as soon as this thread waits. */
    task_start(&helper, "helper", lets_it_read, 0, 12);
    EQUAL(window_updates, 0);
    DONE(nx_tcp_socket_send(&client, packet, 300));
    SAME(packet, NULL);
    CHECK(window_updates > 0);
    tx_thread_sleep(1);
    EQUAL(helper.thread.tx_thread_state, TX_COMPLETED);
    task_delete(&helper);
}

static void received_data(void)
{
    NX_PACKET *packet = NULL;
    ULONG actual = 0, available = 0;
    DONE(tx_event_flags_get(&events, DATA, TX_OR_CLEAR, &actual, 100));
    EQUAL(received, 1);
    DONE(nx_tcp_socket_bytes_available(&client, &available));
    EQUAL(available, 7);
    DONE(nx_tcp_socket_receive(&client, &packet, NX_NO_WAIT));
    EQUAL(packet->nx_packet_length, 7);
    EQUAL(memcmp(packet->nx_packet_prepend_ptr, "welcome", 7), 0);
    SAME(packet->nx_packet_pool_owner, &one.pool);
    DONE(nx_packet_release(packet));
    EQUAL(client.nx_tcp_socket_packets_received, 1);
    EQUAL(client.nx_tcp_socket_bytes_received, 7);
}

static void information(void)
{
    ULONG n[11], state = 0;
    DONE(nx_tcp_socket_info_get(&client, &n[0], &n[1], &n[2], &n[3], &n[4], &n[5], &n[6], &state, &n[7], &n[8],
                                &n[9]));
    EQUAL(n[0], client.nx_tcp_socket_packets_sent);
    EQUAL(n[1], client.nx_tcp_socket_bytes_sent);
    EQUAL(n[2], client.nx_tcp_socket_packets_received);
    EQUAL(n[3], client.nx_tcp_socket_bytes_received);
    EQUAL(n[4], client.nx_tcp_socket_retransmit_packets);
    EQUAL(n[5], client.nx_tcp_socket_receive_queue_count);
    EQUAL(n[6], client.nx_tcp_socket_checksum_errors);
    EQUAL(state, client.nx_tcp_socket_state);
    EQUAL(n[7], client.nx_tcp_socket_transmit_sent_count);
    EQUAL(n[9], client.nx_tcp_socket_rx_window_current);
    DONE(nx_tcp_info_get(&one.ip, &n[0], &n[1], &n[2], &n[3], &n[4], &n[5], &n[6], &n[7], &n[8], &n[9], &n[10]));
    EQUAL(n[7], 2);
}

static void session(UINT last)
{
    DONE(nx_tcp_client_socket_connect(&client, TWO, PORT, 200));
    fields();
    if (last)
        full_window();
    if (last)
        received_data();
    else
    {
        DONE(tx_event_flags_set(&events, SEND_NOW, TX_OR));
        send_all();
    }
    if (last)
        information();
    DONE(nx_tcp_socket_disconnect(&client, 300));
    EQUAL(client.nx_tcp_socket_state, NX_TCP_TIMED_WAIT);
    tx_thread_sleep(30);
    EQUAL(server.nx_tcp_socket_state, last ? NX_TCP_CLOSED : NX_TCP_LISTEN_STATE);
}

static VOID waits_for_state(ULONG input)
{
    helper_status = 0x99;
    helper_status = nx_tcp_socket_state_wait(&client, input, 30);
}

static void refused(void)
{
    DONE(nx_tcp_client_socket_unbind(&client));
    EQUAL(client.nx_tcp_socket_state, NX_TCP_CLOSED);
    EQUAL(nx_tcp_client_socket_connect(&client, TWO, 4444, 100), NX_NOT_BOUND);
    DONE(nx_tcp_client_socket_bind(&client, 5555, NX_NO_WAIT));
    EQUAL(client.nx_tcp_socket_port, 5555);
    task_start(&helper, "helper", waits_for_state, NX_TCP_ESTABLISHED, 5);
    EQUAL(nx_tcp_client_socket_connect(&client, TWO, 4444, 100), NX_NOT_CONNECTED);
    EQUAL(client.nx_tcp_socket_state, NX_TCP_CLOSED);
    tx_thread_sleep(40);
    EQUAL(helper_status, NX_NOT_SUCCESSFUL);
    task_delete(&helper);
    EQUAL(nx_tcp_client_socket_connect(&client, TWO, 4444, NX_NO_WAIT), NX_IN_PROGRESS);
    tx_thread_sleep(5);
    EQUAL(nx_tcp_socket_delete(&client), NX_STILL_BOUND);
    DONE(nx_tcp_client_socket_unbind(&client));
    EQUAL(nx_ip_delete(&one.ip), NX_SOCKETS_BOUND);
    DONE(nx_tcp_socket_delete(&client));
    EQUAL(client.nx_tcp_socket_id, 0);
    EQUAL(one.ip.nx_ip_tcp_created_sockets_count, 0);
}

static VOID boss_entry(ULONG input)
{
    (void)input;
    node_wait(&one);
    node_wait(&two);
    create_client();
    session(0);
    session(1);
    EQUAL(listened, 2);
    EQUAL(urgent, 0);
    EQUAL(established, EXTENDED == NX_SUCCESS ? 2 : 0);
    EQUAL(disconnect_complete, EXTENDED == NX_SUCCESS ? 2 : 0);
    EQUAL(timed_wait, EXTENDED == NX_SUCCESS ? 2 : 0);
    CHECK(disconnected >= 2);
    refused();
    task_delete(&server_task);
    DONE(tx_event_flags_delete(&events));
    node_delete(&one);
    node_delete(&two);
}

GROUP(tcp)
{
    UINT at;
    for (at = 0; at < sizeof pattern; at++)
        pattern[at] = (UCHAR)(at * 7 + at / 256);
    nx_system_initialize();
    node_create(&one, "one", ONE, _nx_ram_network_driver);
    node_create(&two, "two", TWO, _nx_ram_network_driver);
    DONE(tx_event_flags_create(&events, (CHAR *)"events"));
    task_start(&server_task, "server", serve, 2, 8);
    task_start(&boss, "boss", boss_entry, 0, 10);
}
