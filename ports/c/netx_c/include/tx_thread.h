/* Internals of threads, as far as there are any on the host. */

#ifndef TX_THREAD_H
#define TX_THREAD_H

#include "tx_api.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Above 0 no thread takes over from the running one. */
extern volatile UINT _tx_thread_preempt_disable;

/* The threads, in a ring. */
extern TX_THREAD *_tx_thread_created_ptr;
extern ULONG _tx_thread_created_count;

/* What an interrupt handler begins and ends with; whoever it has made ready runs at its end. */
VOID _tx_thread_context_save(VOID);
VOID _tx_thread_context_restore(VOID);

#ifdef __cplusplus
}
#endif

#endif
