/* What a generated C program tells the Python that started it: lines of JSON in memory.

   Python reads report_text and report_length when the program has stopped. */

#ifndef NETX_REPORT_H
#define NETX_REPORT_H

#include "nx_api.h"

#ifdef __cplusplus
extern "C" {
#endif

extern CHAR *report_text;
extern unsigned long report_length;

/* Forget what was written. */
void report_clear(void);

/* One line is report_line("kind"), any of the values below, report_end(). */
void report_line(const CHAR *kind);
void report_number(unsigned long value);
void report_null(void);
void report_string(const CHAR *text);
void report_bytes(const UCHAR *bytes, unsigned long length);   /* as hexadecimal digits */
void report_open(void);                                        /* a list begins, */
void report_close(void);                                       /* and ends */
void report_end(void);

/* The tick counter, read without a service, for a service takes time. */
ULONG report_tick(void);

/* The lengths of the packets of a chain as a list, then all its bytes. */
void report_chain(const NX_PACKET *packet);

#ifdef __cplusplus
}
#endif
#endif
