/* Packets by pointer: every field, chains that C builds itself, headers through the prepend pointer, packets of C's own. */

#include "check.h"
#include "nx_packet.h"

#define PAYLOAD 200
#define COUNT   10

static TASK boss, helper;
static NX_PACKET_POOL pool, small;
static ULONG memory[COUNT * (PAYLOAD + PACKET_HEADER) / sizeof(ULONG)];
static ULONG small_memory[20 * (100 + PACKET_HEADER) / sizeof(ULONG)];
static NX_PACKET own;
static UCHAR own_payload[128];
static UINT helper_status;
static NX_PACKET *helper_packet;
static UCHAR pattern[600], buffer[700];

static int in_pool(const UCHAR *address)
{
    return address >= (UCHAR *)memory && address <= (UCHAR *)memory + sizeof memory;
}

static ULONG spread(UINT *payload)
{
    (void)payload;
    return pool.nx_packet_pool_total - pool.nx_packet_pool_available;
}

static void pool_fields(void)
{
    ULONG total = 0, available = 0, empty = 9, suspensions = 9, invalid = 9;
    EQUAL(pool.nx_packet_pool_id, NX_PACKET_POOL_ID);
    TEXT(pool.nx_packet_pool_name, "pool");
    EQUAL(pool.nx_packet_pool_total, COUNT);
    EQUAL(pool.nx_packet_pool_available, COUNT);
    EQUAL(pool.nx_packet_pool_payload_size, PAYLOAD);
    EQUAL(pool.nx_packet_pool_size, sizeof memory);
    SAME(pool.nx_packet_pool_start, memory);
    SAME(pool.nx_packet_pool_suspension_list, NULL);
    EQUAL(pool.nx_packet_pool_suspended_count, 0);
    CHECK(pool.nx_packet_pool_available_list != NULL);
    SAME(pool.nx_packet_pool_created_next, &small);
    SAME(pool.nx_packet_pool_created_previous, &small);
    SAME(small.nx_packet_pool_created_next, &pool);
    SAME(_nx_packet_pool_created_ptr, &pool);
    EQUAL(_nx_packet_pool_created_count, 2);
    DONE(nx_packet_pool_info_get(&pool, &total, &available, &empty, &suspensions, &invalid));
    EQUAL(total, COUNT);
    EQUAL(available, COUNT);
    EQUAL(empty, pool.nx_packet_pool_empty_requests);
    EQUAL(suspensions, pool.nx_packet_pool_empty_suspensions);
    EQUAL(invalid, pool.nx_packet_pool_invalid_releases);
}

static void fields(ULONG type)
{
    NX_PACKET *packet = NULL, *expected = pool.nx_packet_pool_available_list;
    DONE(nx_packet_allocate(&pool, &packet, type, NX_NO_WAIT));
    SAME(packet, expected);
    /* The header lies in front of its payload if the pool has room for one of this host, else apart. */
    EQUAL(in_pool((UCHAR *)packet), PACKET_HEADER >= sizeof(NX_PACKET));
    if (PACKET_HEADER >= sizeof(NX_PACKET))
        SAME(packet->nx_packet_data_start, (UCHAR *)packet + PACKET_HEADER);
    EQUAL(spread(NULL), 1);
    SAME(packet->nx_packet_pool_owner, &pool);
    SAME(packet->nx_packet_next, NULL);
    SAME(packet->nx_packet_last, NULL);
    SAME(packet->nx_packet_queue_next, NULL);
    SAME(packet->nx_packet_union_next.nx_packet_tcp_queue_next, (NX_PACKET *)(ALIGN_TYPE)NX_PACKET_ALLOCATED);
    CHECK(in_pool(packet->nx_packet_data_start));
    CHECK(in_pool(packet->nx_packet_data_end));
    EQUAL(packet->nx_packet_data_end - packet->nx_packet_data_start, PAYLOAD);
    EQUAL((ALIGN_TYPE)packet->nx_packet_data_start % NX_PACKET_ALIGNMENT, 0);
    SAME(packet->nx_packet_prepend_ptr, packet->nx_packet_data_start + type);
    SAME(packet->nx_packet_append_ptr, packet->nx_packet_prepend_ptr);
    SAME(packet->nx_packet_union_next.nx_packet_fragment_next, packet->nx_packet_union_next.nx_packet_tcp_queue_next);
    EQUAL(packet->nx_packet_reserved, 0);
    EQUAL(packet->nx_packet_length, 0);
    EQUAL(packet->nx_packet_ip_version, NX_IP_VERSION_V4);
    EQUAL(packet->nx_packet_identical_copy, 0);
    EQUAL(packet->nx_packet_ip_header_length, 0);
    EQUAL(packet->nx_packet_reassembly_time, 0);
    EQUAL(packet->nx_packet_option_state, 0);
    EQUAL(packet->nx_packet_option_offset, 0);
    EQUAL(packet->nx_packet_destination_header, 0);
    SAME(packet->nx_packet_address.nx_packet_interface_ptr, NULL);
    SAME(packet->nx_packet_ip_header, NULL);
    DONE(nx_packet_release(packet));
    SAME(packet, NULL);
    SAME(expected->nx_packet_union_next.nx_packet_tcp_queue_next, (NX_PACKET *)(ALIGN_TYPE)NX_PACKET_FREE);
    SAME(pool.nx_packet_pool_available_list, expected);
    EQUAL(spread(NULL), 0);
}

