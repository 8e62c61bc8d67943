/* A driver in C in front of one of the stack: include it, and give it as DRIVER. */

#ifndef FILTER_H
#define FILTER_H

#include "nx_api.h"
#include "netx_host.h"

static UINT filter_sent;

static VOID filter(NX_IP_DRIVER *driver_req_ptr)
{
    UINT command = driver_req_ptr->nx_ip_driver_command;
    if (command == NX_LINK_PACKET_SEND || command == NX_LINK_PACKET_BROADCAST || command == NX_LINK_ARP_SEND ||
        command == NX_LINK_ARP_RESPONSE_SEND)
        filter_sent++;
    nx_host_network_driver(driver_req_ptr);
}

#endif
