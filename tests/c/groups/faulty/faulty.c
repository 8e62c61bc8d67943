/* Firmware with errors, each of which a tool has to find and to name by file and line. */

#include "check.h"

static TASK boss;
static NX_PACKET_POOL pool;
static ULONG memory[4 * (256 + 60) / sizeof(ULONG)];
static UCHAR answer[16];
static volatile UINT shift_by = 40;
static TX_SEMAPHORE *volatile kept;

static void start(VOID (*entry)(ULONG), ULONG input)
{
    nx_system_initialize();
    DONE(nx_packet_pool_create(&pool, (CHAR *)"pool", 256, memory, sizeof memory));
    task_start(&boss, "boss", entry, input, 10);
}

/* More than fits behind the append pointer of the pool's last packet. */
static VOID writes_behind_the_pool(ULONG size)
{
    NX_PACKET *packet = NULL;
    UINT count;
    for (count = 0; count < 4; count++)
        DONE(nx_packet_allocate(&pool, &packet, NX_RECEIVE_PACKET, NX_NO_WAIT));
    memset(packet->nx_packet_append_ptr, 0, size); /* overflow */
}

static VOID reads_after_free(ULONG input)
{
    TX_SEMAPHORE *semaphore = (TX_SEMAPHORE *)malloc(sizeof *semaphore);
    if (!semaphore)
        return;
    DONE(tx_semaphore_create(semaphore, (CHAR *)"heap", input));
    DONE(tx_semaphore_delete(semaphore));
    kept = semaphore;
    free(semaphore);
    EQUAL(kept->tx_semaphore_count, input); /* use after free */
}

static VOID gives_too_little_room(ULONG size)
{
    UCHAR data[256];
    ULONG copied = 0;
    NX_PACKET *packet;
    memset(data, 7, sizeof data);
    packet = packet_with(&pool, NX_RECEIVE_PACKET, data, size);
    DONE(nx_packet_data_retrieve(packet, answer, &copied)); /* too small a buffer */
}

static VOID shifts_too_far(ULONG input)
{
    EQUAL(1 << shift_by, input); /* undefined */
}

static void take(NX_PACKET **packet)
{
    DONE(nx_packet_allocate(&pool, packet, NX_RECEIVE_PACKET, NX_NO_WAIT)); /* leak */
}

static VOID loses_a_packet(ULONG input)
{
    NX_PACKET *packet = NULL;
    (void)input;
    take(&packet);
    packet = packet_with(&pool, NX_RECEIVE_PACKET, "kept", 4);
    DONE(nx_packet_release(packet));
}

static VOID loses_by_append(ULONG size)
{
    static UCHAR data[500];
    NX_PACKET *packet = packet_with(&pool, NX_RECEIVE_PACKET, "x", 1), *rest;
    DONE(nx_packet_data_append(packet, data, size, &pool, NX_NO_WAIT)); /* chain */
    rest = packet->nx_packet_next;
    packet->nx_packet_next = NULL; /* the rest of the chain is lost */
    CHECK(rest != NULL);
    DONE(nx_packet_release(packet));
}

GROUP(overflow) { start(writes_behind_the_pool, 300); }
GROUP(use_after_free) { start(reads_after_free, 5); }
GROUP(small_buffer) { start(gives_too_little_room, 100); }
GROUP(undefined) { start(shifts_too_far, 0); }
GROUP(leak) { start(loses_a_packet, 0); }
GROUP(chain_leak) { start(loses_by_append, 400); }
