/* Internals of queues: none on the host. */

#ifndef TX_QUEUE_H
#define TX_QUEUE_H

#include "tx_api.h"

#endif
