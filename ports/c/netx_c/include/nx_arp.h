/* Internals of ARP: none on the host. */

#ifndef NX_ARP_H
#define NX_ARP_H

#include "nx_api.h"

#endif
