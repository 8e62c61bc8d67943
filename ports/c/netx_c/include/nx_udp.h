/* Internals of UDP, as far as there are any on the host. */

#ifndef NX_UDP_H
#define NX_UDP_H

#include "nx_api.h"

#ifdef __cplusplus
extern "C" {
#endif

/* RFC 768, in two words: ports; length, checksum. */
typedef struct NX_UDP_HEADER_STRUCT
{
    ULONG nx_udp_header_word_0;
    ULONG nx_udp_header_word_1;
} NX_UDP_HEADER;

/* Takes an arriving packet, as the function in nx_ip_udp_packet_receive does; its data begin with the header of UDP. */
VOID _nx_udp_packet_receive(NX_IP *ip_ptr, NX_PACKET *packet_ptr);

#ifdef __cplusplus
}
#endif

#endif
