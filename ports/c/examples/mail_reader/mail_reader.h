/* A device that collects its mail: what the application sees of it. */

#ifndef MAIL_READER_H
#define MAIL_READER_H

#include "nx_api.h"

#ifdef __cplusplus
extern "C" {
#endif

#ifndef NETWORK_DRIVER
#define NETWORK_DRIVER nx_host_network_driver
#endif

/* Where the device is and where its mail is; a board's build sets its own. */
#ifndef MAIL_SERVER
#define MAIL_SERVER IP_ADDRESS(10, 0, 0, 1)
#endif
#ifndef MAIL_PORT
#define MAIL_PORT 110
#endif
#ifndef MAIL_USER
#define MAIL_USER "user"
#endif
#ifndef MAIL_PASSWORD
#define MAIL_PASSWORD "secret"
#endif
#ifndef DEVICE_ADDRESS
#define DEVICE_ADDRESS IP_ADDRESS(10, 0, 0, 2)
#endif
#ifndef DEVICE_GATEWAY
#define DEVICE_GATEWAY IP_ADDRESS(10, 0, 0, 1)
#endif

/* How long to wait after a failure, in ticks: doubled each time, up to the longest. */
#define MAIL_RETRY_FIRST 100
#define MAIL_RETRY_LONGEST 1600
#define MAIL_TRIES 8

/* What the reader has done so far. */
struct mail_statistics {
    UINT collected;   /* mails received whole and marked for deletion; QUIT makes the server delete them */
    UINT failures;    /* sessions that ended with an error */
    UINT last_status; /* of the latest session */
    ULONG octets;     /* of all mails */
};

extern struct mail_statistics mail_statistics;
extern NX_PACKET_POOL mail_pool;
extern NX_IP mail_ip;

/* The driver of the board's link, for nx_ip_create. */
VOID NETWORK_DRIVER(NX_IP_DRIVER *request);

/* Creates the instance and the thread that collects mail; for an application that has more than this reader. */
VOID reader_start(VOID);

/* One session: every mail is received and deleted.  Returns the first status that is not NX_SUCCESS. */
UINT mail_collect(VOID);

/* Called with each part of a mail as it arrives, without the doubled dots and the end mark of the protocol; the
 * application supplies it.  A session that fails begins again with its first mail. */
VOID mail_part(UINT mail, const UCHAR *data, ULONG length, UINT last);

#ifdef __cplusplus
}
#endif

#endif