static void written_by_c(void)
{
    NX_PACKET *packet = packet_with(&pool, NX_UDP_PACKET, NULL, 0);
    ULONG length = 0, copied = 0;
    memcpy(packet->nx_packet_append_ptr, "payload", 7);
    packet->nx_packet_append_ptr += 7;
    packet->nx_packet_length += 7;
    DONE(nx_packet_length_get(packet, &length));
    EQUAL(length, 7);
    /* A header in front, as a protocol of the application's own does it. */
    packet->nx_packet_prepend_ptr -= 4;
    packet->nx_packet_length += 4;
    memcpy(packet->nx_packet_prepend_ptr, "head", 4);
    DONE(nx_packet_data_retrieve(packet, buffer, &copied));
    EQUAL(copied, 11);
    EQUAL(memcmp(buffer, "headpayload", 11), 0);
    packet->nx_packet_prepend_ptr += 4;
    packet->nx_packet_length -= 4;
    DONE(nx_packet_data_append(packet, (VOID *)" and more", 9, &pool, NX_NO_WAIT));
    EQUAL(packet->nx_packet_length, 16);
    EQUAL(memcmp(packet->nx_packet_prepend_ptr, "payload and more", 16), 0);
    EQUAL(packet->nx_packet_append_ptr - packet->nx_packet_prepend_ptr, 16);
    packet->nx_packet_prepend_ptr[0] = 'P';
    DONE(nx_packet_data_extract_offset(packet, 0, buffer, 3, &copied));
    EQUAL(memcmp(buffer, "Pay", 3), 0);
    DONE(nx_packet_data_extract_offset(packet, 12, buffer, 100, &copied));
    EQUAL(copied, 4);
    EQUAL(memcmp(buffer, "more", 4), 0);
    EQUAL(nx_packet_data_extract_offset(packet, 16, buffer, 100, &copied), NX_PACKET_OFFSET_ERROR);
    DONE(nx_packet_release(packet));
}

static void chains(void)
{
    NX_PACKET *packet = packet_with(&pool, NX_TCP_PACKET, pattern, 500), *second, *third, *copy = NULL;
    ULONG copied = 0;
    EQUAL(packet->nx_packet_length, 500);
    EQUAL(spread(NULL), 3);
    second = packet->nx_packet_next;
    CHECK(second != NULL);
    third = second->nx_packet_next;
    CHECK(third != NULL);
    SAME(third->nx_packet_next, NULL);
    SAME(packet->nx_packet_last, third);
    SAME(packet->nx_packet_append_ptr, packet->nx_packet_data_end);
    SAME(second->nx_packet_prepend_ptr, second->nx_packet_data_start);
    EQUAL(packet->nx_packet_append_ptr - packet->nx_packet_prepend_ptr, PAYLOAD - NX_TCP_PACKET);
    EQUAL(second->nx_packet_append_ptr - second->nx_packet_prepend_ptr, PAYLOAD);
    EQUAL(third->nx_packet_append_ptr - third->nx_packet_prepend_ptr, 500 - 2 * PAYLOAD + NX_TCP_PACKET);
    EQUAL(memcmp(second->nx_packet_prepend_ptr, pattern + PAYLOAD - NX_TCP_PACKET, PAYLOAD), 0);
    DONE(nx_packet_data_retrieve(packet, buffer, &copied));
    EQUAL(copied, 500);
    EQUAL(memcmp(buffer, pattern, 500), 0);
    DONE(nx_packet_copy(packet, &copy, &small, NX_NO_WAIT));
    EQUAL(copy->nx_packet_length, 500);
    SAME(copy->nx_packet_pool_owner, &small);
    memset(buffer, 0, 500);
    DONE(nx_packet_data_retrieve(copy, buffer, &copied));
    EQUAL(memcmp(buffer, pattern, 500), 0);
    DONE(nx_packet_release(copy));
    DONE(nx_packet_release(packet));
    EQUAL(spread(NULL), 0);
}

