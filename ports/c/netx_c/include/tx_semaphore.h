/* Internals of semaphores, as far as there are any on the host. */

#ifndef TX_SEMAPHORE_H
#define TX_SEMAPHORE_H

#include "tx_api.h"

#endif
