/* Internals of the start, as far as there are any on the host. */

#ifndef TX_INITIALIZE_H
#define TX_INITIALIZE_H

#include "tx_api.h"

/* _tx_thread_system_state until threads run. */
#define TX_INITIALIZE_IN_PROGRESS               0xF0F0F0F0U
#define TX_INITIALIZE_ALMOST_DONE               0xF0F0F0F1U

#ifdef __cplusplus
extern "C" {
#endif

extern CHAR _tx_version_id[];

#ifdef __cplusplus
}
#endif

#endif
