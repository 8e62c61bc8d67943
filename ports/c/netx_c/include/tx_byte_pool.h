/* Internals of byte pools, as far as there are any on the host. */

#ifndef TX_BYTE_POOL_H
#define TX_BYTE_POOL_H

#include "tx_api.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The byte pools, in a ring. */
extern TX_BYTE_POOL *_tx_byte_pool_created_ptr;
extern ULONG _tx_byte_pool_created_count;

#ifdef __cplusplus
}
#endif

#endif
