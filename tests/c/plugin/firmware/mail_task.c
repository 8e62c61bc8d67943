/* A device that collects mail: what the plugin's tests are played on. */

#include "mail_task.h"

#include "nxd_pop3_client.h"

VOID _nx_ram_network_driver(NX_IP_DRIVER *driver_req_ptr);

NX_IP ip;
CONFIG config = {{10, 0, 0, 2}, 110, "mary", "secret", 3};
UINT mail_count;
ULONG mail_bytes;
UINT last_status;
UINT apop = NX_FALSE;
TX_EVENT_FLAGS_GROUP events;

static NX_PACKET_POOL pool;
static NX_POP3_CLIENT client;
static TX_THREAD thread;
static TX_SEMAPHORE never;
static UCHAR pool_memory[32 * 1700], ip_stack[2048], arp_memory[1024], thread_stack[2048];
static UINT calls;

static ULONG server_address(void)
{
    return IP_ADDRESS(config.server[0], config.server[1], config.server[2], config.server[3]);
}

static UINT mail_open(void)
{
    calls++;
    return nx_pop3_client_create(&client, apop, &ip, &pool, server_address(), config.port, (CHAR *)config.user,
                                 (CHAR *)config.password);
}

static UINT mail_read(UINT number)
{
    NX_PACKET *packet;
    ULONG size;
    UINT final = NX_FALSE;
    UINT status = nx_pop3_client_mail_item_get(&client, number, &size);
    while (status == NX_SUCCESS && !final)
    {
        status = nx_pop3_client_mail_item_message_get(&client, &packet, &size, &final);
        if (status == NX_SUCCESS)
        {
            mail_bytes += packet->nx_packet_length;
            nx_packet_release(packet);
        }
    }
    return status;
}

/* Collects up to `limit` mails; how many it got. */
int mail_task_run(int limit)
{
    UINT items, number;
    ULONG size;
    int got = 0;
    last_status = mail_open();
    if (last_status == NX_SUCCESS)
        last_status = nx_pop3_client_mail_items_get(&client, &items, &size);
    for (number = 1; last_status == NX_SUCCESS && number <= items && got < limit; number++)
    {
        last_status = mail_read(number);
        if (last_status == NX_SUCCESS)
        {
            got++;
            mail_count++;
        }
    }
    nx_pop3_client_quit(&client);
    nx_pop3_client_delete(&client);
    return got;
}

VOID mail_entry(ULONG limit)
{
    mail_task_run((int)limit);
}

VOID forever_entry(ULONG input)
{
    (void)input;
    for (;;)
    {
        mail_task_run((int)config.limit);
        tx_event_flags_set(&events, 1, TX_OR);
        tx_thread_sleep(60 * TX_TIMER_TICKS_PER_SECOND);
    }
}

/* -- what goes wrong on purpose -- */

UINT lose_packet(void)
{
    NX_PACKET *packet;
    return nx_packet_allocate(&pool, &packet, NX_TCP_PACKET, NX_NO_WAIT);
}

UINT forget_client(void)
{
    return mail_open();
}

UINT forget_thread(void)
{
    return tx_thread_create(&thread, "forgotten", mail_entry, 0, thread_stack, sizeof thread_stack, 20, 20, 0,
                            TX_DONT_START);
}

UINT wait_for_nobody(void)
{
    return tx_semaphore_get(&never, TX_WAIT_FOREVER);
}

VOID waiting_entry(ULONG input)
{
    (void)input;
    wait_for_nobody();
}

VOID delete_twice(void)
{
    mail_open();
    nx_pop3_client_delete(&client);
    nx_pop3_client_delete(&client);
}

int write_behind(int index)
{
    static int table[4];
    table[index] = index;
    return table[0];
}

VOID write_through(UINT *target, int index)
{
    target[index] = 1;
}

int add_one(int value)
{
    return value + 1;
}

VOID crash(UINT *where)
{
    *where = 1;
}

VOID crash_entry(ULONG where)
{
    crash((UINT *)(ALIGN_TYPE)where);
}

UINT release_nonsense(VOID)
{
    NX_PACKET *packet = (NX_PACKET *)(ALIGN_TYPE)4096;
    return nx_packet_transmit_release(packet);
}

ULONG random_number(void)
{
    return netx_random();
}

VOID tx_application_define(VOID *first_unused_memory)
{
    (void)first_unused_memory;
    nx_system_initialize();
    tx_event_flags_create(&events, "events");
    tx_semaphore_create(&never, "never", 0);
    nx_packet_pool_create(&pool, "device pool", 1568, pool_memory, sizeof pool_memory);
    nx_ip_create(&ip, "device", IP_ADDRESS(10, 0, 0, 1), IP_ADDRESS(255, 255, 255, 0), &pool, _nx_ram_network_driver,
                 ip_stack, sizeof ip_stack, 1);
    nx_arp_enable(&ip, arp_memory, sizeof arp_memory);
    nx_tcp_enable(&ip);
#ifdef MAIL_AT_ONCE
    tx_thread_create(&thread, "mail", forever_entry, 0, thread_stack, sizeof thread_stack, 4, 4, 0, TX_AUTO_START);
#endif
}