static void chained_by_hand(void)
{
    NX_PACKET *first = packet_with(&pool, NX_TCP_PACKET, "one ", 4);
    NX_PACKET *second = packet_with(&pool, NX_RECEIVE_PACKET, "two ", 4);
    NX_PACKET *third = packet_with(&pool, NX_RECEIVE_PACKET, "three", 5), *copy = NULL;
    ULONG copied = 0;
    first->nx_packet_next = second;
    second->nx_packet_next = third;
    first->nx_packet_last = third;
    first->nx_packet_length = 13;
    DONE(nx_packet_data_retrieve(first, buffer, &copied));
    EQUAL(copied, 13);
    EQUAL(memcmp(buffer, "one two three", 13), 0);
    DONE(nx_packet_data_append(first, (VOID *)" four", 5, &pool, NX_NO_WAIT));
    EQUAL(memcmp(third->nx_packet_prepend_ptr, "three four", 10), 0);
    EQUAL(first->nx_packet_length, 18);
    DONE(nx_packet_copy(first, &copy, &pool, NX_NO_WAIT));
    EQUAL(memcmp(copy->nx_packet_prepend_ptr, "one two three four", 18), 0);
    SAME(copy->nx_packet_next, NULL);
    DONE(nx_packet_release(copy));
    /* The middle one is taken out and used alone. */
    first->nx_packet_next = third;
    second->nx_packet_next = NULL;
    first->nx_packet_length -= 4;
    DONE(nx_packet_data_extract_offset(first, 2, buffer, 8, &copied));
    EQUAL(memcmp(buffer, "e three ", 8), 0);
    DONE(nx_packet_release(second));
    EQUAL(spread(NULL), 2);
    DONE(nx_packet_release(first));
    EQUAL(spread(NULL), 0);
}

static void adjusted(void)
{
    NX_PACKET *packet = packet_with(&pool, NX_RECEIVE_PACKET, "abcdef", 6);
    DONE(nx_packet_data_adjust(packet, 40));
    EQUAL(packet->nx_packet_prepend_ptr - packet->nx_packet_data_start, 40);
    EQUAL(packet->nx_packet_length, 6);
    EQUAL(memcmp(packet->nx_packet_prepend_ptr, "abcdef", 6), 0);
    DONE(nx_packet_release(packet));
}

static void of_c_itself(void)
{
    NX_PACKET *copy = NULL;
    ULONG copied = 0;
    memset(&own, 0, sizeof own);
    own.nx_packet_data_start = own_payload;
    own.nx_packet_data_end = own_payload + sizeof own_payload;
    own.nx_packet_prepend_ptr = own_payload + 16;
    memcpy(own_payload + 16, "made in C", 9);
    own.nx_packet_append_ptr = own_payload + 25;
    own.nx_packet_length = 9;
    own.nx_packet_pool_owner = &pool;
    DONE(nx_packet_data_retrieve(&own, buffer, &copied));
    EQUAL(copied, 9);
    EQUAL(memcmp(buffer, "made in C", 9), 0);
    DONE(nx_packet_copy(&own, &copy, &pool, NX_NO_WAIT));
    EQUAL(memcmp(copy->nx_packet_prepend_ptr, "made in C", 9), 0);
    DONE(nx_packet_release(copy));
    DONE(nx_packet_data_append(&own, (VOID *)"!", 1, &pool, NX_NO_WAIT));
    EQUAL(own_payload[25], '!');
    EQUAL(own.nx_packet_length, 10);
    SAME(own.nx_packet_append_ptr, own_payload + 26);
}

static VOID waits(ULONG input)
{
    helper_status = 0x99;
    helper_status = nx_packet_allocate(&small, &helper_packet, input, NX_WAIT_FOREVER);
}

