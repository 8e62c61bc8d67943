/* Internals of ICMP, as far as there are any on the host. */

#ifndef NX_ICMP_H
#define NX_ICMP_H

#include "nx_api.h"
#include "nx_icmpv4.h"
#include "nx_icmpv6.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Takes an arriving packet, as the function in nx_ip_icmp_packet_receive does; its data begin with the header of ICMP. */
VOID _nx_icmp_packet_receive(NX_IP *ip_ptr, NX_PACKET *packet_ptr);

#ifdef __cplusplus
}
#endif

#endif
