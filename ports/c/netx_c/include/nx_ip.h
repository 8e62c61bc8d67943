/* Internals of IP, as far as there are any on the host. */

#ifndef NX_IP_H
#define NX_IP_H

#include "nx_api.h"
#include "nx_ipv4.h"
#include "nx_ipv6.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The instances, in a ring. */
extern NX_IP *_nx_ip_created_ptr;
extern ULONG _nx_ip_created_count;

#ifdef __cplusplus
}
#endif

#endif
