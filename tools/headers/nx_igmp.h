/* Internals of IGMP, as far as there are any on the host. */

#ifndef NX_IGMP_H
#define NX_IGMP_H

#include "nx_api.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Takes an arriving packet, as the function in nx_ip_igmp_packet_receive does; its data begin with the header of IGMP. */
VOID _nx_igmp_packet_receive(NX_IP *ip_ptr, NX_PACKET *packet_ptr);

#ifdef __cplusplus
}
#endif

#endif
