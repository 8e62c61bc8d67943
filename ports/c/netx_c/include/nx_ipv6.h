/* Internals of IPv6, as far as there are any on the host. */

#ifndef NX_IPV6_H
#define NX_IPV6_H

#include "nx_api.h"

#endif
