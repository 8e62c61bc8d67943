/* Internals of event flags, as far as there are any on the host. */

#ifndef TX_EVENT_FLAGS_H
#define TX_EVENT_FLAGS_H

#include "tx_api.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The groups, in a ring. */
extern TX_EVENT_FLAGS_GROUP *_tx_event_flags_created_ptr;
extern ULONG _tx_event_flags_created_count;

#ifdef __cplusplus
}
#endif

#endif
