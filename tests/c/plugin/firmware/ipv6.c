/* A device that asks a server for its mails over IPv6. */

#include "tx_api.h"
#include "nx_api.h"
#include "nxd_pop3_client.h"

VOID _nx_ram_network_driver(NX_IP_DRIVER *driver_req_ptr);

static NX_IP ip;
static NX_PACKET_POOL pool;
static NX_POP3_CLIENT client;
static UCHAR pool_memory[32 * 1700], ip_stack[2048];

static VOID address_set(NXD_ADDRESS *address, ULONG last)
{
    address->nxd_ip_version = NX_IP_VERSION_V6;
    address->nxd_ip_address.v6[0] = 0xFD000000UL;
    address->nxd_ip_address.v6[1] = 0;
    address->nxd_ip_address.v6[2] = 0;
    address->nxd_ip_address.v6[3] = last;
}

int mails(VOID)
{
    NXD_ADDRESS server;
    UINT items = 0;
    ULONG size;
    address_set(&server, 2);
    if (nxd_pop3_client_create(&client, NX_FALSE, &ip, &pool, &server, 110, "mary", "secret"))
        return -1;
    nx_pop3_client_mail_items_get(&client, &items, &size);
    nx_pop3_client_quit(&client);
    nx_pop3_client_delete(&client);
    return (int)items;
}

VOID tx_application_define(VOID *first_unused_memory)
{
    NXD_ADDRESS own;
    (void)first_unused_memory;
    address_set(&own, 1);
    nx_packet_pool_create(&pool, "device pool", 1568, pool_memory, sizeof pool_memory);
    nx_ip_create(&ip, "device", 0, 0, &pool, _nx_ram_network_driver, ip_stack, sizeof ip_stack, 1);
    nx_tcp_enable(&ip);
    nxd_ipv6_enable(&ip);
    nxd_icmp_enable(&ip);
    nxd_ipv6_address_set(&ip, 0, NX_NULL, 10, NX_NULL);
    nxd_ipv6_address_set(&ip, 0, &own, 64, NX_NULL);
}
