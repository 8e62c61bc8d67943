/* Internals of mutexes, as far as there are any on the host. */

#ifndef TX_MUTEX_H
#define TX_MUTEX_H

#include "tx_api.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The mutexes, in a ring. */
extern TX_MUTEX *_tx_mutex_created_ptr;
extern ULONG _tx_mutex_created_count;

#ifdef __cplusplus
}
#endif

#endif
