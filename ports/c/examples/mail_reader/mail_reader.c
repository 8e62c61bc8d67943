/* A device that collects its mail with the POP3 client.
 *
 * This file is as it is shipped on the device.  Only the network driver has another name on each board:
 * -DNETWORK_DRIVER=..., with the host's as default.
 */

#include "mail_reader.h"
#include "nxd_pop3_client.h"

#define PACKET_SIZE 1536
#define PACKET_COUNT 24
#define STACK_SIZE 4096

struct mail_statistics mail_statistics;
NX_PACKET_POOL mail_pool;
NX_IP mail_ip;

static NX_POP3_CLIENT client;
static TX_THREAD mail_thread;
static ULONG pool_memory[PACKET_COUNT * (PACKET_SIZE + 60) / sizeof(ULONG)];
static ULONG mail_stack[STACK_SIZE / sizeof(ULONG)];
static ULONG ip_stack[STACK_SIZE / sizeof(ULONG)];
static ULONG arp_cache[1024 / sizeof(ULONG)];

/* Where in a mail its next byte is. */
enum place { LINE_START, IN_LINE, AFTER_CR, AFTER_DOT, AFTER_DOT_CR, MAIL_END };

static enum place place_after(enum place place, UCHAR byte)
{
    switch (place) {
    case LINE_START:
        if (byte == '.')
            return AFTER_DOT;
        break;
    case AFTER_CR:
        if (byte == '\n')
            return LINE_START;
        break;
    case AFTER_DOT:
        if (byte == '\r')
            return AFTER_DOT_CR;
        break;
    case AFTER_DOT_CR:
    case MAIL_END:
        return MAIL_END;
    case IN_LINE:
        break;
    }
    return byte == '\r' ? AFTER_CR : IN_LINE;
}

/* Remove the dot that the server puts before each line with a dot, and the end mark: in place, for what is left never
 * takes more room.  A part may begin and end anywhere.  Returns the length that is left. */
static ULONG mail_text(enum place *place, UCHAR *data, ULONG length)
{
    ULONG kept = 0;
    ULONG at;

    for (at = 0; at < length; at++) {
        *place = place_after(*place, data[at]);
        if (*place < AFTER_DOT)
            data[kept++] = data[at];
    }
    return kept;
}

/* Hand on what a packet holds.  The chain's own lengths count: the length that the client tells leaves bytes out. */
static VOID mail_packet(UINT mail, enum place *place, NX_PACKET *packet)
{
    NX_PACKET *part;

    for (part = packet; part; part = part->nx_packet_next) {
        ULONG length = (ULONG)(part->nx_packet_append_ptr - part->nx_packet_prepend_ptr);
        length = mail_text(place, part->nx_packet_prepend_ptr, length);
        mail_statistics.octets += length;
        mail_part(mail, part->nx_packet_prepend_ptr, length, *place == MAIL_END);
    }
}

/* Receive one mail packet by packet.  A mail is never held as a whole.
 *
 * The client looks for the end in each packet alone, so it does not see an end mark that lies in two, and a line with
 * a dot at a packet's start may look like one.  The end is where the bytes say so. */
static UINT mail_receive(UINT mail)
{
    enum place place = LINE_START;
    NX_PACKET *packet;
    ULONG size;
    UINT last = NX_FALSE;
    UINT status = nx_pop3_client_mail_item_get(&client, mail, &size);

    while (status == NX_SUCCESS && place != MAIL_END) {
        if (last)
            return NX_INVALID_PACKET;
        status = nx_pop3_client_mail_item_message_get(&client, &packet, &size, &last);
        if (status == NX_SUCCESS) {
            mail_packet(mail, &place, packet);
            nx_packet_release(packet);
        }
    }
    return status;
}

static UINT mail_session(VOID)
{
    UINT count;
    UINT mail;
    ULONG octets;
    UINT status = nx_pop3_client_mail_items_get(&client, &count, &octets);

    for (mail = 1; status == NX_SUCCESS && mail <= count; mail++) {
        status = mail_receive(mail);
        if (status == NX_SUCCESS)
            status = nx_pop3_client_mail_item_delete(&client, mail);
        if (status == NX_SUCCESS)
            mail_statistics.collected++;
    }
    /* Without QUIT the server forgets the deletions, and the mails come again. */
    if (status == NX_SUCCESS)
        status = nx_pop3_client_quit(&client);
    return status;
}

UINT mail_collect(VOID)
{
    UINT status = nx_pop3_client_create(&client, NX_FALSE, &mail_ip, &mail_pool, MAIL_SERVER, MAIL_PORT,
                                        (CHAR *)MAIL_USER, (CHAR *)MAIL_PASSWORD);
    if (status == NX_SUCCESS)
        status = mail_session();
    /* Also after a create that failed: it may have left its socket open. */
    nx_pop3_client_delete(&client);
    return status;
}

static VOID mail_thread_entry(ULONG input)
{
    ULONG pause = MAIL_RETRY_FIRST;
    UINT attempt;

    NX_PARAMETER_NOT_USED(input);
    for (attempt = 0; attempt < MAIL_TRIES; attempt++) {
        UINT status;
        if (attempt) {
            tx_thread_sleep(pause);
            pause = pause < MAIL_RETRY_LONGEST / 2 ? pause * 2 : MAIL_RETRY_LONGEST;
        }
        status = mail_collect();
        mail_statistics.last_status = status;
        if (status == NX_SUCCESS)
            return;
        mail_statistics.failures++;
    }
}

/* Called by the application that has this reader; alone it is all there is. */
VOID reader_start(VOID)
{
    nx_packet_pool_create(&mail_pool, (CHAR *)"mail pool", PACKET_SIZE, pool_memory, sizeof(pool_memory));
    nx_ip_create(&mail_ip, (CHAR *)"mail device", DEVICE_ADDRESS, 0xFFFFFF00UL, &mail_pool, NETWORK_DRIVER, ip_stack,
                 sizeof(ip_stack), 1);
    nx_arp_enable(&mail_ip, arp_cache, sizeof(arp_cache));
    nx_ip_gateway_address_set(&mail_ip, DEVICE_GATEWAY);
    nx_tcp_enable(&mail_ip);
    tx_thread_create(&mail_thread, (CHAR *)"mail", mail_thread_entry, 0, mail_stack, sizeof(mail_stack), 16, 16,
                     TX_NO_TIME_SLICE, TX_AUTO_START);
}

#ifndef NETX_TWO_NODES
VOID tx_application_define(VOID *first_unused_memory)
{
    NX_PARAMETER_NOT_USED(first_unused_memory);
    nx_system_initialize();
    reader_start();
}
#endif
