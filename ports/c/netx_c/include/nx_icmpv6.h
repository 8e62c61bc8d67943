/* Internals of ICMP of IPv6, as far as there are any on the host. */

#ifndef NX_ICMPV6_H
#define NX_ICMPV6_H

#include "nx_api.h"

#endif
