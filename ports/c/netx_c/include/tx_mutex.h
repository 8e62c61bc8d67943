/* Internals of mutexes, as far as there are any on the host. */

#ifndef TX_MUTEX_H
#define TX_MUTEX_H

#include "tx_api.h"

#endif
