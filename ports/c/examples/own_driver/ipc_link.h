/* A link between the two cores of a chip: frames in shared memory, and a doorbell that interrupts the other core. */

#ifndef IPC_LINK_H
#define IPC_LINK_H

#include "nx_api.h"

#ifdef __cplusplus
extern "C" {
#endif

#define IPC_MTU 1500
#define IPC_SLOTS 8
#define IPC_FRAME (IPC_MTU + 14)

/* One direction: a ring of frames.  `head` is the writer's, `tail` the reader's: both only ever count up.
 * Memory is coherent, and stores become visible in their order, as between the cores of this chip. */
struct ipc_ring {
    volatile UINT head;
    volatile UINT tail;
    struct {
        UINT length;
        UCHAR data[IPC_FRAME];
    } slot[IPC_SLOTS];
};

/* What a core counts; the link's counters in a report. */
struct ipc_counters {
    ULONG sent;
    ULONG received;
    ULONG ring_full; /* frames not sent, because the other core does not keep up */
    ULONG no_packet; /* frames lost, because the pool was empty */
    ULONG unwanted;  /* frames that came before there was an instance, or of a type nobody knows */
};

extern struct ipc_counters ipc_counters[2];

/* The drivers of core 0 and core 1, for nx_ip_create. */
VOID ipc_driver_core0(NX_IP_DRIVER *request);
VOID ipc_driver_core1(NX_IP_DRIVER *request);

/* The doorbell: interrupts the core whose ring has got a frame.  The chip's, or on the host a model of it. */
VOID ipc_doorbell(UINT core);

/* The interrupt handler of a core. */
VOID ipc_interrupt(UINT core);

#ifdef __cplusplus
}
#endif

#endif
