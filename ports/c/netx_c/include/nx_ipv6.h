/* Internals of IPv6, as far as there are any on the host. */

#ifndef NX_IPV6_H
#define NX_IPV6_H

#include "nx_api.h"

#ifdef __cplusplus
extern "C" {
#endif

/* RFC 8200 section 3, in words. */
typedef struct NX_IPV6_HEADER_STRUCT
{
    ULONG nx_ip_header_word_0;
    ULONG nx_ip_header_word_1;
    ULONG nx_ip_header_source_ip[4];
    ULONG nx_ip_header_destination_ip[4];
} NX_IPV6_HEADER;

#ifdef __cplusplus
}
#endif

#endif
