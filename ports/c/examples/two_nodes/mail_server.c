/* A node that serves one mailbox to one client at a time, in a thread of its own: the other end of a two-node test.
 *
 * The thread reads commands line by line, whatever segments they come in, and answers as RFC 1939 says.
 */

#include "mail_server.h"

#include <stdio.h>

#define PACKET_SIZE 1536
#define PACKET_COUNT 32
#define STACK_SIZE 4096
#define PORT 110
#define LINE_SIZE 128
#define WAIT 1000
#define MAILS 3

NX_PACKET_POOL server_pool;
NX_IP server_ip;
UINT server_sessions;
UINT server_deleted;

static const CHAR *const mails[MAILS] = {
    "Subject: first\r\n\r\nhello\r\n",
    "Subject: second\r\n\r\nA line of dots:\r\n..\r\n.\r\nand no more.\r\n",
    "Subject: third\r\n\r\nbye\r\n",
};

static NX_TCP_SOCKET server_socket;
static TX_THREAD server_thread;
static UINT marked[MAILS];
static CHAR line[LINE_SIZE];
static ULONG pool_memory[PACKET_COUNT * (PACKET_SIZE + 60) / sizeof(ULONG)];
static ULONG server_stack[STACK_SIZE / sizeof(ULONG)];
static ULONG ip_stack[STACK_SIZE / sizeof(ULONG)];
static ULONG arp_cache[1024 / sizeof(ULONG)];

/* Append text.  In a body each line that starts with a dot gets another one (RFC 1939 section 3). */
static UINT text_append(NX_PACKET *packet, const CHAR *text, UINT body)
{
    UINT status = NX_SUCCESS;

    while (*text && status == NX_SUCCESS) {
        const CHAR *end = strchr(text, '\n');
        ULONG length = end ? (ULONG)(end - text) + 1 : (ULONG)strlen(text);
        if (body && *text == '.')
            status = nx_packet_data_append(packet, (VOID *)".", 1, &server_pool, WAIT);
        if (status == NX_SUCCESS)
            status = nx_packet_data_append(packet, (VOID *)text, length, &server_pool, WAIT);
        text += length;
    }
    return status;
}

/* Send text in a segment of its own: clients read an answer at a time.  A body ends with a line that is a dot. */
static UINT send(const CHAR *text, UINT body)
{
    NX_PACKET *packet;
    UINT status = nx_packet_allocate(&server_pool, &packet, NX_TCP_PACKET, WAIT);

    if (status != NX_SUCCESS)
        return status;
    status = text_append(packet, text, body);
    if (status == NX_SUCCESS && body)
        status = text_append(packet, ".\r\n", NX_FALSE);
    if (status == NX_SUCCESS)
        status = nx_tcp_socket_send(&server_socket, packet, WAIT);
    if (status != NX_SUCCESS)
        nx_packet_release(packet);
    return status;
}

static UINT answer(const CHAR *text)
{
    return send(text, NX_FALSE);
}

static UINT counted(const CHAR *format, UINT count, ULONG octets)
{
    CHAR text[64];

    snprintf(text, sizeof(text), format, count, octets);
    return answer(text);
}

static UINT totals(VOID)
{
    UINT mail;
    UINT count = 0;
    ULONG octets = 0;

    for (mail = 0; mail < MAILS; mail++)
        if (!marked[mail]) {
            count++;
            octets += (ULONG)strlen(mails[mail]);
        }
    return counted("+OK %u %u\r\n", count, octets);
}

static UINT retrieve(UINT mail)
{
    UINT status = counted("+OK %u octets\r\n", (UINT)strlen(mails[mail]), 0);

    return status == NX_SUCCESS ? send(mails[mail], NX_TRUE) : status;
}

