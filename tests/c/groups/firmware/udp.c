/* UDP: two instances on a wire, the socket's fields, notification that calls services, sources, the receive queue. */

#include "check.h"

#define ONE  IP_ADDRESS(10, 0, 0, 1)
#define TWO  IP_ADDRESS(10, 0, 0, 2)
#define PORT 7000
#define QUEUE 3

static TASK boss, helper;
static NODE one, two;
static NX_UDP_SOCKET client, server;
static TX_QUEUE arrivals;
static ULONG arrival_memory[32];
static UINT helper_status, notified;
static NX_PACKET *helper_packet;
static ULONG echoed;

static VOID note(NX_UDP_SOCKET *socket)
{
    ULONG message[2];
    SAME(socket, &server);
    notified++;
    message[0] = socket->nx_udp_socket_receive_count;
    message[1] = socket->nx_udp_socket_port;
    DONE(tx_queue_send(&arrivals, message, TX_NO_WAIT));
}

/* An echo service that lives in the callback alone. */
static VOID echoes(NX_UDP_SOCKET *socket)
{
    NX_PACKET *packet = NULL;
    ULONG address = 0;
    UINT port = 0;
    if (nx_udp_socket_receive(socket, &packet, NX_NO_WAIT) != NX_SUCCESS)
        return;
    DONE(nx_udp_source_extract(packet, &address, &port));
    EQUAL(address, ONE);
    packet->nx_packet_prepend_ptr[0] = '<';
    DONE(nx_udp_socket_send(socket, packet, address, port));
    SAME(packet, NULL);
    echoed++;
}

static void send(const char *text)
{
    NX_PACKET *packet = packet_with(&one.pool, NX_UDP_PACKET, text, (ULONG)strlen(text));
    DONE(nx_udp_socket_send(&client, packet, TWO, PORT));
    SAME(packet, NULL);
}

static void socket_fields(void)
{
    UINT port = 0;
    EQUAL(server.nx_udp_socket_id, NX_UDP_ID);
    TEXT(server.nx_udp_socket_name, "server");
    EQUAL(server.nx_udp_socket_port, PORT);
    SAME(server.nx_udp_socket_ip_ptr, &two.ip);
    EQUAL(server.nx_udp_socket_queue_maximum, QUEUE);
    EQUAL(server.nx_udp_socket_time_to_live, 0x80);
    EQUAL(server.nx_udp_socket_type_of_service, NX_IP_NORMAL);
    EQUAL(server.nx_udp_socket_fragment_enable, NX_FRAGMENT_OKAY);
    EQUAL(server.nx_udp_socket_receive_count, 0);
    EQUAL(server.nx_udp_socket_invalid_packets, 0);
    SAME(server.nx_udp_socket_reserved_ptr, NULL);
    server.nx_udp_socket_reserved_ptr = &boss;
    EQUAL(server.nx_udp_socket_disable_checksum, NX_FALSE);
    EQUAL(two.ip.nx_ip_udp_created_sockets_count, 1);
    DONE(nx_udp_socket_port_get(&client, &port));
    EQUAL(port, client.nx_udp_socket_port);
    CHECK(port >= NX_SEARCH_PORT_START);
}

static void one_datagram(void)
{
    NX_PACKET *packet = NULL;
    ULONG address = 0, available = 0;
    UINT port = 0, protocol = 0, interface = 9;
    NXD_ADDRESS from;
    send("hello");
    tx_thread_sleep(2);
    EQUAL(server.nx_udp_socket_receive_count, 1);
    DONE(nx_udp_socket_bytes_available(&server, &available));
    EQUAL(available, 5);
    DONE(nx_udp_socket_receive(&server, &packet, NX_NO_WAIT));
    EQUAL(packet->nx_packet_length, 5);
    EQUAL(memcmp(packet->nx_packet_prepend_ptr, "hello", 5), 0);
    SAME(packet->nx_packet_pool_owner, &two.pool);
    SAME(packet->nx_packet_address.nx_packet_interface_ptr, &two.ip.nx_ip_interface[0]);
    SAME(packet->nx_packet_ip_header, packet->nx_packet_prepend_ptr - 28);
    EQUAL(packet->nx_packet_prepend_ptr[-7] | packet->nx_packet_prepend_ptr[-8] << 8, client.nx_udp_socket_port);
    DONE(nx_udp_source_extract(packet, &address, &port));
    EQUAL(address, ONE);
    EQUAL(port, client.nx_udp_socket_port);
    DONE(nx_udp_packet_info_extract(packet, &address, &protocol, &port, &interface));
    EQUAL(protocol, 0x11);
    EQUAL(interface, 0);
    memset(&from, 0xA5, sizeof from);
    DONE(nxd_udp_source_extract(packet, &from, &port));
    EQUAL(from.nxd_ip_version, NX_IP_VERSION_V4);
    EQUAL(from.nxd_ip_address.v4, ONE);
    DONE(nx_packet_release(packet));
    EQUAL(server.nx_udp_socket_packets_received, 1);
    EQUAL(server.nx_udp_socket_bytes_received, 5);
    EQUAL(client.nx_udp_socket_packets_sent, 1);
    EQUAL(client.nx_udp_socket_bytes_sent, 5);
}

