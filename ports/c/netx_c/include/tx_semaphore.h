/* Internals of semaphores, as far as there are any on the host. */

#ifndef TX_SEMAPHORE_H
#define TX_SEMAPHORE_H

#include "tx_api.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The semaphores, in a ring. */
extern TX_SEMAPHORE *_tx_semaphore_created_ptr;
extern ULONG _tx_semaphore_created_count;

#ifdef __cplusplus
}
#endif

#endif
