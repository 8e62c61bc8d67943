/* Internals of byte pools, as far as there are any on the host. */

#ifndef TX_BYTE_POOL_H
#define TX_BYTE_POOL_H

#include "tx_api.h"

#endif
