/* A device that does one thing, named on the command line: what programs end with is tested with it. */

#include "behaviour.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#ifndef END
#define END 3
#endif

struct thing
{
    const char *name;
    VOID (*make)(VOID);
};

TX_THREAD mail_thread;
TX_THREAD other_thread;
NX_PACKET_POOL pool;
NX_IP ip;
static TX_TIMER timer;
static UCHAR mail_stack[4096], other_stack[4096], ip_stack[4096], pool_area[1568 * 20];
static volatile int *nothing;
static const char *wanted = "return";

static VOID parse_header(VOID)
{
    *nothing = 1;
}

static VOID on_timer(ULONG argument)
{
    (void)argument;
    parse_header();
}

static int deep(int level)
{
    volatile char room[1000];
    room[0] = (char)level;
    return deep(level + 1) + room[0];
}

static VOID other(ULONG argument)
{
    deep((int)argument);
}

static VOID end(VOID)
{
}

static VOID do_exit(VOID)
{
    exit(9);
}

static VOID jump_nowhere(VOID)
{
    VOID (*function)(VOID);
    memset(&function, 0, sizeof function);
    function();
}

static VOID divide(VOID)
{
    volatile int zero = 0;
    printf("%d\n", 100 / zero);
}

static VOID overflow(VOID)
{
    deep(0);
}

static VOID overflow_other(VOID)
{
    tx_thread_create(&other_thread, "other", other, 0, other_stack, sizeof other_stack, 3, 3, TX_NO_TIME_SLICE,
                     TX_AUTO_START);
}

static VOID crash_in_timer(VOID)
{
    tx_timer_create(&timer, "timer", on_timer, 0, 1, 0, TX_AUTO_ACTIVATE);
    tx_thread_sleep(5);
}

static VOID crash_in_service(VOID)
{
    NX_PACKET *packet;
    NX_PACKET_POOL *nowhere = (NX_PACKET_POOL *)16;
    nx_packet_allocate(nowhere, &packet, NX_TCP_PACKET, NX_NO_WAIT);
}

static VOID send_signal(VOID)
{
    kill(getpid(), SIGSEGV);
}

static VOID wait_for_ever(VOID)
{
    tx_thread_suspend(tx_thread_identify());
}

static VOID leak(VOID)
{
    NX_PACKET *packet;
    nx_packet_allocate(&pool, &packet, NX_TCP_PACKET, NX_NO_WAIT);
}

static VOID leak_and_fail(VOID)
{
    leak();
    exit(9);
}

static VOID delete_unborn(VOID)
{
    static NX_POP3_CLIENT client;
    nx_pop3_client_delete(&client);
}

/* More packets for a host that does not answer than ARP keeps. */
static VOID overflow_arp(VOID)
{
    static NX_UDP_SOCKET socket;
    NX_PACKET *packet;
    int i;
    nx_udp_socket_create(&ip, &socket, "socket", NX_IP_NORMAL, NX_FRAGMENT_OKAY, 64, 5);
    nx_udp_socket_bind(&socket, NX_ANY_PORT, NX_NO_WAIT);
    for (i = 0; i < 6; i++)
    {
        nx_packet_allocate(&pool, &packet, NX_UDP_PACKET, NX_NO_WAIT);
        nx_packet_data_append(packet, "x", 1, &pool, NX_NO_WAIT);
        nx_udp_socket_send(&socket, packet, IP_ADDRESS(10, 0, 0, 9), 7);
    }
    tx_thread_sleep(20000); /* until ARP gives up and the packets are back */
    nx_udp_socket_unbind(&socket);
    nx_udp_socket_delete(&socket);
}

static VOID run_for_ever(VOID)
{
    printf("runs\n");
    fflush(stdout);
    for (;;)
        tx_thread_sleep(10);
}

/* Never waits. */
static VOID ask_for_ever(VOID)
{
    ULONG total;
    printf("runs\n");
    fflush(stdout);
    for (;;)
        nx_packet_pool_info_get(&pool, &total, NULL, NULL, NULL, NULL);
}

static TX_THREAD sleeper;
static UCHAR sleeper_stack[2048];

static VOID sleeper_entry(ULONG argument)
{
    for (;;)
        tx_thread_sleep(1 + argument);
}

/* Two stacks, and the turn goes to and fro. */
static VOID run_two_for_ever(VOID)
{
    tx_thread_create(&sleeper, "sleeper", sleeper_entry, 0, sleeper_stack, sizeof sleeper_stack, 4, 4, 0, TX_AUTO_START);
    run_for_ever();
}

static VOID loop(VOID)
{
    printf("runs\n");
    fflush(stdout);
    for (;;)
        ;
}

static VOID stop(VOID)
{
    netx_stop();
}

static VOID show(VOID)
{
    printf("before\n");
    netx_netstat();
    printf("after\n");
}

static VOID print_random(VOID)
{
    printf("%08x\n", (unsigned)netx_random());
}

static VOID sleep_second(VOID)
{
    tx_thread_sleep(100);
}

static VOID show_mtu(VOID)
{
    NX_IP *instance = &ip;
    printf("mtu %u\n", (unsigned)instance->nx_ip_interface[0].nx_interface_ip_mtu_size);
}

static const struct thing things[] = {
    {"return", end},
    {"exit", do_exit},
    {"crash", parse_header},
    {"jump", jump_nowhere},
    {"divide", divide},
    {"abort", abort},
    {"overflow", overflow},
    {"overflow-other", overflow_other},
    {"timer", crash_in_timer},
    {"service", crash_in_service},
    {"signal", send_signal},
    {"wait", wait_for_ever},
    {"leak", leak},
    {"leak-and-fail", leak_and_fail},
    {"fault", delete_unborn},
    {"quirk", overflow_arp},
    {"run", run_for_ever},
    {"run two", run_two_for_ever},
    {"ask", ask_for_ever},
    {"loop", loop},
    {"stop", stop},
    {"show", show},
    {"random", print_random},
    {"second", sleep_second},
    {"mtu", show_mtu},
};

static VOID mail(ULONG argument)
{
    size_t i;
    (void)argument;
    tx_thread_sleep(2);
    for (i = 0; i < sizeof things / sizeof things[0]; i++)
        if (strcmp(things[i].name, wanted) == 0)
            things[i].make();
}

VOID tx_application_define(VOID *first_unused_memory)
{
    (void)first_unused_memory;
    nx_system_initialize();
    nx_packet_pool_create(&pool, "pool", 1536, pool_area, sizeof pool_area);
    if (nx_ip_create(&ip, "device", IP_ADDRESS(10, 0, 0, 1), 0xFFFFFF00UL, &pool, DRIVER, ip_stack, sizeof ip_stack, 1))
        printf("no instance\n");
    enable(&ip);
    tx_thread_create(&mail_thread, "mail", mail, 0, mail_stack, sizeof mail_stack, 4, 4, TX_NO_TIME_SLICE,
                     TX_AUTO_START);
}

int main(int count, char **words)
{
    if (count > 1)
        wanted = words[1];
    if (strcmp(wanted, "early") == 0)
        delete_unborn();
    tx_kernel_enter();
    return END;
}
