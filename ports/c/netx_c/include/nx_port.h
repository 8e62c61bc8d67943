/* NetX types and macros as far as they belong to the port: here a little-endian host. */

#ifndef NX_PORT_H
#define NX_PORT_H

#include "tx_api.h"

#ifdef NX_INCLUDE_USER_DEFINE_FILE
#include "nx_user.h"
#endif

#define NX_LITTLE_ENDIAN                        1
#ifndef NX_IP_PERIODIC_RATE
#define NX_IP_PERIODIC_RATE                     TX_TIMER_TICKS_PER_SECOND
#endif

/* Byte order.  A host's own headers (netinet/in.h) go before this one. */
#ifndef htonl
#define htonl(val)                              (__builtin_bswap32(NETX_HOST_CAST(ULONG, val)))
#endif
#ifndef ntohl
#define ntohl(val)                              (__builtin_bswap32(NETX_HOST_CAST(ULONG, val)))
#endif
#ifndef htons
#define htons(val)                              (__builtin_bswap16(NETX_HOST_CAST(USHORT, val)))
#endif
#ifndef ntohs
#define ntohs(val)                              (__builtin_bswap16(NETX_HOST_CAST(USHORT, val)))
#endif
#define NX_CHANGE_ULONG_ENDIAN(arg)             ((arg) = __builtin_bswap32(arg))
#define NX_CHANGE_USHORT_ENDIAN(a)              ((a) = __builtin_bswap16(a))

#define NX_UCHAR_POINTER_ADD(a, b)              TX_UCHAR_POINTER_ADD(a, b)
#define NX_UCHAR_POINTER_SUB(a, b)              TX_UCHAR_POINTER_SUB(a, b)
#define NX_UCHAR_POINTER_DIF(a, b)              TX_UCHAR_POINTER_DIF(a, b)

/* Random numbers of the firmware itself; those of the stack come from the simulation's seed. */
#ifndef NX_RAND
#define NX_RAND                                 rand
#endif
#ifndef NX_SRAND
#define NX_SRAND                                srand
#endif

#define NX_PARAMETER_NOT_USED(p)                ((void)(p))

#ifdef NX_DISABLE_ASSERT
#define NX_ASSERT(s)                            {}
#else
#ifndef NX_ASSERT_FAIL
#define NX_ASSERT_FAIL                          for (;;) { tx_thread_sleep(NX_WAIT_FOREVER); }
#endif
#define NX_ASSERT(s)                            if (!(s)) { NX_ASSERT_FAIL }
#endif

#endif
