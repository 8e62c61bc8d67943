/* ThreadX types and macros as far as they belong to the port: here a host with 64-bit pointers, little-endian.

   ULONG has 32 bits, as on the device; ALIGN_TYPE holds a pointer.  As the vendor's Linux port does, this header brings
   in the C library's headers which firmware commonly uses without including them. */

#ifndef TX_PORT_H
#define TX_PORT_H

#ifdef TX_INCLUDE_USER_DEFINE_FILE
#include "tx_user.h"
#endif

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "netx_host_tables.h"

#ifdef __cplusplus
extern "C" {
#endif

#ifndef VOID
typedef void                                    VOID;
#endif
typedef char                                    CHAR;
typedef unsigned char                           UCHAR;
typedef int                                     INT;
typedef unsigned int                            UINT;
typedef int                                     LONG;
typedef unsigned int                            ULONG;
typedef netx_host_word                          ULONG64;
typedef short                                   SHORT;
typedef unsigned short                          USHORT;
typedef unsigned long                           ALIGN_TYPE;
#define ULONG64_DEFINED
#define ALIGN_TYPE_DEFINED

#ifndef TX_MINIMUM_STACK
#define TX_MINIMUM_STACK                        200
#endif
#define TX_TIMER_THREAD_STACK_SIZE              400
#ifndef TX_TIMER_THREAD_PRIORITY
#define TX_TIMER_THREAD_PRIORITY                0
#endif
#define TX_INT_DISABLE                          1
#define TX_INT_ENABLE                           0
#define TX_PORT_SPECIFIC_BUILD_OPTIONS          0
#ifndef TX_LINUX_MEMORY_SIZE
#define TX_LINUX_MEMORY_SIZE                    64000
#endif
#define TX_LINUX_PRIORITY_SCHEDULE              3
#define TX_LINUX_PRIORITY_ISR                   2
#define TX_LINUX_PRIORITY_USER_THREAD           1

/* Interrupt lockout, with a local variable for what was before. */
#define TX_INTERRUPT_SAVE_AREA                  UINT interrupt_save;
#define TX_DISABLE                              interrupt_save = tx_interrupt_control(TX_INT_DISABLE);
#define TX_RESTORE                              tx_interrupt_control(interrupt_save);

#ifdef __cplusplus
}
#endif

#endif
