/* What the groups share: checks that are counted, threads, and instances on a wire.

   A group is a file with one function, which the test calls as tx_application_define is called.  It is read as C and as
   C++. */

#ifndef CHECK_H
#define CHECK_H

#include "nx_api.h"
#include "netx_host.h"

#ifdef __cplusplus
#define GROUP(name) extern "C" VOID group_##name(VOID); extern "C" VOID group_##name(VOID)
extern "C" {
#else
#define GROUP(name) VOID group_##name(VOID); VOID group_##name(VOID)
#endif

typedef unsigned long long check_word;

void check_holds(int holds, const char *text, const char *file, int line);
void check_equal(check_word left, check_word right, const char *text, const char *file, int line);

/* The condition holds; two numbers are equal; two pointers are; a service succeeds. */
#define CHECK(condition)        check_holds((condition) ? 1 : 0, #condition, __FILE__, __LINE__)
#define EQUAL(left, right)      check_equal((check_word)(left), (check_word)(right), #left " == " #right, __FILE__, __LINE__)
#define SAME(left, right) \
    check_holds((const void *)(left) == (const void *)(right), #left " is " #right, __FILE__, __LINE__)
#define DONE(call)              check_equal((call), TX_SUCCESS, #call, __FILE__, __LINE__)
#define TEXT(left, right)       check_holds(strcmp((left), (right)) == 0, #left " reads " #right, __FILE__, __LINE__)

/* A thread with its stack. */
typedef struct
{
    TX_THREAD thread;
    ULONG stack[256];
} TASK;

void task_start(TASK *task, const char *name, VOID (*entry)(ULONG), ULONG input, UINT priority);
void task_delete(TASK *task);

/* What a packet's header takes of the pool's memory: as on a device of 32 bits, unless the build says otherwise. */
#ifdef NX_SIM_PACKET_SIZE
#define PACKET_HEADER           NX_SIM_PACKET_SIZE
#else
#define PACKET_HEADER           60
#endif

/* An instance with a pool of its own. */
#define NODE_PACKETS            30
#define NODE_PAYLOAD            1536
#define NODE_MASK               0xFFFFFF00UL

typedef VOID (*NODE_DRIVER)(NX_IP_DRIVER *);

typedef struct
{
    NX_IP ip;
    NX_PACKET_POOL pool;
    ULONG memory[NODE_PACKETS * (NODE_PAYLOAD + PACKET_HEADER) / sizeof(ULONG)];
    ULONG stack[512];
    ULONG arp[256];
} NODE;

/* With ARP, ICMP, UDP and TCP. */
void node_create(NODE *node, const char *name, ULONG address, NODE_DRIVER driver);
/* Without threads on it: deletes it, and checks that its pool is full. */
void node_delete(NODE *node);
/* Waits until the links of an instance are up. */
void node_wait(NODE *node);

/* A packet with these bytes in it. */
NX_PACKET *packet_with(NX_PACKET_POOL *pool, ULONG type, const void *data, ULONG size);

#ifdef __cplusplus
}
#endif

#endif
