/* Byte pools and block pools: memory that C really uses, given back by its address alone. */

#include "check.h"

#define BLOCK 40

static TASK boss, helper;
static TX_BYTE_POOL bytes;
static TX_BLOCK_POOL blocks;
static ALIGN_TYPE byte_memory[64];
static ALIGN_TYPE block_memory[30];
static UINT helper_status;
static VOID *helper_memory;

static int inside(const VOID *memory, ULONG size, const VOID *area, ULONG area_size)
{
    const UCHAR *from = (const UCHAR *)area;
    const UCHAR *first = (const UCHAR *)memory;
    return first >= from && first + size <= from + area_size;
}

static VOID wants_bytes(ULONG input)
{
    helper_status = 0x99;
    helper_status = tx_byte_allocate(&bytes, &helper_memory, input, TX_WAIT_FOREVER);
}

static VOID wants_block(ULONG input)
{
    helper_status = 0x99;
    helper_status = tx_block_allocate(&blocks, &helper_memory, input);
}

static void byte_pool(void)
{
    VOID *first = NULL, *second = NULL, *third = NULL;
    CHAR *name = NULL;
    ULONG available = 0, fragments = 0, waiting = 9;
    TX_THREAD *suspended = &boss.thread;
    TX_BYTE_POOL *next = NULL;
    DONE(tx_byte_pool_create(&bytes, (CHAR *)"bytes", byte_memory, sizeof byte_memory));
    EQUAL(bytes.tx_byte_pool_id, 0x42595445U);
    TEXT(bytes.tx_byte_pool_name, "bytes");
    DONE(tx_byte_pool_info_get(&bytes, &name, &available, &fragments, &suspended, &waiting, &next));
    SAME(name, bytes.tx_byte_pool_name);
    EQUAL(available, bytes.tx_byte_pool_available);
    SAME(suspended, NULL);
    EQUAL(waiting, 0);
    SAME(next, &bytes);
    DONE(tx_byte_allocate(&bytes, &first, 100, TX_NO_WAIT));
    DONE(tx_byte_allocate(&bytes, &second, 100, TX_NO_WAIT));
    CHECK(inside(first, 100, byte_memory, sizeof byte_memory));
    CHECK(inside(second, 100, byte_memory, sizeof byte_memory));
    CHECK((UCHAR *)second >= (UCHAR *)first + 100);
    CHECK(bytes.tx_byte_pool_available < available - 200);
    memset(first, 0x11, 100);
    memset(second, 0x22, 100);
    EQUAL(((UCHAR *)first)[99], 0x11);
    third = byte_memory;
    EQUAL(tx_byte_allocate(&bytes, &third, 400, TX_NO_WAIT), TX_NO_MEMORY);
    SAME(third, NULL);
    EQUAL(tx_byte_allocate(&bytes, &third, 0, TX_NO_WAIT), TX_SIZE_ERROR);
    task_start(&helper, "helper", wants_bytes, 300, 5);
    EQUAL(helper.thread.tx_thread_state, TX_BYTE_MEMORY);
    EQUAL(bytes.tx_byte_pool_suspended_count, 1);
    CHECK(bytes.tx_byte_pool_owner == NULL || bytes.tx_byte_pool_owner == &helper.thread ||
          bytes.tx_byte_pool_owner == &boss.thread);
    DONE(tx_byte_release(first));
    EQUAL(helper_status, 0x99);
    DONE(tx_byte_release(second));
    EQUAL(helper_status, TX_SUCCESS);
    EQUAL(bytes.tx_byte_pool_suspended_count, 0);
    CHECK(inside(helper_memory, 300, byte_memory, sizeof byte_memory));
    memset(helper_memory, 0x33, 300);
    DONE(tx_byte_release(helper_memory));
    EQUAL(bytes.tx_byte_pool_available, available);
    EQUAL(tx_byte_release(NULL), TX_PTR_ERROR);
    DONE(tx_byte_pool_prioritize(&bytes));
    DONE(tx_byte_pool_delete(&bytes));
    EQUAL(bytes.tx_byte_pool_id, 0);
    EQUAL(tx_byte_allocate(&bytes, &first, 10, TX_NO_WAIT), TX_POOL_ERROR);
    task_delete(&helper);
}

