/* A device with two Ethernet ports of its own driver in the manner of a framework: requests by table, deferred work, receives
   on interrupts; and a router between two networks. */
#include "nx_api.h"
#include "netx_host.h"
int asserted;
typedef struct PORT_STRUCT { NX_INTERFACE *link; NX_IP *ip; struct PORT_STRUCT *peer; NX_PACKET *in, *in_tail; ULONG events; UINT sent, received; ULONG number; } PORT;
static PORT ports[4];
static NX_PACKET_POOL pool; static UCHAR pool_area[1700 * 40];
static NX_IP left, router, right; static UCHAR stacks[4][2048], arp[3][1024]; static TX_THREAD thread; static UINT errors; static UINT link_changes;
#define CHECK(x) do { UINT s_ = (x); if (s_) { errors++; printf("line %d: 0x%x\n", __LINE__, s_); } } while (0)
#define TRUE_(x) do { if (!(x)) { errors++; printf("line %d: %s\n", __LINE__, #x); } } while (0)

static VOID port_interrupt(ULONG number)
{
    PORT *port = &ports[number]; ULONG before;
    TX_INTERRUPT_SAVE_AREA
    TX_DISABLE
    before = port->events;
    port->events |= 1;
    TX_RESTORE
    if (!before) _nx_ip_driver_deferred_processing(port->ip);
}
static VOID port_transmit(PORT *port, NX_PACKET *packet, UINT type, NX_IP_DRIVER *request)
{
    UCHAR *frame; NX_PACKET *copy; PORT *peer = port->peer; ULONG m = request->nx_ip_driver_physical_address_msw, l = request->nx_ip_driver_physical_address_lsw;
    packet->nx_packet_prepend_ptr -= 14; packet->nx_packet_length += 14;
    frame = packet->nx_packet_prepend_ptr;
    frame[0] = (UCHAR)(m >> 8); frame[1] = (UCHAR)m; frame[2] = (UCHAR)(l >> 24); frame[3] = (UCHAR)(l >> 16); frame[4] = (UCHAR)(l >> 8); frame[5] = (UCHAR)l;
    m = port->link->nx_interface_physical_address_msw; l = port->link->nx_interface_physical_address_lsw;
    frame[6] = (UCHAR)(m >> 8); frame[7] = (UCHAR)m; frame[8] = (UCHAR)(l >> 24); frame[9] = (UCHAR)(l >> 16); frame[10] = (UCHAR)(l >> 8); frame[11] = (UCHAR)l;
    frame[12] = (UCHAR)(type >> 8); frame[13] = (UCHAR)type;
    port->sent++;
    if (peer->ip && nx_packet_copy(packet, &copy, &pool, NX_NO_WAIT) == NX_SUCCESS) {
        if (peer->in_tail) peer->in_tail->nx_packet_queue_next = copy; else peer->in = copy;
        peer->in_tail = copy; copy->nx_packet_queue_next = NX_NULL;
        netx_after_us(10, port_interrupt, peer->number);
    }
    packet->nx_packet_prepend_ptr += 14; packet->nx_packet_length -= 14;
    nx_packet_transmit_release(packet);
}
static VOID port_deferred(PORT *port)
{
    NX_PACKET *packet; UINT type;
    port->events = 0;
    while ((packet = port->in) != NX_NULL) {
        port->in = packet->nx_packet_queue_next; if (!port->in) port->in_tail = NX_NULL;
        packet->nx_packet_queue_next = NX_NULL;
        type = (UINT)packet->nx_packet_prepend_ptr[12] << 8 | packet->nx_packet_prepend_ptr[13];
        packet->nx_packet_prepend_ptr += 14; packet->nx_packet_length -= 14;
        packet->nx_packet_address.nx_packet_interface_ptr = port->link;
        port->received++;
        if (type == 0x0800 || type == 0x86DD) _nx_ip_packet_receive(port->ip, packet);
        else if (type == 0x0806) _nx_arp_packet_receive(port->ip, packet);
        else nx_packet_release(packet);
    }
}
static VOID driver(NX_IP_DRIVER *request)
{
    static UINT attached; UINT i; PORT *port = NX_NULL;
    for (i = 0; i < 4; i++) if (ports[i].link == request->nx_ip_driver_interface) port = &ports[i];
    request->nx_ip_driver_status = NX_SUCCESS;
    switch (request->nx_ip_driver_command) {
    case NX_LINK_INTERFACE_ATTACH:
        ports[attached].link = request->nx_ip_driver_interface; ports[attached].ip = request->nx_ip_driver_ptr; ports[attached].number = attached; attached++;
        break;
    case NX_LINK_INITIALIZE:
        CHECK(nx_ip_interface_mtu_set(request->nx_ip_driver_ptr, port->link->nx_interface_index, 1500));
        CHECK(nx_ip_interface_physical_address_set(request->nx_ip_driver_ptr, port->link->nx_interface_index, 0x0200, 0x5E000000 + (ULONG)port->number, NX_FALSE));
        CHECK(nx_ip_interface_address_mapping_configure(request->nx_ip_driver_ptr, port->link->nx_interface_index, NX_TRUE));
        break;
    case NX_LINK_ENABLE: port->link->nx_interface_link_up = NX_TRUE; break;
    case NX_LINK_DISABLE: port->link->nx_interface_link_up = NX_FALSE; break;
    case NX_LINK_PACKET_SEND: port_transmit(port, request->nx_ip_driver_packet, request->nx_ip_driver_packet->nx_packet_ip_version == 4 ? 0x800 : 0x86DD, request); break;
    case NX_LINK_PACKET_BROADCAST: port_transmit(port, request->nx_ip_driver_packet, 0x800, request); break;
    case NX_LINK_ARP_SEND: case NX_LINK_ARP_RESPONSE_SEND: port_transmit(port, request->nx_ip_driver_packet, 0x806, request); break;
    case NX_LINK_DEFERRED_PROCESSING:
        for (i = 0; i < 4; i++) if (ports[i].ip == request->nx_ip_driver_ptr && ports[i].events) port_deferred(&ports[i]);
        break;
    case NX_LINK_GET_STATUS: *request->nx_ip_driver_return_ptr = port->link->nx_interface_link_up; break;
    case NX_INTERFACE_CAPABILITY_GET: *request->nx_ip_driver_return_ptr = 0; break;
    case NX_INTERFACE_CAPABILITY_SET: break;
    default: request->nx_ip_driver_status = NX_UNHANDLED_COMMAND;
    }
}
static VOID link_changed(NX_IP *ip, UINT interface_index, UINT up) { if (ip == &right && interface_index == 0) link_changes += up ? 100 : 1; }
static VOID entry(ULONG input)
{
    NX_PACKET *response; ULONG value;
    (VOID)input;
    tx_thread_current_extension: TRUE_(tx_thread_identify() == &thread);
    if (asserted) goto tx_thread_current_extension;
    thread.team_context = &ports; thread.team_number = 77;
    CHECK(nx_ip_status_check(&router, NX_IP_LINK_ENABLED, &value, TX_TIMER_TICKS_PER_SECOND));
    CHECK(nx_ip_interface_status_check(&router, 1, NX_IP_INTERFACE_LINK_ENABLED, &value, 100));
    CHECK(nx_icmp_ping(&left, IP_ADDRESS(10, 2, 0, 2), "across", 6, &response, 2 * TX_TIMER_TICKS_PER_SECOND));
    TRUE_(response->nx_packet_length == 6);
    CHECK(nx_packet_release(response));
    TRUE_(router.nx_ip_packets_forwarded == 2);
    TRUE_(ports[1].received >= 2 && ports[3].received >= 2);
    CHECK(nx_ip_link_status_change_notify_set(&right, link_changed));
    ports[3].link->nx_interface_link_up = NX_FALSE;
    _nx_ip_driver_link_status_event(&right, 0);
    tx_thread_sleep(5);
    TRUE_(link_changes == 1);
    TRUE_(nx_icmp_ping(&left, IP_ADDRESS(10, 2, 0, 2), "across", 6, &response, TX_TIMER_TICKS_PER_SECOND) == NX_NO_RESPONSE);
    TRUE_(thread.team_context == &ports && thread.team_number == 77);
    NX_ASSERT(errors == 0)
    TRUE_(tx_time_get() > 1000 && tx_time_get() < 1200);
}
VOID tx_application_define(VOID *memory)
{
    (VOID)memory;
    ports[0].peer = &ports[1]; ports[1].peer = &ports[0]; ports[2].peer = &ports[3]; ports[3].peer = &ports[2];
    nx_system_initialize();
    CHECK(nx_packet_pool_create(&pool, "pool", 1600, pool_area, sizeof pool_area));
    CHECK(nx_ip_create(&left, "left", IP_ADDRESS(10, 1, 0, 1), 0xFFFF0000, &pool, driver, stacks[0], 2048, 1));
    tx_thread_create(&thread, "t", entry, 0, stacks[3], 2048, 40, 40, 0, TX_AUTO_START);
    CHECK(nx_ip_create(&router, "router", IP_ADDRESS(10, 1, 0, 254), 0xFFFF0000, &pool, driver, stacks[1], 2048, 1));
    CHECK(nx_ip_interface_attach(&router, "second", IP_ADDRESS(10, 2, 0, 254), 0xFFFF0000, driver));
    CHECK(nx_ip_create(&right, "right", IP_ADDRESS(10, 2, 0, 2), 0xFFFF0000, &pool, driver, stacks[2], 2048, 1));
    CHECK(nx_arp_enable(&left, arp[0], 1024)); CHECK(nx_arp_enable(&router, arp[1], 1024)); CHECK(nx_arp_enable(&right, arp[2], 1024));
    CHECK(nx_icmp_enable(&left)); CHECK(nx_icmp_enable(&right)); CHECK(nx_icmp_enable(&router));
    CHECK(nx_ip_forwarding_enable(&router));
    CHECK(nx_ip_gateway_address_set(&left, IP_ADDRESS(10, 1, 0, 254)));
    CHECK(nx_ip_static_route_add(&right, IP_ADDRESS(10, 1, 0, 0), 0xFFFF0000, IP_ADDRESS(10, 2, 0, 254)));
}
int main(void) { tx_kernel_enter(); printf("errors %u asserted %d\n", errors, asserted); return errors || asserted; }
