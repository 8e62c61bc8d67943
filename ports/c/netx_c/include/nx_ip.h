/* Internals of IP, as far as there are any on the host. */

#ifndef NX_IP_H
#define NX_IP_H

#include "nx_api.h"

#ifdef __cplusplus
extern "C" {
#endif

extern NX_IP *_nx_ip_created_ptr;
extern ULONG _nx_ip_created_count;

#ifdef __cplusplus
}
#endif

#endif
