/* Functions of the program's own in the place of those of the stack: a driver, and a service that fails. */

#include "tx_api.h"
#include "nx_api.h"
#include "netx_host.h"

#include <stdio.h>

static NX_PACKET_POOL pool;
static NX_IP ip;
static UCHAR area[8000], stack[4096];
static UINT requests;

VOID _nx_ram_network_driver_256(NX_IP_DRIVER *driver_req_ptr)
{
    requests++;
    driver_req_ptr->nx_ip_driver_status = NX_UNHANDLED_COMMAND;
}

UINT _nxe_tcp_enable(NX_IP *ip_ptr)
{
    (void)ip_ptr;
    return NX_NOT_ENABLED;
}

VOID tx_application_define(VOID *first_unused_memory)
{
    (void)first_unused_memory;
    nx_packet_pool_create(&pool, "pool", 1536, area, sizeof area);
    nx_ip_create(&ip, "ip", IP_ADDRESS(10, 0, 0, 1), 0xFFFFFF00UL, &pool, _nx_ram_network_driver_256, stack,
                 sizeof stack, 1);
    printf("tcp %02x\n", nx_tcp_enable(&ip));
}

int main(void)
{
    tx_kernel_enter();
    printf("own driver %s\n", requests ? "asked" : "not asked");
    return 0;
}
