/* The state of one service vector: which objects it has, who has run how often, and whether it has ended. */

#include "vectors.h"

#include "report.h"

#include <stdlib.h>
#include <string.h>

#define TABLES   2  /* objects of the set-up and of the scenario */
#define RUNNERS  64 /* threads and callbacks of a scenario */
#define SEEN     64 /* packets shown */
#define TICK_US  10000U

UCHAR vector_pattern[VECTOR_PATTERN_SIZE];
UCHAR vector_stacks[VECTOR_STACKS][VECTOR_STACK_SIZE];
NX_PACKET *vector_none;

static struct
{
    const struct vector_object *objects;
    unsigned int count;
} tables[TABLES];
static struct
{
    const CHAR *name;
    unsigned int runs;
} runners[RUNNERS];
static const NX_PACKET *seen[SEEN];
static unsigned int tables_used, runners_used, seen_used;
static int over; /* nothing of what happens after the end is told */

/* Sockets of bulk binds, kept until the next scenario. */
struct bulk
{
    struct bulk *next;
    union
    {
        NX_TCP_SOCKET tcp;
        NX_UDP_SOCKET udp;
    } socket;
};
static struct bulk *bulk;

static struct bulk *bulk_more(void)
{
    struct bulk *more = (struct bulk *)calloc(1, sizeof *more);

    if (more == NULL)
    {
        abort();
    }
    more -> next = bulk;
    bulk = more;
    return more;
}

static void bulk_free(void)
{
    while (bulk != NULL)
    {
        struct bulk *next = bulk -> next;

        free(bulk);
        bulk = next;
    }
}

/* start and end */

static VOID limit_reached(ULONG input)
{
    (void)input;
    vector_finish("limit");
    netx_stop();
}

void vector_start(ULONG limit)
{
    ULONG i;

    for (i = 0; i < VECTOR_PATTERN_SIZE; i++)
    {
        vector_pattern[i] = (UCHAR)(7 * i + 3);
    }
    report_clear();
    bulk_free();
    vector_none = NX_NULL;
    tables_used = runners_used = seen_used = 0;
    over = 0;
    netx_after_us((limit + 1) * TICK_US, limit_reached, 0);
}

void vector_objects(const struct vector_object *objects, unsigned int count)
{
    unsigned int i;

    for (i = 0; i < count; i++)
    {
        memset(objects[i].start, objects[i].fill, objects[i].size);
    }
    tables[tables_used].objects = objects;
    tables[tables_used].count = count;
    tables_used++;
}

void vector_address(NXD_ADDRESS *address, ULONG version, ULONG a, ULONG b, ULONG c, ULONG d)
{
    address -> nxd_ip_version = version;
    address -> nxd_ip_address.v6[0] = a;
    address -> nxd_ip_address.v6[1] = b;
    address -> nxd_ip_address.v6[2] = c;
    address -> nxd_ip_address.v6[3] = d;
}

void vector_thread_created(const CHAR *name, UINT status)
{
    if (status != TX_SUCCESS)
    {
        report_line("refused");
        report_string(name);
        report_number(status);
        report_end();
    }
}

void vector_finish(const CHAR *why)
{
    if (over)
    {
        return;
    }
    over = 1;
    report_line("end");
    report_string(why);
    report_number(report_tick());
    report_end();
}

/* runs */

struct vector_run vector_enter(const CHAR *who)
{
    struct vector_run run = {who, 0, -1, 0};
    unsigned int i;

    for (i = 0; i < runners_used && strcmp(runners[i].name, who) != 0; i++)
    {
    }
    if (i == runners_used)
    {
        runners[i].name = who;
        runners[i].runs = 0;
        runners_used++;
    }
    run.run = runners[i].runs++;
    return run;
}

static void mark(const CHAR *kind, const struct vector_run *run)
{
    report_line(kind);
    report_string(run -> who);
    report_number(run -> run);
    report_number(report_tick());
}

struct vector_run vector_call(const CHAR *who)
{
    struct vector_run run = vector_enter(who);

    if (!over)
    {
        mark("call", &run);
        report_open();
    }
    return run;
}

