/* Internals of queues, as far as there are any on the host. */

#ifndef TX_QUEUE_H
#define TX_QUEUE_H

#include "tx_api.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The queues, in a ring. */
extern TX_QUEUE *_tx_queue_created_ptr;
extern ULONG _tx_queue_created_count;

#ifdef __cplusplus
}
#endif

#endif
