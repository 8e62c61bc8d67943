/* Internals of semaphores: none on the host. */

#ifndef TX_SEMAPHORE_H
#define TX_SEMAPHORE_H

#include "tx_api.h"

#endif
