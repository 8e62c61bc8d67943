/* Internals of IGMP: none on the host. */

#ifndef NX_IGMP_H
#define NX_IGMP_H

#include "nx_api.h"

#endif
