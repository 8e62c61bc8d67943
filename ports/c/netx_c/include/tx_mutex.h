/* Internals of mutexes: none on the host. */

#ifndef TX_MUTEX_H
#define TX_MUTEX_H

#include "tx_api.h"

#endif