static void notification(void)
{
    ULONG message[2];
    NX_PACKET *packet = NULL;
    DONE(nx_udp_socket_receive_notify(&server, note));
    send("first");
    send("second");
    tx_thread_sleep(2);
    EQUAL(notified, 2);
    DONE(tx_queue_receive(&arrivals, message, TX_NO_WAIT));
    EQUAL(message[0], 1);
    EQUAL(message[1], PORT);
    DONE(tx_queue_receive(&arrivals, message, TX_NO_WAIT));
    DONE(nx_udp_socket_receive(&server, &packet, NX_NO_WAIT));
    DONE(nx_packet_release(packet));
    DONE(nx_udp_socket_receive(&server, &packet, NX_NO_WAIT));
    EQUAL(memcmp(packet->nx_packet_prepend_ptr, "second", 6), 0);
    DONE(nx_packet_release(packet));
    DONE(nx_udp_socket_receive_notify(&server, NULL));
}

static void queue(void)
{
    NX_PACKET *packet = NULL;
    char text[2] = "a";
    for (; text[0] < 'f'; text[0]++)
        send(text);
    tx_thread_sleep(2);
    EQUAL(server.nx_udp_socket_receive_count, QUEUE);
    EQUAL(server.nx_udp_socket_packets_dropped, 2);
    for (text[0] = 'c'; text[0] < 'f'; text[0]++)
    {
        DONE(nx_udp_socket_receive(&server, &packet, NX_NO_WAIT));
        EQUAL(packet->nx_packet_prepend_ptr[0], (UCHAR)text[0]);
        DONE(nx_packet_release(packet));
    }
    EQUAL(nx_udp_socket_receive(&server, &packet, NX_NO_WAIT), NX_NO_PACKET);
}

static void callback_only(void)
{
    NX_PACKET *packet = NULL;
    DONE(nx_udp_socket_receive_notify(&server, echoes));
    send(">ping");
    DONE(nx_udp_socket_receive(&client, &packet, 100));
    EQUAL(echoed, 1);
    EQUAL(memcmp(packet->nx_packet_prepend_ptr, "<ping", 5), 0);
    DONE(nx_packet_release(packet));
    DONE(nx_udp_socket_receive_notify(&server, NULL));
}

static VOID receives(ULONG input)
{
    helper_status = 0x99;
    helper_status = nx_udp_socket_receive(&server, &helper_packet, input);
}

static void chains_and_waits(void)
{
    static UCHAR pattern[3000], copy[3100];
    NX_PACKET *packet;
    ULONG copied = 0;
    UINT at;
    for (at = 0; at < sizeof pattern; at++)
        pattern[at] = (UCHAR)(at * 13);
    DONE(nx_ip_fragment_enable(&one.ip));
    DONE(nx_ip_fragment_enable(&two.ip));
    task_start(&helper, "helper", receives, NX_WAIT_FOREVER, 5);
    packet = packet_with(&one.pool, NX_UDP_PACKET, pattern, sizeof pattern);
    CHECK(packet->nx_packet_next != NULL);
    DONE(nx_udp_socket_source_send(&client, packet, TWO, PORT, 0));
    tx_thread_sleep(3);
    EQUAL(helper_status, NX_SUCCESS);
    EQUAL(helper_packet->nx_packet_length, sizeof pattern);
    CHECK(helper_packet->nx_packet_next != NULL);
    DONE(nx_packet_data_retrieve(helper_packet, copy, &copied));
    EQUAL(memcmp(copy, pattern, sizeof pattern), 0);
    DONE(nx_packet_release(helper_packet));
    task_delete(&helper);
    task_start(&helper, "helper", receives, 5, 5);
    tx_thread_sleep(6);
    EQUAL(helper_status, NX_NO_PACKET);
    task_delete(&helper);
    task_start(&helper, "helper", receives, NX_WAIT_FOREVER, 5);
    DONE(nx_udp_socket_unbind(&server));
    EQUAL(helper_status, NX_SOCKET_UNBOUND);
    task_delete(&helper);
}

