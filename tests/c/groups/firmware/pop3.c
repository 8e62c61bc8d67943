/* The POP3 client: every service, and every field of its block, against a server with three mails. */

#include "check.h"
#include "nxd_pop3_client.h"

#define SERVER IP_ADDRESS(10, 0, 0, 1)
#define PORT   110

static TASK boss;
static NODE node;
static NX_POP3_CLIENT client;
static char text[5000];

/* What the server has: see the test. */
static const char first_mail[] = "Subject: one\r\n\r\nHello\r\n";
static const ULONG sizes[] = {23, 2298, 5};

static void session_fields(UINT apop)
{
    NX_TCP_SOCKET *socket = &client.nx_pop3_client_tcp_socket;
    TEXT(client.nx_pop3_client_name, "mary");
    TEXT(client.nx_pop3_client_password, "secret");
    SAME(client.nx_pop3_client_packet_pool_ptr, &node.pool);
    EQUAL(client.nx_pop3_client_enable_APOP_authentication, apop);
    EQUAL(client.nx_pop3_client_mail_status, 0);
    EQUAL(client.nx_pop3_client_ready_to_download, NX_FALSE);
    EQUAL(socket->nx_tcp_socket_id, NX_TCP_ID);
    EQUAL(socket->nx_tcp_socket_state, NX_TCP_ESTABLISHED);
    EQUAL(socket->nx_tcp_socket_connect_port, PORT);
    EQUAL(socket->nx_tcp_socket_connect_ip.nxd_ip_address.v4, SERVER);
    EQUAL(socket->nx_tcp_socket_rx_window_default, NX_POP3_CLIENT_TCP_WINDOW_SIZE);
    SAME(socket->nx_tcp_socket_ip_ptr, &node.ip);
    EQUAL(client.nx_pop3_client_maildrop_index, 0);
    SAME(client.nx_pop3_client_message_ptr, NULL);
    EQUAL(client.nx_pop3_client_md5data.nx_md5_bit_count[1], 0);
    if (apop)
    {
        EQUAL(client.nx_pop3_server_process_id[0], '<');
        CHECK(strchr(client.nx_pop3_server_process_id, '>') != NULL);
    }
}

static ULONG read_mail(void)
{
    NX_PACKET *packet = NULL;
    ULONG bytes = 0, copied = 0, at = 0;
    UINT last = NX_FALSE, rounds = 0;
    EQUAL(client.nx_pop3_client_ready_to_download, NX_TRUE);
    while (!last && rounds++ < 20)
    {
        UINT status = nx_pop3_client_mail_item_message_get(&client, &packet, &bytes, &last);
        EQUAL(status, NX_SUCCESS);
        if (status != NX_SUCCESS)
            break;
        SAME(packet->nx_packet_pool_owner, &node.pool);
        DONE(nx_packet_data_extract_offset(packet, 0, text + at, (ULONG)sizeof text - at - 1, &copied));
        at += copied;
        DONE(nx_packet_release(packet));
    }
    text[at] = '\0';
    EQUAL(client.nx_pop3_client_ready_to_download, NX_FALSE);
    return at;
}

static void mails(void)
{
    NX_PACKET *packet = NULL;
    UINT items = 0, last = 9;
    ULONG total = 0, size = 0, bytes = 9;
    DONE(nx_pop3_client_mail_items_get(&client, &items, &total));
    EQUAL(items, 3);
    EQUAL(total, sizes[0] + sizes[1] + sizes[2]);
    EQUAL(client.nx_pop3_client_maildrop_items, items);
    EQUAL(client.nx_pop3_client_total_message_size, total);
    DONE(nx_pop3_client_mail_item_size_get(&client, 2, &size));
    EQUAL(size, sizes[1]);
    EQUAL(nx_pop3_client_mail_item_size_get(&client, 4, &size), NX_POP3_INVALID_MAIL_ITEM);
    EQUAL(nx_pop3_client_mail_item_message_get(&client, &packet, &bytes, &last), NX_POP3_CLIENT_INVALID_STATE);
    DONE(nx_pop3_client_mail_item_get(&client, 1, &size));
    EQUAL(size, sizes[0]);
    CHECK(client.nx_pop3_client_message_ptr != NULL); /* the mail came with the reply */
    EQUAL(client.nx_pop3_client_message_ptr->nx_packet_length, sizes[0] + 3);
    EQUAL(read_mail(), sizes[0] + 3);
    EQUAL(strncmp(text, first_mail, sizes[0]), 0);
    DONE(nx_pop3_client_mail_item_get(&client, 2, &size));
    EQUAL(size, sizes[1]);
    CHECK(read_mail() >= sizes[1]);
    DONE(nx_pop3_client_mail_item_delete(&client, 1));
    EQUAL(nx_pop3_client_mail_item_get(&client, 1, &size), NX_POP3_SERVER_ERROR_STATUS);
    EQUAL(nx_pop3_client_mail_item_delete(&client, 1), NX_POP3_SERVER_ERROR_STATUS);
    EQUAL(nx_pop3_client_mail_item_get(&client, 0, &size), NX_POP3_CLIENT_INVALID_INDEX);
    EQUAL(nx_pop3_client_mail_item_get(&client, 9, &size), NX_POP3_INVALID_MAIL_ITEM);
    EQUAL(nx_pop3_client_mail_items_get(NULL, &items, &total), NX_PTR_ERROR);
}

