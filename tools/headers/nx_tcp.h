/* Internals of TCP, as far as there are any on the host. */

#ifndef NX_TCP_H
#define NX_TCP_H

#include "nx_api.h"

#ifdef __cplusplus
extern "C" {
#endif

/* RFC 9293 section 3.1, in five words: ports; sequence; acknowledgement; offset, flags, window; checksum, urgent. */
typedef struct NX_TCP_HEADER_STRUCT
{
    ULONG nx_tcp_header_word_0;
    ULONG nx_tcp_sequence_number;
    ULONG nx_tcp_acknowledgment_number;
    ULONG nx_tcp_header_word_3;
    ULONG nx_tcp_header_word_4;
} NX_TCP_HEADER;

/* Takes an arriving packet, as the function in nx_ip_tcp_packet_receive does; its data begin with the header of TCP. */
VOID _nx_tcp_packet_receive(NX_IP *ip_ptr, NX_PACKET *packet_ptr);

#ifdef __cplusplus
}
#endif

#endif
