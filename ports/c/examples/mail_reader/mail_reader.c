/* A device that collects its mail with the POP3 client.
 *
 * This file is as it is shipped on the device.  Only the network driver has another name on each board:
 * -DNETWORK_DRIVER=..., with the host's as default.
 */

#include "mail_reader.h"
#include "nxd_pop3_client.h"

#ifndef NETWORK_DRIVER
#define NETWORK_DRIVER nx_host_network_driver
#endif

#define PACKET_SIZE 1536
#define PACKET_COUNT 24
#define STACK_SIZE 4096

VOID NETWORK_DRIVER(NX_IP_DRIVER *request);
VOID reader_start(VOID);

struct mail_statistics mail_statistics;
NX_PACKET_POOL mail_pool;
NX_IP mail_ip;

static NX_POP3_CLIENT client;
static TX_THREAD mail_thread;
static ULONG pool_memory[PACKET_COUNT * (PACKET_SIZE + 60) / sizeof(ULONG)];
static ULONG mail_stack[STACK_SIZE / sizeof(ULONG)];
static ULONG ip_stack[STACK_SIZE / sizeof(ULONG)];
static ULONG arp_cache[1024 / sizeof(ULONG)];

/* Receive one mail packet by packet.  A mail is never held as a whole. */
static UINT mail_receive(UINT mail)
{
    NX_PACKET *packet;
    ULONG size;
    ULONG length;
    UINT last = NX_FALSE;
    UINT status = nx_pop3_client_mail_item_get(&client, mail, &size);

    while (status == NX_SUCCESS && !last) {
        status = nx_pop3_client_mail_item_message_get(&client, &packet, &length, &last);
        if (status == NX_SUCCESS) {
            mail_part(mail, packet->nx_packet_prepend_ptr, length, last);
            mail_statistics.octets += length;
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
    for (attempt = 0; attempt < MAIL_RETRIES; attempt++) {
        UINT status = mail_collect();
        if (status == NX_SUCCESS)
            return;
        mail_statistics.failures++;
        mail_statistics.last_error = status;
        tx_thread_sleep(pause);
        pause = pause * 2 > MAIL_RETRY_LONGEST ? MAIL_RETRY_LONGEST : pause * 2;
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
