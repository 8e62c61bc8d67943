/* Internals of the start, as far as there are any on the host. */

#ifndef TX_INITIALIZE_H
#define TX_INITIALIZE_H

#include "tx_api.h"

#ifdef __cplusplus
extern "C" {
#endif

/* _tx_thread_system_state until threads run, and then as long as no interrupt does. */
#define TX_INITIALIZE_IN_PROGRESS               0xF0F0F0F0U
#define TX_INITIALIZE_ALMOST_DONE               0xF0F0F0F1U
#define TX_INITIALIZE_IS_FINISHED               0U

extern CHAR _tx_version_id[];

#ifdef __cplusplus
}
#endif

#endif
