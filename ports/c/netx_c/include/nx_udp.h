/* Internals of UDP, as far as there are any on the host. */

#ifndef NX_UDP_H
#define NX_UDP_H

#include "nx_api.h"

#endif