/* After APOP the client keeps the greeting's packet for ever, as the device does. */
static void ends(UINT lost)
{
    DONE(nx_pop3_client_quit(&client));
    DONE(nx_pop3_client_delete(&client));
    tx_thread_sleep(50);
    EQUAL(client.nx_pop3_client_name[0], '\0');
    EQUAL(client.nx_pop3_client_tcp_socket.nx_tcp_socket_id, 0);
    EQUAL(node.ip.nx_ip_tcp_created_sockets_count, 0);
    EQUAL(node.pool.nx_packet_pool_total - node.pool.nx_packet_pool_available, lost);
}

static void over_apop(void)
{
    DONE(nx_pop3_client_create(&client, NX_TRUE, &node.ip, &node.pool, SERVER, PORT, (CHAR *)"mary", (CHAR *)"secret"));
    session_fields(NX_TRUE);
    mails();
    ends(1);
}

static void over_user_and_pass(void)
{
    NXD_ADDRESS server;
    UINT items = 0;
    ULONG total = 0;
    server.nxd_ip_version = NX_IP_VERSION_V4;
    server.nxd_ip_address.v4 = SERVER;
    DONE(nxd_pop3_client_create(&client, NX_FALSE, &node.ip, &node.pool, &server, PORT, (CHAR *)"mary",
                                (CHAR *)"secret"));
    session_fields(NX_FALSE);
    DONE(nx_pop3_client_mail_items_get(&client, &items, &total));
    EQUAL(items, 2);
    ends(1);
}

static void refused(UINT apop)
{
    UINT items = 0;
    ULONG total = 0;
    /* The answer to PASS is not looked at, and a refused APOP is followed by USER and PASS. */
    DONE(nx_pop3_client_create(&client, apop, &node.ip, &node.pool, SERVER, PORT, (CHAR *)"mary", (CHAR *)"wrong"));
    EQUAL(nx_pop3_client_mail_items_get(&client, &items, &total), NX_POP3_SERVER_ERROR_STATUS);
    DONE(nx_pop3_client_delete(&client));
    EQUAL(node.ip.nx_ip_tcp_created_sockets_count, 0);
    EQUAL(client.nx_pop3_client_tcp_socket.nx_tcp_socket_id, 0);
}

static void refused_here(void)
{
    EQUAL(nx_pop3_client_create(&client, NX_FALSE, &node.ip, &node.pool, 0, PORT, (CHAR *)"mary", (CHAR *)"secret"),
          NX_POP3_PARAM_ERROR);
    EQUAL(nx_pop3_client_create(NULL, NX_FALSE, &node.ip, &node.pool, SERVER, PORT, (CHAR *)"mary", (CHAR *)"secret"),
          NX_PTR_ERROR);
}

static void replies(void)
{
    char word[8];
    ULONG number = 0;
    memset(word, 0, sizeof word);
    _nx_pop3_parse_response((CHAR *)"+OK 2 320\r\n", 1, 11, word, 3, NX_FALSE, NX_FALSE);
    TEXT(word, "+OK");
    _nx_pop3_parse_response((CHAR *)"+OK 2 320\r\n", 3, 11, (CHAR *)&number, sizeof number, NX_TRUE, NX_FALSE);
    EQUAL(number, 320);
}

static VOID boss_entry(ULONG input)
{
    (void)input;
    node_wait(&node);
    over_apop();
    over_user_and_pass();
    refused(NX_FALSE);
    refused(NX_TRUE);
    refused_here();
    replies();
    tx_thread_sleep(200);
    EQUAL(node.pool.nx_packet_pool_total - node.pool.nx_packet_pool_available, 1);
    DONE(nx_ip_delete(&node.ip));
    DONE(nx_packet_pool_delete(&node.pool));
}

GROUP(pop3)
{
    nx_system_initialize();
    node_create(&node, "node", IP_ADDRESS(10, 0, 0, 2), _nx_ram_network_driver);
    task_start(&boss, "boss", boss_entry, 0, 10);
}