static void block_pool(void)
{
    VOID *taken[8];
    CHAR *name = NULL;
    ULONG available = 0, total = 0, waiting = 9;
    UINT count, other;
    TX_THREAD *suspended = &boss.thread;
    TX_BLOCK_POOL *next = NULL;
    DONE(tx_block_pool_create(&blocks, (CHAR *)"blocks", BLOCK, block_memory, sizeof block_memory));
    EQUAL(blocks.tx_block_pool_id, 0x424C4F43U);
    DONE(tx_block_pool_info_get(&blocks, &name, &available, &total, &suspended, &waiting, &next));
    SAME(name, blocks.tx_block_pool_name);
    EQUAL(total, sizeof block_memory / (BLOCK + sizeof(VOID *)));
    EQUAL(total, blocks.tx_block_pool_total);
    EQUAL(available, blocks.tx_block_pool_available);
    SAME(suspended, NULL);
    SAME(next, &blocks);
    for (count = 0; count < total && count < 8; count++)
    {
        DONE(tx_block_allocate(&blocks, &taken[count], TX_NO_WAIT));
        CHECK(inside(taken[count], BLOCK, block_memory, sizeof block_memory));
        memset(taken[count], (int)count + 1, BLOCK);
        EQUAL(blocks.tx_block_pool_available, total - count - 1);
    }
    for (other = 0; other < count; other++)
    {
        EQUAL(*(UCHAR *)taken[other], other + 1);
        EQUAL(((UCHAR *)taken[other])[BLOCK - 1], other + 1);
    }
    EQUAL(tx_block_allocate(&blocks, &helper_memory, TX_NO_WAIT), TX_NO_MEMORY);
    task_start(&helper, "helper", wants_block, TX_WAIT_FOREVER, 5);
    EQUAL(helper.thread.tx_thread_state, TX_BLOCK_MEMORY);
    EQUAL(blocks.tx_block_pool_suspended_count, 1);
    DONE(tx_block_pool_prioritize(&blocks));
    DONE(tx_block_release(taken[1]));
    EQUAL(helper_status, TX_SUCCESS);
    SAME(helper_memory, taken[1]);
    EQUAL(blocks.tx_block_pool_available, 0);
    for (other = 0; other < count; other++)
        DONE(tx_block_release(taken[other]));
    EQUAL(blocks.tx_block_pool_available, total);
    EQUAL(tx_block_release(NULL), TX_PTR_ERROR);
    task_delete(&helper);
}

static void under_a_waiter(void)
{
    VOID *taken[8];
    UINT count = 0;
    while (count < 8 && tx_block_allocate(&blocks, &taken[count], TX_NO_WAIT) == TX_SUCCESS)
        count++;
    EQUAL(count, blocks.tx_block_pool_total);
    task_start(&helper, "helper", wants_block, 5, 5);
    tx_thread_sleep(6);
    EQUAL(helper_status, TX_NO_MEMORY);
    task_delete(&helper);
    task_start(&helper, "helper", wants_block, TX_WAIT_FOREVER, 5);
    DONE(tx_block_pool_delete(&blocks));
    EQUAL(helper_status, TX_DELETED);
    EQUAL(blocks.tx_block_pool_id, 0);
    task_delete(&helper);
}

static VOID boss_entry(ULONG input)
{
    (void)input;
    byte_pool();
    block_pool();
    under_a_waiter();
    EQUAL(tx_byte_pool_create(&bytes, (CHAR *)"x", byte_memory, 50), TX_SIZE_ERROR);
    EQUAL(tx_block_pool_create(&blocks, (CHAR *)"x", 0, block_memory, sizeof block_memory), TX_SIZE_ERROR);
}

GROUP(pools)
{
    task_start(&boss, "boss", boss_entry, 0, 10);
}
