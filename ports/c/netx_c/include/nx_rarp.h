/* Internals of RARP, as far as there are any on the host. */

#ifndef NX_RARP_H
#define NX_RARP_H

#include "nx_api.h"

#endif
