/* Internals of neighbour discovery: none on the host. */

#ifndef NX_ND_CACHE_H
#define NX_ND_CACHE_H

#include "nx_api.h"

#endif
