/* Internals of IPv4, as far as there are any on the host. */

#ifndef NX_IPV4_H
#define NX_IPV4_H

#include "nx_api.h"

#endif
