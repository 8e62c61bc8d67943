/* Internals of ICMP of IPv4, as far as there are any on the host. */

#ifndef NX_ICMPV4_H
#define NX_ICMPV4_H

#include "nx_api.h"

#endif
