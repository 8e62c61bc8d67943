/* Internals of the trace: none on the host. */

#ifndef TX_TRACE_H
#define TX_TRACE_H

#include "tx_api.h"

#endif
