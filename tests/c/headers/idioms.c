/* Firmware as it is commonly written: internal names declared by hand, control blocks as arrays and in structs, one
   pointer that walks through the memory of tx_application_define, names in variables, services in function pointers. */

#define NX_SOURCE_CODE
#define NX_POP3_CLIENT_SOURCE_CODE

#include "tx_api.h"
#include "nx_api.h"
#include "nx_system.h"
#include "nx_ip.h"
#include "nx_tcp.h"
#ifdef NX_MD5_H
#error "nx_md5.h is included only by those who ask for it"
#endif
#include "nx_md5.h"
#include "nx_pop3_client.h"

#ifdef __cplusplus
extern "C" {
#endif
extern VOID _nx_ram_network_driver_512(struct NX_IP_DRIVER_STRUCT *driver_req);
extern VOID _nx_linux_network_driver(NX_IP_DRIVER *driver_req);
extern NX_IP *_nx_ip_created_ptr;
extern TX_THREAD *_tx_thread_current_ptr;
extern CHAR _nx_version_id[];
VOID tx_application_define(void *first_unused_memory);
void device_driver(NX_IP_DRIVER *request);
#ifdef __cplusplus
}
#endif

#define DEMO_STACK_SIZE 2048
#define SERVER_ADDRESS IP_ADDRESS(192, 168, 2, 91)

typedef struct MAIL_STRUCT
{
    NX_POP3_CLIENT client;
    struct NX_PACKET_POOL_STRUCT pool;
    NX_TCP_SOCKET sockets[2];
    TX_EVENT_FLAGS_GROUP events;
    UCHAR arp_cache[1024];
} MAIL;

static MAIL mail;
static struct TX_THREAD_STRUCT threads[2];
static NX_IP ip_0;
static NX_INTERFACE *attached;
static CHAR user[] = "recipient", password[] = "testpwd";
static UINT (*const switches[])(NX_IP *) = {nx_icmp_enable, nx_tcp_enable, nx_udp_enable, nxd_ipv6_enable};
static const ULONG well_known[] = {htonl(IP_ADDRESS(192, 168, 2, 91)), NX_WAIT_FOREVER, IP_ADDRESS(0, 0, 0, 0)};

static void thread_entry(ULONG input)
{
    NX_PACKET *packet = NX_NULL;
    NXD_ADDRESS server = {NX_IP_VERSION_V4, {0}};
    ULONG size = 0, actual;
    UINT status, items = 0, final = NX_FALSE;
    NX_TCP_HEADER *header;

    NX_PARAMETER_NOT_USED(input);
    status = nx_ip_status_check(&ip_0, NX_IP_INITIALIZE_DONE | NX_IP_LINK_ENABLED, &actual, 5 * NX_IP_PERIODIC_RATE);
    server.nxd_ip_address.v4 = SERVER_ADDRESS;
    status += nxd_pop3_client_create(&mail.client, NX_TRUE, &ip_0, &mail.pool, &server, 110, user, password);
    status |= nx_pop3_client_mail_items_get(&mail.client, &items, &size);
    while (items-- && status == NX_SUCCESS && !final)
    {
        status = nx_pop3_client_mail_item_message_get(&mail.client, &packet, &size, &final);
        if (packet && packet->nx_packet_append_ptr - packet->nx_packet_prepend_ptr >= 20)
        {
            header = (NX_TCP_HEADER *)(void *)packet->nx_packet_prepend_ptr;
            NX_CHANGE_ULONG_ENDIAN(header->nx_tcp_sequence_number);
        }
        if (status || nx_packet_release(packet))
            tx_thread_sleep(TX_TIMER_TICKS_PER_SECOND / 10);
    }
    for (status = 0; status < sizeof(switches) / sizeof(switches[0]); status++)
        (*switches[status])(&ip_0);
    nx_icmp_ping(&ip_0, well_known[2], user, 4, &packet, NX_NO_WAIT);
    printf("%s %u %p\n", _nx_version_id, server.nxd_ip_version, (void *)_nx_ip_created_ptr);
    tx_event_flags_set(&mail.events, (ULONG)0x1, TX_OR);
}

void device_driver(NX_IP_DRIVER *request)
{
    NX_INTERFACE *link = request->nx_ip_driver_interface;

    request->nx_ip_driver_status = NX_SUCCESS;
    switch (request->nx_ip_driver_command)
    {
    case NX_LINK_INTERFACE_ATTACH:
        attached = link;
        break;
    case NX_LINK_INITIALIZE:
        link->nx_interface_ip_mtu_size = 1500;
        link->nx_interface_physical_address_msw = 0x0011;
        link->nx_interface_physical_address_lsw = 0x22334457;
        link->nx_interface_address_mapping_needed = NX_TRUE;
        break;
    case NX_LINK_ENABLE:
    case NX_LINK_DISABLE:
        attached->nx_interface_link_up = request->nx_ip_driver_command == NX_LINK_ENABLE ? NX_TRUE : NX_FALSE;
        break;
    case NX_LINK_PACKET_SEND:
        request->nx_ip_driver_packet->nx_packet_prepend_ptr += 0;
        nx_packet_transmit_release(request->nx_ip_driver_packet);
        break;
    case NX_LINK_GET_STATUS:
        *request->nx_ip_driver_return_ptr = attached->nx_interface_link_up;
        break;
    default:
        request->nx_ip_driver_status = NX_UNHANDLED_COMMAND;
    }
    if (request->nx_ip_driver_ptr->nx_ip_interface[0].nx_interface_ip_address == SERVER_ADDRESS)
        _nx_ip_driver_link_status_event(request->nx_ip_driver_ptr, attached->nx_interface_index);
}

VOID tx_application_define(void *first_unused_memory)
{
    CHAR *pointer = (CHAR *)first_unused_memory;
    UINT status;

    tx_thread_create(&threads[0], "thread 0", thread_entry, 0, pointer, DEMO_STACK_SIZE, 4, 4, TX_NO_TIME_SLICE,
                     TX_AUTO_START);
    pointer = pointer + DEMO_STACK_SIZE;
    nx_system_initialize();
    status = nx_packet_pool_create(&mail.pool, "NetX Main Packet Pool", 1536, pointer, 1536 * 16);
    pointer = pointer + 1536 * 16;
    status += nx_ip_create(&ip_0, "NetX IP Instance 0", SERVER_ADDRESS, 0xFFFFFF00UL, &mail.pool,
                           _nx_ram_network_driver_512, pointer, DEMO_STACK_SIZE, 1);
    status += nx_ip_interface_attach(&ip_0, user, 0, 0, device_driver);
    status += nx_arp_enable(&ip_0, (void *)mail.arp_cache, sizeof(mail.arp_cache));
    status += nx_tcp_socket_create(&ip_0, &mail.sockets[0], "socket", NX_IP_NORMAL, NX_FRAGMENT_OKAY,
                                   NX_IP_TIME_TO_LIVE, 1460, NX_NULL, NX_NULL);
    status += tx_event_flags_create(&mail.events, "events");
    if (status)
        NX_ASSERT(status == NX_SUCCESS);
}

int main(void)
{
    tx_kernel_enter();
    return 0;
}
