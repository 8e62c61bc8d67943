/* The chip's doorbell, on the host: the interrupt comes a few microseconds later, in interrupt context. */

#include "ipc_link.h"
#include "netx_host.h"

#define LATENCY_US 20

static VOID interrupt(ULONG core)
{
    ipc_interrupt((UINT)core);
}

VOID ipc_doorbell(UINT core)
{
    netx_after_us(LATENCY_US, interrupt, core);
}
