/* What only the host has: for tests of firmware, and for drivers written in C. */

#ifndef NETX_HOST_H
#define NETX_HOST_H

#include "nx_api.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Lets `ticks` go by while the running thread keeps the processor. */
VOID netx_busy(ULONG ticks);

/* Runs `function` in interrupt context: now, or `microseconds` of the simulation's time later.  Where tx_interrupt_control
   has disabled interrupts, no time goes by, and no interrupt comes, until they are enabled again. */
VOID netx_interrupt(VOID (*function)(ULONG), ULONG argument);
VOID netx_after_us(ULONG microseconds, VOID (*function)(ULONG), ULONG argument);

/* A real link: `readable` runs in interrupt context whenever `fd` can be read.  The clock becomes the host's.
   0, or -1 for a descriptor that cannot be watched or is not watched. */
INT netx_fd_attach(INT fd, VOID (*readable)(ULONG), ULONG argument);
INT netx_fd_detach(INT fd);

/* The next of the simulation's random numbers: 31 bits, the same for the same seed. */
ULONG netx_random(VOID);

/* Ends the simulation; does not return. */
VOID netx_stop(VOID);

/* Prints all instances, sockets, pools and threads. */
VOID netx_netstat(VOID);

/* The number of packets that are out of their pools; prints who has them. */
ULONG netx_leaks(VOID);

/* Drivers.  RAM links join all that are attached to the same one; the number is the MTU. */
VOID _nx_ram_network_driver(NX_IP_DRIVER *driver_req_ptr);
VOID _nx_ram_network_driver_256(NX_IP_DRIVER *driver_req_ptr);
VOID _nx_ram_network_driver_512(NX_IP_DRIVER *driver_req_ptr);
VOID _nx_ram_network_driver_1024(NX_IP_DRIVER *driver_req_ptr);
VOID _nx_ram_network_driver_1500(NX_IP_DRIVER *driver_req_ptr);
VOID _nx_ram_network_driver_3000(NX_IP_DRIVER *driver_req_ptr);
VOID _nx_linux_network_driver(NX_IP_DRIVER *driver_req_ptr);  /* a TAP interface */
VOID nx_host_network_driver(NX_IP_DRIVER *driver_req_ptr);    /* whatever link NETX_LINK names */

#ifdef __cplusplus
}
#endif

#endif
