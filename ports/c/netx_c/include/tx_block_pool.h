/* Internals of block pools, as far as there are any on the host. */

#ifndef TX_BLOCK_POOL_H
#define TX_BLOCK_POOL_H

#include "tx_api.h"

#endif
