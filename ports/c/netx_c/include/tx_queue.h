/* Internals of queues, as far as there are any on the host. */

#ifndef TX_QUEUE_H
#define TX_QUEUE_H

#include "tx_api.h"

#endif
