/* Internals of block pools, as far as there are any on the host. */

#ifndef TX_BLOCK_POOL_H
#define TX_BLOCK_POOL_H

#include "tx_api.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The block pools, in a ring. */
extern TX_BLOCK_POOL *_tx_block_pool_created_ptr;
extern ULONG _tx_block_pool_created_count;

#ifdef __cplusplus
}
#endif

#endif