void vector_called(void)
{
    if (!over)
    {
        report_close();
        report_end();
    }
}

void vector_return(const struct vector_run *run)
{
    if (!over)
    {
        mark("return", run);
        report_end();
    }
}

int vector_step(struct vector_run *run, int step)
{
    if (over)
    {
        return 0;
    }
    run -> step = step;
    run -> started = report_tick();
    mark("begin", run);
    report_number((unsigned long)step);
    report_end();
    return 1;
}

int vector_done(const struct vector_run *run)
{
    if (!over)
    {
        mark("done", run);
        report_number((unsigned long)run -> step);
        report_number((ULONG)(report_tick() - run -> started));
        report_end();
    }
    return 0;
}

/* values, in the notation of the recordings */

static int is_sentinel(const VOID *value)
{
    const VOID *sentinel;

    memset(&sentinel, 0xA5, sizeof sentinel);
    return value == sentinel;
}

static void show_number(ULONG value)
{
    if (value == VECTOR_SENTINEL)
    {
        report_string("unchanged");
    }
    else
    {
        report_number(value);
    }
}

static void show_string(const CHAR *value)
{
    if (value == NX_NULL)
    {
        report_null();
    }
    else if (is_sentinel(value))
    {
        report_string("unchanged");
    }
    else
    {
        report_open();
        report_string(value);
        report_close();
    }
}

static const struct vector_object *object_at(const VOID *place, int inside)
{
    unsigned int table, i;

    for (table = 0; table < tables_used; table++)
    {
        for (i = 0; i < tables[table].count; i++)
        {
            const struct vector_object *object = &tables[table].objects[i];
            ALIGN_TYPE offset = (ALIGN_TYPE)place - (ALIGN_TYPE)object -> start;

            if (inside ? offset < object -> size : offset == 0)
            {
                return object;
            }
        }
    }
    return NULL;
}

/* Where something is: object, offset, distance of the object's packets. */
static void show_place(const VOID *value, const VOID *place)
{
    const struct vector_object *object = object_at(place, 0);

    if (value == NX_NULL)
    {
        report_null();
        return;
    }
    if (is_sentinel(value))
    {
        report_string("unchanged");
        return;
    }
    if (object == NULL)
    {
        object = object_at(place, 1);
    }
    if (object == NULL)
    {
        report_string("other");
        return;
    }
    report_open();
    report_string(object -> name);
    report_number((unsigned long)((ALIGN_TYPE)place - (ALIGN_TYPE)object -> start));
    report_number(object -> step);
    report_close();
}

/* A packet is told by its payload, for that lies in the pool's memory wherever its header is. */
static void show_packet(const NX_PACKET *packet)
{
    if (packet == NX_NULL || is_sentinel(packet))
    {
        show_place(packet, packet);
        return;
    }
    if (seen_used < SEEN)
    {
        seen[seen_used++] = packet;
    }
    show_place(packet, packet -> nx_packet_data_start - VECTOR_PACKET_SIZE);
}

NX_PACKET *vector_packet_at(const VOID *area, ULONG offset)
{
    unsigned int i;

    for (i = 0; i < seen_used; i++)
    {
        if (seen[i] -> nx_packet_data_start == (const UCHAR *)area + offset + VECTOR_PACKET_SIZE)
        {
            return (NX_PACKET *)(ALIGN_TYPE)seen[i];
        }
    }
    return (NX_PACKET *)(ALIGN_TYPE)((const UCHAR *)area + offset);
}

void vector_argument_number(ULONG value)
{
    if (!over)
    {
        show_number(value);
    }
}

void vector_argument_pointer(const VOID *value)
{
    if (!over)
    {
        show_place(value, value);
    }
}

void vector_argument_packet(const NX_PACKET *value)
{
    if (!over)
    {
        show_packet(value);
    }
}

void vector_argument_ignored(void)
{
    if (!over)
    {
        report_string("ignored");
    }
}

/* what a step gave */