/* One command; NX_FALSE when the session is over. */
static UINT command(VOID)
{
    UINT mail = 0;

    if (!strncmp(line, "QUIT", 4)) {
        for (mail = 0; mail < MAILS; mail++)
            server_deleted += marked[mail];
        answer("+OK bye\r\n");
        return NX_FALSE;
    }
    if (!strncmp(line, "STAT", 4))
        return totals() == NX_SUCCESS;
    if (!strncmp(line, "USER", 4) || !strncmp(line, "PASS", 4))
        return answer("+OK\r\n") == NX_SUCCESS;
    if (sscanf(line + 4, "%u", &mail) != 1 || mail < 1 || mail > MAILS || marked[mail - 1])
        return answer("-ERR no such mail\r\n") == NX_SUCCESS;
    if (!strncmp(line, "RETR", 4))
        return retrieve(mail - 1) == NX_SUCCESS;
    if (!strncmp(line, "LIST", 4))
        return counted("+OK %u %u\r\n", mail, (ULONG)strlen(mails[mail - 1])) == NX_SUCCESS;
    if (!strncmp(line, "DELE", 4)) {
        marked[mail - 1] = NX_TRUE;
        return answer("+OK deleted\r\n") == NX_SUCCESS;
    }
    return answer("-ERR what\r\n") == NX_SUCCESS;
}

/* Handle what a packet brings, byte by byte, since a line may end anywhere. */
static UINT commands(const NX_PACKET *packet, UINT *filled)
{
    const UCHAR *byte;

    for (byte = packet->nx_packet_prepend_ptr; byte < packet->nx_packet_append_ptr; byte++) {
        if (*byte == '\n') {
            line[*filled] = 0;
            *filled = 0;
            if (!command())
                return NX_FALSE;
        } else if (*byte != '\r' && *filled < LINE_SIZE - 1) {
            line[(*filled)++] = (CHAR)*byte;
        }
    }
    return NX_TRUE;
}

static VOID session(VOID)
{
    NX_PACKET *packet;
    UINT filled = 0;
    UINT open = answer("+OK ready\r\n") == NX_SUCCESS;

    memset(marked, 0, sizeof(marked));
    while (open && nx_tcp_socket_receive(&server_socket, &packet, WAIT) == NX_SUCCESS) {
        open = commands(packet, &filled);
        nx_packet_release(packet);
    }
    server_sessions++;
}

static VOID server_entry(ULONG input)
{
    NX_PARAMETER_NOT_USED(input);
    nx_tcp_socket_create(&server_ip, &server_socket, (CHAR *)"mail server", NX_IP_NORMAL, NX_FRAGMENT_OKAY,
                         NX_IP_TIME_TO_LIVE, 4096, NX_NULL, NX_NULL);
    nx_tcp_server_socket_listen(&server_ip, PORT, &server_socket, 2, NX_NULL);
    for (;;) {
        /* A client that goes away before it is connected is no reason to stop. */
        if (nx_tcp_server_socket_accept(&server_socket, NX_WAIT_FOREVER) == NX_SUCCESS)
            session();
        nx_tcp_socket_disconnect(&server_socket, WAIT);
        nx_tcp_server_socket_unaccept(&server_socket);
        nx_tcp_server_socket_relisten(&server_ip, PORT, &server_socket);
    }
}

VOID server_start(VOID)
{
    nx_packet_pool_create(&server_pool, (CHAR *)"server pool", PACKET_SIZE, pool_memory, sizeof(pool_memory));
    nx_ip_create(&server_ip, (CHAR *)"server", SERVER_ADDRESS, 0xFFFFFF00UL, &server_pool, NETWORK_DRIVER, ip_stack,
                 sizeof(ip_stack), 1);
    nx_arp_enable(&server_ip, arp_cache, sizeof(arp_cache));
    nx_tcp_enable(&server_ip);
    tx_thread_create(&server_thread, (CHAR *)"mail server", server_entry, 0, server_stack, sizeof(server_stack), 15, 15,
                     TX_NO_TIME_SLICE, TX_AUTO_START);
}

#ifndef NETX_TWO_NODES
VOID tx_application_define(VOID *first_unused_memory)
{
    NX_PARAMETER_NOT_USED(first_unused_memory);
    nx_system_initialize();
    server_start();
}
#endif
