/* Tunables of a team, each with another value than the stack's own. */

#define NX_PACKET_ALIGNMENT              64
#define NX_PHYSICAL_HEADER               20
#define NX_MAX_PHYSICAL_INTERFACES       2
#define NX_MAX_LISTEN_REQUESTS           3
#define NX_MAX_MULTICAST_GROUPS          4
#define NX_SEARCH_PORT_START             65000
#define NX_TCP_MAXIMUM_TX_QUEUE          8
#define NX_TCP_MAXIMUM_RETRIES           2
#define NX_TCP_RETRY_SHIFT               1
#define NX_TCP_TRANSMIT_TIMER_RATE       2
#define NX_ARP_MAX_QUEUE_DEPTH           2
#define NX_ARP_UPDATE_RATE               2
#define NX_ARP_MAXIMUM_RETRIES           3
#define NX_ARP_EXPIRATION_RATE           5
#define NX_POP3_MAX_USERNAME             64
#define NX_POP3_CLIENT_TCP_WINDOW_SIZE   2920
#define NX_POP3_CLIENT_CONNECTION_TIMEOUT (1 * NX_IP_PERIODIC_RATE)
#define NX_POP3_SERVER_REPLY_TIMEOUT     (4 * NX_IP_PERIODIC_RATE)
