/* ThreadX services, constants and control blocks, for firmware compiled for the host. */

#ifndef TX_API_H
#define TX_API_H

#include "tx_port.h"

#define AZURE_RTOS_THREADX

#ifdef __cplusplus
extern "C" {
#endif

/* Version. */
//@ constants THREADX_MAJOR_VERSION..THREADX_PATCH_VERSION

/* Arguments and states. */
//@ constants TX_NO_WAIT..TX_PRIORITY_CHANGE

/* Statuses. */
//@ constants TX_SUCCESS..TX_FEATURE_NOT_ENABLED hex

/* Sizes, and the ids of control blocks. */
//@ constants TX_TIMER_TICKS_PER_SECOND..TX_BYTE_BLOCK_FREE

/* Control blocks.  What firmware has no business with is reserved; sizes and places are those of the 64-bit original. */
//@ structs

/* Memory and pointers. */
#define TX_MEMSET(a, b, c)                      ((void)memset((a), (b), (c)))
#define TX_UCHAR_POINTER_ADD(a, b)              (NETX_HOST_POINTER(UCHAR *, a) + (b))
#define TX_UCHAR_POINTER_SUB(a, b)              (NETX_HOST_POINTER(UCHAR *, a) - (b))
#define TX_UCHAR_POINTER_DIF(a, b) \
    (NETX_HOST_CAST(ULONG, NETX_HOST_POINTER(UCHAR *, a) - NETX_HOST_POINTER(UCHAR *, b)))
#define TX_ULONG_POINTER_ADD(a, b)              (NETX_HOST_POINTER(ULONG *, a) + (b))
#define TX_ULONG_POINTER_SUB(a, b)              (NETX_HOST_POINTER(ULONG *, a) - (b))
#define TX_ULONG_POINTER_DIF(a, b) \
    (NETX_HOST_CAST(ULONG, NETX_HOST_POINTER(ULONG *, a) - NETX_HOST_POINTER(ULONG *, b)))
#define TX_UCHAR_TO_VOID_POINTER_CONVERT(a)     (NETX_HOST_POINTER(VOID *, a))
#define TX_VOID_TO_UCHAR_POINTER_CONVERT(a)     (NETX_HOST_POINTER(UCHAR *, a))
#define TX_VOID_TO_ULONG_POINTER_CONVERT(a)     (NETX_HOST_POINTER(ULONG *, a))
#define TX_POINTER_TO_ALIGN_TYPE_CONVERT(a)     (NETX_HOST_POINTER(ALIGN_TYPE, a))
#define TX_ALIGN_TYPE_TO_POINTER_CONVERT(a)     (NETX_HOST_POINTER(VOID *, a))
/* A pointer as a number of 32 bits holds what lies below 4 GB: variables of a program. */
#define TX_POINTER_TO_ULONG_CONVERT(a)          (NETX_HOST_CAST(ULONG, TX_POINTER_TO_ALIGN_TYPE_CONVERT(a)))
#define TX_ULONG_TO_POINTER_CONVERT(a)          (TX_ALIGN_TYPE_TO_POINTER_CONVERT(NETX_HOST_CAST(ALIGN_TYPE, a)))
#define TX_PARAMETER_NOT_USED(p)                ((void)(p))

/* Who runs: a thread, or in the upper state values an interrupt (from 1) or the start (from 0xF0F0F0F0). */
extern TX_THREAD *_tx_thread_current_ptr;
extern volatile ULONG _tx_thread_system_state;
#define TX_THREAD_GET_SYSTEM_STATE()            _tx_thread_system_state
#define TX_THREAD_GET_CURRENT(a)                (a) = _tx_thread_current_ptr;

/* The application's own. */
//@ application threadx

/* Services, checked (_txe_) and unchecked (_tx_). */
//@ prototypes threadx

#ifdef TX_DISABLE_ERROR_CHECKING
//@ macros threadx unchecked
#else
//@ macros threadx checked
#endif
#define _tx_thread_interrupt_control            _tx_interrupt_control

/* What a default build leaves out: performance counters, stack checks, the trace. */
//@ not_enabled
NETX_HOST_INLINE VOID tx_trace_isr_enter_insert(ULONG isr_id)
{ (void)isr_id; }
NETX_HOST_INLINE VOID tx_trace_isr_exit_insert(ULONG isr_id)
{ (void)isr_id; }

/* For the stack: see netx_host_tables.h. */
#ifndef NETX_HOST_NO_TABLES
//@ config tx
//@ layout tx
#endif

#ifdef __cplusplus
}
#endif

#endif
