/* Internals of ICMP: none on the host. */

#ifndef NX_ICMP_H
#define NX_ICMP_H

#include "nx_api.h"
#include "nx_icmpv4.h"
#include "nx_icmpv6.h"

#endif
