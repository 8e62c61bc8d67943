/* Internals of IPv4, as far as there are any on the host. */

#ifndef NX_IPV4_H
#define NX_IPV4_H

#include "nx_api.h"

#ifdef __cplusplus
extern "C" {
#endif

/* RFC 791 section 3.1, in five words. */
typedef struct NX_IPV4_HEADER_STRUCT
{
    ULONG nx_ip_header_word_0;
    ULONG nx_ip_header_word_1;
    ULONG nx_ip_header_word_2;
    ULONG nx_ip_header_source_ip;
    ULONG nx_ip_header_destination_ip;
} NX_IPV4_HEADER;

#ifdef __cplusplus
}
#endif

#endif
