/* Calls between C and Python, and how the stack of C is unwound.
 *
 * A service that must not return (its thread was terminated, the world has ended) sets netx_unwinding; its C function
 * then jumps to the innermost netx_call on this stack, which returns to Python with netx_unwound set.  Exactly one
 * thread of a world runs at a time, so plain variables do; the chain of calls belongs to a stack and is its thread's.
 */

#include "host.h"
#include "program.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <malloc.h>
#include <sys/mman.h>
#include <unistd.h>

#define NX_CALLER_ERROR 0x11
#define TX_CALLER_ERROR 0x13

struct frame {
    struct frame *below;
    const char *service;
    jmp_buf environment;
};

void (*netx_bind)(uint32_t index);
volatile int netx_unwinding;
volatile int netx_unwound;
_Thread_local const char *netx_service_name;
_Thread_local int netx_ours;
void (*netx_foreign)(uint32_t index);
static _Thread_local struct frame *innermost;

/* What the device's library exports and drivers and tests look at; Python keeps them. */
void *_tx_thread_current_ptr;
volatile uint32_t _tx_thread_system_state;
volatile uint32_t _tx_thread_preempt_disable;
volatile uint32_t _tx_timer_system_clock;
#define NETX_RING(sort) void *_tx_##sort##_created_ptr; uint32_t _tx_##sort##_created_count
NETX_RING(thread);
NETX_RING(timer);
NETX_RING(semaphore);
NETX_RING(mutex);
NETX_RING(event_flags);
NETX_RING(queue);
NETX_RING(byte_pool);
NETX_RING(block_pool);
void *_nx_ip_created_ptr;
uint32_t _nx_ip_created_count;
void *_nx_packet_pool_created_ptr;
uint32_t _nx_packet_pool_created_count;
const char _nx_version_id[] = "netx-pop3, the host's twin of NetX Duo 6.4.2";
const char _tx_version_id[] = "netx-pop3, the host's twin of ThreadX 6.4.2";

void *netx_find(uint32_t index)
{
    if (!netx_bind) {
        netx_ours = 1;
#ifdef M_ARENA_MAX
        mallopt(M_ARENA_MAX, 1); /* for all threads what is behind the program's variables: low addresses */
#endif
        netx_start();
    }
    netx_bind(index);
    if (!netx_table[index]) {
        fprintf(stderr, "netx: %s is not available\n", netx_names[index]);
        abort();
    }
    return netx_table[index];
}

#ifndef MAP_32BIT
#define MAP_32BIT 0
#endif
#define FIRST_MEMORY (1UL << 20)

void __asan_poison_memory_region(void const volatile *start, size_t size) __attribute__((weak));

/* What tx_application_define is given: `promised` bytes, and more behind them, for firmware of a board takes what its board
   has.  Where that ends too, nothing can be written.  Its addresses fit into 32 bits.  A sanitizer is told of the promise. */
void *netx_first_memory(netx_word promised)
{
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    size_t size = ((promised > FIRST_MEMORY ? promised : FIRST_MEMORY) + page - 1) / page * page;
    char *start = mmap(NULL, size + page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_32BIT, -1, 0);
    if (start == MAP_FAILED)
        return NULL;
    mprotect(start + size, page, PROT_NONE);
    if (__asan_poison_memory_region)
        __asan_poison_memory_region(start + promised, size - promised);
    return start;
}

netx_word netx_refuse(uint32_t index)
{
    if (netx_foreign)
        netx_foreign(index);
    return strncmp(netx_names[index], "_tx", 3) ? NX_CALLER_ERROR : TX_CALLER_ERROR;
}

void netx_unwind(void)
{
    netx_unwinding = 0;
    if (!innermost) {
        fprintf(stderr, "netx: a service cannot return, and there is nothing to go back to\n");
        abort();
    }
    longjmp(innermost->environment, 1);
}

typedef netx_word (*function4)(netx_word, netx_word, netx_word, netx_word);
#define WORDS8 netx_word, netx_word, netx_word, netx_word, netx_word, netx_word, netx_word, netx_word
typedef netx_word (*function24)(WORDS8, WORDS8, WORDS8);

#define NETX_CALL(call) \
    struct frame frame; \
    netx_word result = 0; \
    frame.below = innermost; \
    frame.service = netx_service_name; \
    netx_unwound = 0; \
    netx_ours = 1; \
    if (!innermost) \
        netx_fault_thread(); \
    if (setjmp(frame.environment) == 0) { \
        innermost = &frame; \
        netx_service_name = NULL; \
        result = call; \
        netx_unwound = 0; \
    } else { \
        netx_unwound = 1; \
    } \
    innermost = frame.below; \
    netx_service_name = frame.service; \
    return result

/* A function that takes fewer arguments ignores the further registers. */
netx_word netx_call(void *function, netx_word a, netx_word b, netx_word c, netx_word d)
{
    NETX_CALL(((function4)function)(a, b, c, d));
}

netx_word netx_call_many(void *function, const netx_word *arguments, uint32_t count)
{
    netx_word a[NETX_MOST_ARGUMENTS] = {0};
    uint32_t i;
    for (i = 0; i < count && i < NETX_MOST_ARGUMENTS; i++)
        a[i] = arguments[i];
    NETX_CALL(((function24)function)(a[0], a[1], a[2], a[3], a[4], a[5], a[6], a[7], a[8], a[9], a[10], a[11], a[12],
                                     a[13], a[14], a[15], a[16], a[17], a[18], a[19], a[20], a[21], a[22], a[23]));
}
