/* Packets: chains, offsets, copies, adjustments, and what a pool says. */
#include "nx_api.h"
#include "nx_packet.h"

static TX_THREAD t; static UCHAR ts[2048];
static NX_PACKET_POOL small, large; static UCHAR small_area[4000], large_area[4000];
static UINT error_counter; static UCHAR data[600], back[700];
#define FAIL() do { error_counter++; printf("ERROR line %d status %x\n", __LINE__, status); } while (0)

static void thread_0_entry(ULONG thread_input)
{
UINT        status;
ULONG       length, total, freep, empty, suspend, invalid, i, count;
NX_PACKET   *a, *b, *walk, *keep;

    (void)thread_input;
    for (i = 0; i < sizeof(data); i++) data[i] = (UCHAR)(i * 7);
    status = nx_packet_allocate(&small, &a, NX_UDP_PACKET, NX_NO_WAIT);
    if (status || a -> nx_packet_prepend_ptr != a -> nx_packet_data_start + NX_UDP_PACKET || a -> nx_packet_length) FAIL();
    if (a -> nx_packet_data_end - a -> nx_packet_data_start != 128 || a -> nx_packet_pool_owner != &small) FAIL();
    if (a -> nx_packet_union_next.nx_packet_tcp_queue_next != (NX_PACKET *)NX_PACKET_ALLOCATED) FAIL();
    status = nx_packet_data_append(a, data, sizeof(data), &small, NX_NO_WAIT);
    if (status || a -> nx_packet_length != 600) FAIL();
    for (count = 0, walk = a; walk; walk = walk -> nx_packet_next)
    {
        count++;
        if (!walk -> nx_packet_next && walk != a -> nx_packet_last) FAIL();
    }
    if (count != 6) FAIL();             /* 64 + 4 x 128 + 24 */
    status = nx_packet_length_get(a, &length);
    if (status || length != 600) FAIL();
    status = nx_packet_data_extract_offset(a, 60, back, 10, &length);
    if (status || length != 10 || memcmp(back, data + 60, 10)) FAIL();
    status = nx_packet_data_extract_offset(a, 595, back, 100, &length);
    if (status || length != 5 || memcmp(back, data + 595, 5)) FAIL();
    status = nx_packet_data_extract_offset(a, 600, back, 1, &length);
    if (status != NX_PACKET_OFFSET_ERROR) FAIL();
    status = nx_packet_data_retrieve(a, back, &length);
    if (status || length != 600 || memcmp(back, data, 600)) FAIL();
    status = nx_packet_copy(a, &b, &large, NX_NO_WAIT);
    if (status || b -> nx_packet_length != 600 || b -> nx_packet_next == NX_NULL || b == a) FAIL();
    memset(back, 0, sizeof(back));
    status = nx_packet_data_retrieve(b, back, &length);
    if (status || length != 600 || memcmp(back, data, 600)) FAIL();
    status = nx_packet_pool_info_get(&small, &total, &freep, &empty, &suspend, &invalid);
    if (status || total != small.nx_packet_pool_total || freep != total - 6 || empty || suspend || invalid) FAIL();
    keep = a;
    status = nx_packet_release(a);
#ifndef NX_DISABLE_ERROR_CHECKING
    if (status || a != NX_NULL) FAIL();
#endif
    status = nx_packet_release(keep);
    if (status == NX_SUCCESS) FAIL();
    if (small.nx_packet_pool_available != small.nx_packet_pool_total || small.nx_packet_pool_invalid_releases == 0) FAIL();
    status = nx_packet_release(b);
    if (status) FAIL();

    /* All of them, then one too many, by append too. */
    count = 0;
    walk = NX_NULL;
    while (nx_packet_allocate(&small, &a, 0, NX_NO_WAIT) == NX_SUCCESS)
    {
        a -> nx_packet_queue_next = walk;
        walk = a;
        count++;
    }
    if (count != total || small.nx_packet_pool_empty_requests != 1) FAIL();
    status = nx_packet_data_append(walk, data, 200, &small, NX_NO_WAIT);
    if (status != NX_NO_PACKET) FAIL();
    status = nx_packet_allocate(&small, &a, 0, 3);
    if (status != NX_NO_PACKET || tx_time_get() != 3) FAIL();
    while (walk)
    {
        a = walk -> nx_packet_queue_next;
        nx_packet_release(walk);
        walk = a;
    }
    if (small.nx_packet_pool_available != total) FAIL();

    /* Errors of the checked interface. */
#ifndef NX_DISABLE_ERROR_CHECKING
    status = nx_packet_allocate(NX_NULL, &a, 0, NX_NO_WAIT);
    if (status != NX_PTR_ERROR) FAIL();
    status = nx_packet_allocate(&small, &a, 3, NX_NO_WAIT);
    if (status != NX_OPTION_ERROR) FAIL();
    status = nx_packet_allocate(&small, &a, NX_TCP_PACKET, NX_NO_WAIT);
    a -> nx_packet_prepend_ptr = a -> nx_packet_data_start - 1;
    status = nx_packet_data_append(a, data, 1, &small, NX_NO_WAIT);
    if (status != NX_UNDERFLOW) FAIL();
    a -> nx_packet_prepend_ptr = a -> nx_packet_data_start + NX_TCP_PACKET;
    a -> nx_packet_append_ptr = a -> nx_packet_data_end + 1;
    status = nx_packet_data_append(a, data, 1, &small, NX_NO_WAIT);
    if (status != NX_OVERFLOW) FAIL();
    a -> nx_packet_append_ptr = a -> nx_packet_prepend_ptr;
    status = nx_packet_data_append(a, data, 0, &small, NX_NO_WAIT);
    if (status != NX_SIZE_ERROR) FAIL();
    nx_packet_release(a);
#endif
    if (_nx_packet_pool_created_count != 2 || _nx_packet_pool_created_ptr != &small ||
        small.nx_packet_pool_created_next != &large) FAIL();
    status = nx_packet_pool_delete(&large);
    if (status || _nx_packet_pool_created_count != 1) FAIL();
}

void tx_application_define(void *first_unused_memory)
{
    NX_PARAMETER_NOT_USED(first_unused_memory);
    nx_system_initialize();
    nx_packet_pool_create(&small, "small", 128, small_area, sizeof(small_area));
    nx_packet_pool_create(&large, "large", 320, large_area, sizeof(large_area));
    tx_thread_create(&t, "t", thread_0_entry, 0, ts, sizeof ts, 1, 1, 0, TX_AUTO_START);
}
int main() { tx_kernel_enter(); return (int)error_counter; }
