/* Both nodes in one program, on one wire:
 *
 * netx-pop3 cc both.c mail_server.c ../mail_reader/mail_reader.c ../mail_reader/main.c -I../mail_reader \
 *     -DNETX_TWO_NODES -DNETWORK_DRIVER=_nx_ram_network_driver -o both
 */

#include "mail_reader.h"
#include "mail_server.h"
#include "netx_host.h"

#define STACK_SIZE 2048

static TX_THREAD watch_thread;
static ULONG watch_stack[STACK_SIZE / sizeof(ULONG)];

/* The server waits for ever: what ends the program is that it has served its session. */
static VOID watch_entry(ULONG input)
{
    NX_PARAMETER_NOT_USED(input);
    while (!server_sessions)
        tx_thread_sleep(10);
    tx_thread_sleep(10);
    netx_stop();
}

VOID tx_application_define(VOID *first_unused_memory)
{
    NX_PARAMETER_NOT_USED(first_unused_memory);
    nx_system_initialize();
    server_start();
    reader_start();
    tx_thread_create(&watch_thread, (CHAR *)"watch", watch_entry, 0, watch_stack, sizeof(watch_stack), 30, 30,
                     TX_NO_TIME_SLICE, TX_AUTO_START);
}
