/* A node that serves a mailbox: what an application or a test sees of it. */

#ifndef MAIL_SERVER_H
#define MAIL_SERVER_H

#include "nx_api.h"

#ifdef __cplusplus
extern "C" {
#endif

#ifndef NETWORK_DRIVER
#define NETWORK_DRIVER _nx_ram_network_driver
#endif
#ifndef SERVER_ADDRESS
#define SERVER_ADDRESS IP_ADDRESS(10, 0, 0, 1)
#endif

extern NX_PACKET_POOL server_pool;
extern NX_IP server_ip;
extern UINT server_sessions; /* that have ended */
extern UINT server_deleted;  /* mails that QUIT has deleted */

/* The driver of the node's link, for nx_ip_create. */
VOID NETWORK_DRIVER(NX_IP_DRIVER *request);

/* Creates the instance and the thread that serves; for an application that has more than this node. */
VOID server_start(VOID);

#ifdef __cplusplus
}
#endif

#endif
