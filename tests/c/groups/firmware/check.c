#include "check.h"

#include <stdio.h>

#define FAILURES 20
#define LENGTH   300

#ifdef __cplusplus
extern "C" {
#endif
extern unsigned check_count;
extern unsigned check_failed;
extern char check_failures[FAILURES][LENGTH];
unsigned check_count;
unsigned check_failed;
char check_failures[FAILURES][LENGTH];
#ifdef __cplusplus
}
#endif

static const char *base(const char *file)
{
    const char *slash = strrchr(file, '/');
    return slash ? slash + 1 : file;
}

void check_holds(int holds, const char *text, const char *file, int line)
{
    check_count++;
    if (holds)
        return;
    if (check_failed < FAILURES)
        snprintf(check_failures[check_failed], LENGTH, "%s:%d: %s", base(file), line, text);
    check_failed++;
}

void check_equal(check_word left, check_word right, const char *text, const char *file, int line)
{
    char message[LENGTH];
    if (left == right)
    {
        check_count++;
        return;
    }
    snprintf(message, sizeof message, "%.200s: 0x%llx and 0x%llx", text, left, right);
    check_holds(0, message, file, line);
}

void task_start(TASK *task, const char *name, VOID (*entry)(ULONG), ULONG input, UINT priority)
{
    DONE(tx_thread_create(&task->thread, (CHAR *)name, entry, input, task->stack, sizeof task->stack, priority,
                          priority, TX_NO_TIME_SLICE, TX_AUTO_START));
}

void task_delete(TASK *task)
{
    DONE(tx_thread_delete(&task->thread));
    EQUAL(task->thread.tx_thread_id, 0);
}

void node_create(NODE *node, const char *name, ULONG address, NODE_DRIVER driver)
{
    DONE(nx_packet_pool_create(&node->pool, (CHAR *)name, NODE_PAYLOAD, node->memory, sizeof node->memory));
    DONE(nx_ip_create(&node->ip, (CHAR *)name, address, NODE_MASK, &node->pool, driver, node->stack,
                      sizeof node->stack, 1));
    DONE(nx_arp_enable(&node->ip, node->arp, sizeof node->arp));
    DONE(nx_icmp_enable(&node->ip));
    DONE(nx_udp_enable(&node->ip));
    DONE(nx_tcp_enable(&node->ip));
}

void node_delete(NODE *node)
{
    DONE(nx_ip_delete(&node->ip));
    EQUAL(node->ip.nx_ip_id, 0);
    EQUAL(node->pool.nx_packet_pool_available, node->pool.nx_packet_pool_total);
    DONE(nx_packet_pool_delete(&node->pool));
    EQUAL(node->pool.nx_packet_pool_id, 0);
}

void node_wait(NODE *node)
{
    ULONG status = 0;
    DONE(nx_ip_status_check(&node->ip, NX_IP_LINK_ENABLED, &status, 100));
    EQUAL(status, NX_IP_LINK_ENABLED);
}

NX_PACKET *packet_with(NX_PACKET_POOL *pool, ULONG type, const void *data, ULONG size)
{
    NX_PACKET *packet = NULL;
    DONE(nx_packet_allocate(pool, &packet, type, NX_NO_WAIT));
    if (size)
        DONE(nx_packet_data_append(packet, (VOID *)data, size, pool, NX_NO_WAIT));
    return packet;
}
