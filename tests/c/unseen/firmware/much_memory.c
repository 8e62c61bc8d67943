/* Takes for its pools what its board has; then, where asked to, more than anybody has. */

#include "nx_api.h"

#ifndef POOL_SIZE
#define POOL_SIZE 300000
#endif

static NX_PACKET_POOL pool;
static TX_THREAD thread;

static VOID entry(ULONG input)
{
    NX_PACKET *packet;

    while (nx_packet_allocate(&pool, &packet, NX_RECEIVE_PACKET, NX_NO_WAIT) == NX_SUCCESS)
        memset(packet->nx_packet_prepend_ptr, (int)input, 1536);
}

VOID tx_application_define(VOID *first_unused_memory)
{
    UCHAR *pointer = (UCHAR *)first_unused_memory;

    tx_thread_create(&thread, "thread", entry, 0xA5, pointer, 4096, 4, 4, TX_NO_TIME_SLICE, TX_AUTO_START);
    nx_packet_pool_create(&pool, "pool", 1536, pointer + 4096, POOL_SIZE);
}

int main(void)
{
    tx_kernel_enter();
    printf("%u packets\n", pool.nx_packet_pool_total);
    return pool.nx_packet_pool_total == 0;
}
