/* Internals of ICMP of IPv4, as far as there are any on the host. */

#ifndef NX_ICMPV4_H
#define NX_ICMPV4_H

#include "nx_api.h"

#ifdef __cplusplus
extern "C" {
#endif

/* RFC 792. */
typedef struct NX_ICMPV4_HEADER_STRUCT
{
    UCHAR nx_icmpv4_header_type;
    UCHAR nx_icmpv4_header_code;
    USHORT nx_icmpv4_header_checksum;
} NX_ICMPV4_HEADER;

#ifdef __cplusplus
}
#endif

#endif
