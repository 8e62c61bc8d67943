/* Internals of ICMP of IPv6, as far as there are any on the host. */

#ifndef NX_ICMPV6_H
#define NX_ICMPV6_H

#include "nx_api.h"

#ifdef __cplusplus
extern "C" {
#endif

/* RFC 4443 section 2.1. */
typedef struct NX_ICMPV6_HEADER_STRUCT
{
    UCHAR nx_icmpv6_header_type;
    UCHAR nx_icmpv6_header_code;
    USHORT nx_icmpv6_header_checksum;
} NX_ICMPV6_HEADER;

#ifdef __cplusplus
}
#endif

#endif
