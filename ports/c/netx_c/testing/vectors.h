/* What the C programs generated from service vectors share: objects, runs, steps and what is told about them. */

#ifndef NETX_VECTORS_H
#define NETX_VECTORS_H

#include "nx_api.h"
#include "nx_md5.h"
#include "netx_host.h"

#include <string.h>

#ifdef __cplusplus
extern "C" {
#endif

#define VECTOR_SENTINEL     0xA5A5A5A5U
#define VECTOR_PATTERN_SIZE 65536
#define VECTOR_STACK_SIZE   4096
#define VECTOR_STACKS       32

/* How far apart packets of payload p lie in a pool: 60 bytes for the header, as in the recorded build, unless the
   port was told another size. */
#ifdef NX_SIM_PACKET_SIZE
#define VECTOR_PACKET_SIZE NX_SIM_PACKET_SIZE
#else
#define VECTOR_PACKET_SIZE 60
#endif
#define VECTOR_PACKET_STEP(p) (VECTOR_PACKET_SIZE + ((p) + 3U) / 4U * 4U)

/* Areas begin on a multiple of 64. */
#define VECTOR_AREA(name, size) static UCHAR name[size] __attribute__((aligned(64)))

/* An object of the scenario: `step` is the distance of the packets in an area for packets, 0 for all others. */
struct vector_object
{
    const CHAR *name;
    VOID *start;
    ULONG size;
    ULONG step;
    int fill;
};

/* One run of a thread's or a callback's steps. */
struct vector_run
{
    const CHAR *who;
    unsigned int run;
    int step;
    ULONG started;
};

/* One step of the run `me`: `STEP(3) { ... }`; nothing is done once the scenario has ended. */
#define STEP(n) for (int going = vector_step(&me, (n)); going; going = vector_done(&me))

extern UCHAR vector_pattern[VECTOR_PATTERN_SIZE];                  /* byte i is 7 i + 3 */
extern UCHAR vector_stacks[VECTOR_STACKS][VECTOR_STACK_SIZE];
extern NX_PACKET *vector_none;                                     /* a null packet for services that take a variable */

/* The scenario begins; it ends at the latest behind tick `limit`. Then its objects, which are filled anew. */
void vector_start(ULONG limit);
void vector_objects(const struct vector_object *objects, unsigned int count);
void vector_address(NXD_ADDRESS *address, ULONG version, ULONG a, ULONG b, ULONG c, ULONG d);
void vector_thread_created(const CHAR *name, UINT status);

/* The scenario ends here, if it has not before. */
void vector_finish(const CHAR *why);

/* A run begins: of a thread or of the initialisation; or of a callback, whose arguments follow. */
struct vector_run vector_enter(const CHAR *who);
struct vector_run vector_call(const CHAR *who);
void vector_argument_number(ULONG value);
void vector_argument_pointer(const VOID *value);
void vector_argument_packet(const NX_PACKET *value);
void vector_argument_ignored(void);
void vector_called(void);
void vector_return(const struct vector_run *run);

int vector_step(struct vector_run *run, int step);
int vector_done(const struct vector_run *run);

/* What a step gave. */
void vector_status(UINT status);
void vector_value(ULONG value);
void vector_value_pointer(const VOID *value);
void vector_value_packet(const NX_PACKET *value);
void vector_value_string(const CHAR *value);
void vector_out(const CHAR *name, ULONG value);
void vector_out_pointer(const CHAR *name, const VOID *value);
void vector_out_packet(const CHAR *name, const NX_PACKET *value);
void vector_out_string(const CHAR *name, const CHAR *value);
void vector_out_variable(const CHAR *name, const NX_PACKET *value);   /* a packet passed by variable: kept or null */
void vector_packet(const NX_PACKET *packet);
void vector_bytes(const VOID *start, ULONG length);
void vector_words(const NXD_ADDRESS *address);
void vector_failed(ULONG count);

/* The packet whose header a device whose headers lie in the pool has at `offset` of an area. */
NX_PACKET *vector_packet_at(const VOID *area, ULONG offset);

/* One socket bound to each port from first to last; how many were refused. */
ULONG vector_bulk_bind_tcp(NX_IP *ip, UINT first, UINT last);
ULONG vector_bulk_bind_udp(NX_IP *ip, UINT first, UINT last);

#ifdef __cplusplus
}
#endif
#endif
