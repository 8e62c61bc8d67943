/* Internals of event flags, as far as there are any on the host. */

#ifndef TX_EVENT_FLAGS_H
#define TX_EVENT_FLAGS_H

#include "tx_api.h"

#endif
