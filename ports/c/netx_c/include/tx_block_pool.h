/* Internals of block pools: none on the host. */

#ifndef TX_BLOCK_POOL_H
#define TX_BLOCK_POOL_H

#include "tx_api.h"

#endif
