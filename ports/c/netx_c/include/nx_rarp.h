/* Internals of RARP: none on the host. */

#ifndef NX_RARP_H
#define NX_RARP_H

#include "nx_api.h"

#endif
