/* Internals of ICMP, as far as there are any on the host. */

#ifndef NX_ICMP_H
#define NX_ICMP_H

#include "nx_api.h"

#endif
