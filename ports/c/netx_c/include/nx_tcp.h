/* Internals of TCP, as far as there are any on the host. */

#ifndef NX_TCP_H
#define NX_TCP_H

#include "nx_api.h"

#endif
