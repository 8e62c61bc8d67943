/* Blocks with other sizes and fields in other places. */

#define NX_MAX_PHYSICAL_INTERFACES     3
#define NX_MAX_IPV6_ADDRESSES          5
#define NX_POP3_MAX_USERNAME           64
#define NX_POP3_MAX_PASSWORD           33
#define NX_POP3_CLIENT_TCP_WINDOW_SIZE 8000
#define NX_ENABLE_INTERFACE_CAPABILITY
#define NX_IP_PERIODIC_RATE            100
