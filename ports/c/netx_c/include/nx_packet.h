/* Internals of packets, as far as there are any on the host. */

#ifndef NX_PACKET_H
#define NX_PACKET_H

#include "nx_api.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The pools, in a ring. */
extern NX_PACKET_POOL *_nx_packet_pool_created_ptr;
extern ULONG _nx_packet_pool_created_count;

#ifdef __cplusplus
}
#endif

#endif