static void endings(void)
{
    ULONG sent = 0, sent_bytes = 0, received = 0, received_bytes = 0, queued = 9, dropped = 0, checksum = 9;
    UINT port = 0;
    DONE(nx_udp_socket_info_get(&server, &sent, &sent_bytes, &received, &received_bytes, &queued, &dropped, &checksum));
    EQUAL(sent, server.nx_udp_socket_packets_sent);
    EQUAL(sent_bytes, server.nx_udp_socket_bytes_sent);
    EQUAL(received, server.nx_udp_socket_packets_received);
    EQUAL(received_bytes, server.nx_udp_socket_bytes_received);
    EQUAL(queued, server.nx_udp_socket_receive_count);
    EQUAL(dropped, server.nx_udp_socket_packets_dropped);
    EQUAL(checksum, server.nx_udp_socket_checksum_errors);
    SAME(server.nx_udp_socket_reserved_ptr, &boss);
    DONE(nx_udp_info_get(&two.ip, &sent, &sent_bytes, &received, &received_bytes, &queued, &dropped, &checksum));
    EQUAL(received, server.nx_udp_socket_packets_received);
    DONE(nx_udp_socket_checksum_disable(&client));
    EQUAL(client.nx_udp_socket_disable_checksum, NX_TRUE);
    DONE(nx_udp_socket_checksum_enable(&client));
    EQUAL(client.nx_udp_socket_disable_checksum, NX_FALSE);
    DONE(nx_udp_free_port_find(&one.ip, 9000, &port));
    EQUAL(port, 9000);
    EQUAL(nx_udp_socket_delete(&client), NX_STILL_BOUND);
    EQUAL(nx_ip_delete(&one.ip), NX_SOCKETS_BOUND);
    DONE(nx_udp_socket_unbind(&client));
    DONE(nx_udp_socket_delete(&client));
    DONE(nx_udp_socket_delete(&server));
    EQUAL(client.nx_udp_socket_id, 0);
    EQUAL(one.ip.nx_ip_udp_created_sockets_count, 0);
    EQUAL(nx_udp_socket_delete(&client), NX_PTR_ERROR);
}

static VOID boss_entry(ULONG input)
{
    (void)input;
    node_wait(&one);
    node_wait(&two);
    DONE(tx_queue_create(&arrivals, (CHAR *)"arrivals", 2, arrival_memory, sizeof arrival_memory));
    DONE(nx_udp_socket_create(&one.ip, &client, (CHAR *)"client", NX_IP_NORMAL, NX_FRAGMENT_OKAY, 0x80, QUEUE));
    DONE(nx_udp_socket_create(&two.ip, &server, (CHAR *)"server", NX_IP_NORMAL, NX_FRAGMENT_OKAY, 0x80, QUEUE));
    DONE(nx_udp_socket_bind(&client, NX_ANY_PORT, NX_NO_WAIT));
    DONE(nx_udp_socket_bind(&server, PORT, NX_NO_WAIT));
    EQUAL(nx_udp_socket_bind(&server, PORT, NX_NO_WAIT), NX_ALREADY_BOUND);
    socket_fields();
    one_datagram();
    notification();
    queue();
    callback_only();
    chains_and_waits();
    endings();
    DONE(tx_queue_delete(&arrivals));
    node_delete(&one);
    node_delete(&two);
}

GROUP(udp)
{
    nx_system_initialize();
    node_create(&one, "one", ONE, _nx_ram_network_driver);
    node_create(&two, "two", TWO, _nx_ram_network_driver);
    task_start(&boss, "boss", boss_entry, 0, 10);
}
