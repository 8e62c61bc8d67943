#ifndef BEHAVIOUR_H
#define BEHAVIOUR_H

#include "tx_api.h"
#include "nx_api.h"
#include "nxd_pop3_client.h"
#include "netx_host.h"

#ifndef DRIVER
#define DRIVER nx_host_network_driver
#endif

/* In a file of its own: programs have several. */
VOID enable(NX_IP *ip_ptr);

#endif
