/* Internals of byte pools: none on the host. */

#ifndef TX_BYTE_POOL_H
#define TX_BYTE_POOL_H

#include "tx_api.h"

#endif
