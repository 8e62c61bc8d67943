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

//@ constants TX_MINIMUM_STACK..TX_LINUX_PRIORITY_USER_THREAD

/* Interrupt lockout, with a local variable for what was before. */
#define TX_INTERRUPT_SAVE_AREA                  UINT interrupt_save;
#define TX_DISABLE                              interrupt_save = tx_interrupt_control(TX_INT_DISABLE);
#define TX_RESTORE                              tx_interrupt_control(interrupt_save);

#ifdef __cplusplus
}
#endif

#endif
