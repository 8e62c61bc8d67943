/* The POP3 client under the header name of the older, IPv4-only NetX; its services are the same. */

#ifndef NX_POP3_CLIENT_H
#define NX_POP3_CLIENT_H

#include "nxd_pop3_client.h"

#endif
