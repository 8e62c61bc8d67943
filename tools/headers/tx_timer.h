/* Internals of time and timers, as far as there are any on the host. */

#ifndef TX_TIMER_H
#define TX_TIMER_H

#include "tx_api.h"

#ifdef __cplusplus
extern "C" {
#endif

/* What tx_time_get returns. */
extern volatile ULONG _tx_timer_system_clock;

/* The timers, in a ring. */
extern TX_TIMER *_tx_timer_created_ptr;
extern ULONG _tx_timer_created_count;

/* What the handler of a device's timer calls: a tick goes by while the running thread keeps the processor. */
VOID _tx_timer_interrupt(VOID);

#ifdef __cplusplus
}
#endif

#endif