static void empty_pool(void)
{
    NX_PACKET *taken[20], *more = &own, *again;
    UINT count = 0;
    ULONG invalid = small.nx_packet_pool_invalid_releases;
    while (count < small.nx_packet_pool_total && nx_packet_allocate(&small, &taken[count], 0, 0) == NX_SUCCESS)
        count++;
    EQUAL(count, small.nx_packet_pool_total);
    EQUAL(small.nx_packet_pool_available, 0);
    SAME(small.nx_packet_pool_available_list, NULL);
    EQUAL(nx_packet_allocate(&small, &more, 0, NX_NO_WAIT), NX_NO_PACKET);
    EQUAL(small.nx_packet_pool_empty_requests, 1);
    task_start(&helper, "helper", waits, NX_IPv4_UDP_PACKET, 5);
    EQUAL(helper.thread.tx_thread_state, TX_TCP_IP);
    EQUAL(small.nx_packet_pool_suspended_count, 1);
    SAME(small.nx_packet_pool_suspension_list, &helper.thread);
    EQUAL(small.nx_packet_pool_empty_suspensions, 1);
    again = taken[3];
    DONE(nx_packet_release(taken[3]));
    SAME(taken[3], NULL);
    EQUAL(helper_status, NX_SUCCESS);
    SAME(helper_packet, again);
    EQUAL(helper_packet->nx_packet_prepend_ptr - helper_packet->nx_packet_data_start, NX_IPv4_UDP_PACKET);
    EQUAL(small.nx_packet_pool_suspended_count, 0);
    taken[3] = helper_packet;
    while (count)
        DONE(nx_packet_release(taken[--count]));
    EQUAL(small.nx_packet_pool_available, small.nx_packet_pool_total);
    EQUAL(nx_packet_release(again), NX_PTR_ERROR);
    EQUAL(small.nx_packet_pool_invalid_releases, invalid + 1);
    EQUAL(small.nx_packet_pool_available, small.nx_packet_pool_total);
    task_delete(&helper);
}

static void debug_info(void)
{
    NX_PACKET *packet = NULL;
    ULONG status = 0, line = 0;
    CHAR *thread = NULL, *file = NULL;
    NX_PACKET *held = packet_with(&pool, NX_RECEIVE_PACKET, "x", 1);
    UINT index, allocated = 0;
    for (index = 0; index < COUNT; index++)
    {
        DONE(nx_packet_debug_info_get(&pool, index, &packet, &status, &thread, &file, &line));
        allocated += status == (ULONG)NX_PACKET_ALLOCATED && packet == held;
        CHECK(thread != NULL && file != NULL && strlen(file) < 100);
    }
    EQUAL(allocated, 1);
    DONE(nx_packet_release(held));
}

static void refusals(void)
{
    NX_PACKET *packet = NULL;
    EQUAL(nx_packet_allocate(&pool, &packet, 3, NX_NO_WAIT), NX_OPTION_ERROR);
    EQUAL(nx_packet_allocate(NULL, &packet, 0, NX_NO_WAIT), NX_PTR_ERROR);
    EQUAL(nx_packet_release(packet), NX_PTR_ERROR);
    EQUAL(nx_packet_pool_create(&pool, (CHAR *)"x", 100, small_memory, sizeof small_memory), NX_PTR_ERROR);
    EQUAL(nx_packet_data_append(packet, buffer, 1, &pool, 0), NX_PTR_ERROR);
    packet = packet_with(&pool, 0, NULL, 0);
    EQUAL(nx_packet_data_append(packet, NULL, 1, &pool, 0), NX_PTR_ERROR);
    EQUAL(nx_packet_data_append(packet, buffer, 0, &pool, 0), NX_SIZE_ERROR);
    DONE(nx_packet_transmit_release(packet));
    SAME(packet, NULL);
    EQUAL(spread(NULL), 0);
}

static VOID boss_entry(ULONG input)
{
    (void)input;
    fields(NX_RECEIVE_PACKET);
    fields(NX_IPv4_UDP_PACKET);
    fields(NX_TCP_PACKET);
    written_by_c();
    chains();
    chained_by_hand();
    adjusted();
    of_c_itself();
    empty_pool();
    debug_info();
    refusals();
    DONE(nx_packet_pool_delete(&small));
    EQUAL(small.nx_packet_pool_id, 0);
    EQUAL(_nx_packet_pool_created_count, 1);
    SAME(pool.nx_packet_pool_created_next, &pool);
    DONE(nx_packet_pool_delete(&pool));
    SAME(_nx_packet_pool_created_ptr, NULL);
}

GROUP(packets)
{
    UINT at;
    for (at = 0; at < sizeof pattern; at++)
        pattern[at] = (UCHAR)(at * 7 + at / 256);
    nx_system_initialize();
    DONE(nx_packet_pool_create(&pool, (CHAR *)"pool", PAYLOAD, memory, sizeof memory));
    DONE(nx_packet_pool_create(&small, (CHAR *)"small", 100, small_memory, sizeof small_memory));
    pool_fields();
    task_start(&boss, "boss", boss_entry, 0, 10);
}