static int tell(const CHAR *kind, const CHAR *name)
{
    if (over)
    {
        return 0;
    }
    report_line(kind);
    report_string(name);
    return 1;
}

static void told(void)
{
    report_end();
}

void vector_status(UINT status)
{
    if (tell("got", "status"))
    {
        report_number(status);
        told();
    }
}

void vector_value(ULONG value)
{
    if (tell("got", "value"))
    {
        show_number(value);
        told();
    }
}

void vector_value_pointer(const VOID *value)
{
    if (tell("got", "value"))
    {
        show_place(value, value);
        told();
    }
}

void vector_value_packet(const NX_PACKET *value)
{
    if (tell("got", "value"))
    {
        show_packet(value);
        told();
    }
}

void vector_value_string(const CHAR *value)
{
    if (tell("got", "value"))
    {
        show_string(value);
        told();
    }
}

void vector_out(const CHAR *name, ULONG value)
{
    if (tell("out", name))
    {
        show_number(value);
        told();
    }
}

void vector_out_pointer(const CHAR *name, const VOID *value)
{
    if (tell("out", name))
    {
        show_place(value, value);
        told();
    }
}

void vector_out_packet(const CHAR *name, const NX_PACKET *value)
{
    if (tell("out", name))
    {
        show_packet(value);
        told();
    }
}

void vector_out_string(const CHAR *name, const CHAR *value)
{
    if (tell("out", name))
    {
        show_string(value);
        told();
    }
}

void vector_out_variable(const CHAR *name, const NX_PACKET *value)
{
    if (tell("out", name))
    {
        report_string(value == NX_NULL ? "null" : "kept");
        told();
    }
}

void vector_packet(const NX_PACKET *packet)
{
    if (!tell("got", "packet"))
    {
        return;
    }
    if (packet == NX_NULL || is_sentinel(packet))
    {
        report_null();
    }
    else
    {
        report_open();
        report_number(packet -> nx_packet_length);
        report_number((unsigned long)(packet -> nx_packet_prepend_ptr - packet -> nx_packet_data_start));
        report_chain(packet);
        report_close();
    }
    told();
}

void vector_bytes(const VOID *start, ULONG length)
{
    if (tell("got", "hex"))
    {
        report_bytes((const UCHAR *)start, length);
        told();
    }
}

void vector_words(const NXD_ADDRESS *address)
{
    int i;

    if (tell("got", "words"))
    {
        report_open();
        show_number(address -> nxd_ip_version);
        for (i = 0; i < 4; i++)
        {
            show_number(address -> nxd_ip_address.v6[i]);
        }
        report_close();
        told();
    }
}

void vector_failed(ULONG count)
{
    if (tell("got", "failed"))
    {
        report_number(count);
        told();
    }
}

/* sockets by the thousand */

ULONG vector_bulk_bind_tcp(NX_IP *ip, UINT first, UINT last)
{
    ULONG failed = 0;
    UINT port;

    for (port = first; port <= last; port++)
    {
        NX_TCP_SOCKET *socket = &bulk_more() -> socket.tcp;
        UINT status = nx_tcp_socket_create(ip, socket, (CHAR *)"bulk", NX_IP_NORMAL, NX_FRAGMENT_OKAY, 128, 4096,
                                           NX_NULL, NX_NULL);

        if (status != NX_SUCCESS || nx_tcp_client_socket_bind(socket, port, NX_NO_WAIT) != NX_SUCCESS)
        {
            failed++;
        }
    }
    return failed;
}

ULONG vector_bulk_bind_udp(NX_IP *ip, UINT first, UINT last)
{
    ULONG failed = 0;
    UINT port;

    for (port = first; port <= last; port++)
    {
        NX_UDP_SOCKET *socket = &bulk_more() -> socket.udp;
        UINT status = nx_udp_socket_create(ip, socket, (CHAR *)"bulk", NX_IP_NORMAL, NX_FRAGMENT_OKAY, 128, 5);

        if (status != NX_SUCCESS || nx_udp_socket_bind(socket, port, NX_NO_WAIT) != NX_SUCCESS)
        {
            failed++;
        }
    }
    return failed;
}
