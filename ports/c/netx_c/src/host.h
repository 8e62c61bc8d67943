/* Between the C functions of the services and Python: the table of functions, and calls in both directions. */

#ifndef NETX_HOST_INTERNAL_H
#define NETX_HOST_INTERNAL_H

#include <setjmp.h>
#include <stdint.h>

typedef uint64_t netx_word;

/* One entry per service, in the order of netx_names; Python fills an entry when the service is first called. */
extern const char *const netx_names[];
extern const unsigned netx_count;
extern void *netx_table[];

/* Set by Python: fills an entry of the table.  While it is null there is no Python yet. */
extern void (*netx_bind)(uint32_t index);
/* Set by Python before a service function returns that has to unwind the stack of C. */
extern volatile int netx_unwinding;
/* Set when netx_call comes back because of that, instead of by a return. */
extern volatile int netx_unwound;
/* The service that the running thread is in, or null; for reports of a crash. */
extern _Thread_local const char *netx_service_name;

/* Does this thread run for the kernel?  One that Python has never called into, and that is not a program's first, is of
   the program's own, and may not call services: nobody would know who is running. */
extern _Thread_local int netx_ours;
extern void (*netx_foreign)(uint32_t index);

/* Starts an interpreter that sets netx_bind (programs). */
void netx_start(void);
void *netx_first_memory(netx_word promised);
void *netx_find(uint32_t index);
void netx_unwind(void);
netx_word netx_refuse(uint32_t index);

/* Python calls C functions through these alone, so that there is a place to unwind to. */
netx_word netx_call(void *function, netx_word a, netx_word b, netx_word c, netx_word d);
#define NETX_MOST_ARGUMENTS 24
netx_word netx_call_many(void *function, const netx_word *arguments, uint32_t count);

#define NETX_ENTER(index) \
    void *function = netx_table[index]; \
    const char *outer = netx_service_name; \
    netx_word result; \
    if (!netx_ours && netx_bind) \
        return netx_refuse(index); \
    netx_service_name = netx_names[index]; \
    if (!function) \
        function = netx_find(index)

#define NETX_LEAVE \
    netx_service_name = outer; \
    if (netx_unwinding) \
        netx_unwind(); \
    return result

#define W netx_word
#define NETX_SERVICE(count, parameters, types, arguments) \
    static inline netx_word netx_service##count parameters \
    { \
        NETX_ENTER(index); \
        result = ((netx_word(*) types)function) arguments; \
        NETX_LEAVE; \
    }

NETX_SERVICE(0, (uint32_t index), (void), ())
NETX_SERVICE(1, (uint32_t index, W a), (W), (a))
NETX_SERVICE(2, (uint32_t index, W a, W b), (W, W), (a, b))
NETX_SERVICE(3, (uint32_t index, W a, W b, W c), (W, W, W), (a, b, c))
NETX_SERVICE(4, (uint32_t index, W a, W b, W c, W d), (W, W, W, W), (a, b, c, d))
NETX_SERVICE(5, (uint32_t index, W a, W b, W c, W d, W e), (W, W, W, W, W), (a, b, c, d, e))
NETX_SERVICE(6, (uint32_t index, W a, W b, W c, W d, W e, W f), (W, W, W, W, W, W), (a, b, c, d, e, f))
NETX_SERVICE(7, (uint32_t index, W a, W b, W c, W d, W e, W f, W g), (W, W, W, W, W, W, W), (a, b, c, d, e, f, g))
NETX_SERVICE(8, (uint32_t index, W a, W b, W c, W d, W e, W f, W g, W h), (W, W, W, W, W, W, W, W),
             (a, b, c, d, e, f, g, h))
NETX_SERVICE(9, (uint32_t index, W a, W b, W c, W d, W e, W f, W g, W h, W i), (W, W, W, W, W, W, W, W, W),
             (a, b, c, d, e, f, g, h, i))
NETX_SERVICE(10, (uint32_t index, W a, W b, W c, W d, W e, W f, W g, W h, W i, W j), (W, W, W, W, W, W, W, W, W, W),
             (a, b, c, d, e, f, g, h, i, j))
NETX_SERVICE(11, (uint32_t index, W a, W b, W c, W d, W e, W f, W g, W h, W i, W j, W k),
             (W, W, W, W, W, W, W, W, W, W, W), (a, b, c, d, e, f, g, h, i, j, k))
NETX_SERVICE(12, (uint32_t index, W a, W b, W c, W d, W e, W f, W g, W h, W i, W j, W k, W l),
             (W, W, W, W, W, W, W, W, W, W, W, W), (a, b, c, d, e, f, g, h, i, j, k, l))
#undef W

#endif
