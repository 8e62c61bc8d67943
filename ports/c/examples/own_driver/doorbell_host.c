/* The chip's doorbell, on the host: the interrupt comes a few microseconds later, in interrupt context. */

#include "ipc_link.h"
#include "netx_host.h"

#define LATENCY_US 20

#ifdef __cplusplus
extern "C" {
#endif

extern UINT doorbell_masked[2];

#ifdef __cplusplus
}
#endif

UINT doorbell_masked[2]; /* by core: it has its interrupts off, as tests want it */

static VOID interrupt(ULONG core)
{
    ipc_interrupt((UINT)core);
}

VOID ipc_doorbell(UINT core)
{
    if (!doorbell_masked[core])
        netx_after_us(LATENCY_US, interrupt, core);
}
