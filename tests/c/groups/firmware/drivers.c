/* Link drivers in C: a wire of its own between two instances, with a queue and an interrupt; one in front of another. */

#include "check.h"

#define ONE IP_ADDRESS(10, 0, 0, 1)
#define TWO IP_ADDRESS(10, 0, 0, 2)
#define ETHERNET 14
#define PORTS 2
#define FRAMES 16
#define FRAME_SIZE 1600

/* -- a wire: what one port sends, the other gets an interrupt for, 300 microseconds later ---------------- */

typedef struct
{
    NX_IP *ip;
    NX_INTERFACE *interface;
    UINT attached;
} PORT;

typedef struct
{
    UCHAR data[FRAME_SIZE];
    ULONG size;
    UINT to;
} FRAME;

static PORT ports[PORTS];
static FRAME frames[FRAMES];
static UINT first_frame, frame_count;
static UINT commands[NX_LINK_USER_COMMAND + 1];
static UINT interrupts, deferred, sent_chains, wrong_state;
static ULONG user_value;
static UINT link_changes, link_now;

static VOID arrive(ULONG input)
{
    interrupts++;
    wrong_state += _tx_thread_system_state != 1;
    /* All else is done by the IP thread, which calls the driver. */
    _nx_ip_driver_deferred_processing(ports[input].ip);
}

static void deliver(PORT *port, const FRAME *frame)
{
    NX_PACKET *packet = NULL;
    UINT type = (UINT)(frame->data[12] << 8 | frame->data[13]);
    if (nx_packet_allocate(port->ip->nx_ip_default_packet_pool, &packet, NX_RECEIVE_PACKET, NX_NO_WAIT) != NX_SUCCESS)
        return;
    packet->nx_packet_prepend_ptr += 2;
    packet->nx_packet_append_ptr = packet->nx_packet_prepend_ptr;
    if (nx_packet_data_append(packet, (VOID *)frame->data, frame->size, port->ip->nx_ip_default_packet_pool,
                              NX_NO_WAIT) != NX_SUCCESS)
    {
        nx_packet_release(packet);
        return;
    }
    packet->nx_packet_prepend_ptr += ETHERNET;
    packet->nx_packet_length -= ETHERNET;
    packet->nx_packet_address.nx_packet_interface_ptr = port->interface;
    if (type == NX_LINK_ETHERNET_IP || type == NX_LINK_ETHERNET_IPV6)
        _nx_ip_packet_deferred_receive(port->ip, packet);
    else if (type == NX_LINK_ETHERNET_ARP)
        _nx_arp_packet_deferred_receive(port->ip, packet);
    else
        nx_packet_release(packet);
}

static void process(UINT index)
{
    UINT left = frame_count, kept = 0;
    deferred++;
    while (left--)
    {
        FRAME *frame = &frames[first_frame];
        first_frame = (first_frame + 1) % FRAMES;
        frame_count--;
        if (frame->to == index)
            deliver(&ports[index], frame);
        else
        {
            frames[(first_frame + frame_count) % FRAMES] = *frame;
            frame_count++;
            kept++;
        }
    }
    CHECK(kept <= FRAMES);
}

static void put_address(UCHAR *at, ULONG msw, ULONG lsw)
{
    at[0] = (UCHAR)(msw >> 8);
    at[1] = (UCHAR)msw;
    at[2] = (UCHAR)(lsw >> 24);
    at[3] = (UCHAR)(lsw >> 16);
    at[4] = (UCHAR)(lsw >> 8);
    at[5] = (UCHAR)lsw;
}

static void send(UINT index, NX_IP_DRIVER *request)
{
    NX_PACKET *packet = request->nx_ip_driver_packet, *part;
    FRAME *frame = &frames[(first_frame + frame_count) % FRAMES];
    UINT type = NX_LINK_ETHERNET_IP;
    CHECK(frame_count < FRAMES);
    if (request->nx_ip_driver_command == NX_LINK_ARP_SEND || request->nx_ip_driver_command == NX_LINK_ARP_RESPONSE_SEND)
        type = NX_LINK_ETHERNET_ARP;
    else if (packet->nx_packet_ip_version == NX_IP_VERSION_V6)
        type = NX_LINK_ETHERNET_IPV6;
    packet->nx_packet_prepend_ptr -= ETHERNET;
    packet->nx_packet_length += ETHERNET;
    put_address(packet->nx_packet_prepend_ptr, request->nx_ip_driver_physical_address_msw,
                request->nx_ip_driver_physical_address_lsw);
    put_address(packet->nx_packet_prepend_ptr + 6, request->nx_ip_driver_interface->nx_interface_physical_address_msw,
                request->nx_ip_driver_interface->nx_interface_physical_address_lsw);
    packet->nx_packet_prepend_ptr[12] = (UCHAR)(type >> 8);
    packet->nx_packet_prepend_ptr[13] = (UCHAR)type;
    frame->size = 0;
    frame->to = 1 - index;
    sent_chains += packet->nx_packet_next != NULL;
    for (part = packet; part; part = part->nx_packet_next)
    {
        ULONG size = (ULONG)(part->nx_packet_append_ptr - part->nx_packet_prepend_ptr);
        memcpy(frame->data + frame->size, part->nx_packet_prepend_ptr, size);
        frame->size += size;
    }
    EQUAL(frame->size, packet->nx_packet_length);
    frame_count++;
    packet->nx_packet_prepend_ptr += ETHERNET;
    packet->nx_packet_length -= ETHERNET;
    DONE(nx_packet_transmit_release(packet));
    netx_after_us(300, arrive, 1 - index);
}

static UINT port_of(NX_IP_DRIVER *request)
{
    UINT index;
    for (index = 0; index < PORTS && ports[index].interface != request->nx_ip_driver_interface; index++)
        ;
    return index;
}

static void initialize(UINT index, NX_IP_DRIVER *request)
{
    NX_INTERFACE *link = request->nx_ip_driver_interface;
    DONE(nx_ip_interface_mtu_set(request->nx_ip_driver_ptr, link->nx_interface_index, 1400));
    DONE(nx_ip_interface_physical_address_set(request->nx_ip_driver_ptr, link->nx_interface_index, 0x0200,
                                              0x10 + index, NX_FALSE));
    DONE(nx_ip_interface_address_mapping_configure(request->nx_ip_driver_ptr, link->nx_interface_index, NX_TRUE));
    /* By hand, as many drivers do it. */
    link->nx_interface_ip_mtu_size = 1300;
    link->nx_interface_additional_link_info = &ports[index];
}

static VOID wire(NX_IP_DRIVER *request)
{
    UINT index, command = request->nx_ip_driver_command;
    if (command <= NX_LINK_USER_COMMAND)
        commands[command]++;
    request->nx_ip_driver_status = NX_SUCCESS;
    if (command == NX_LINK_INTERFACE_ATTACH)
    {
        for (index = 0; index < PORTS - 1 && ports[index].attached; index++)
            ;
        ports[index].ip = request->nx_ip_driver_ptr;
        ports[index].interface = request->nx_ip_driver_interface;
        ports[index].attached = 1;
        return;
    }
    index = port_of(request);
    CHECK(index < PORTS);
    SAME(request->nx_ip_driver_ptr, ports[index].ip);
    switch (command)
    {
    case NX_LINK_INITIALIZE:
        initialize(index, request);
        break;
    case NX_LINK_ENABLE:
    case NX_LINK_DISABLE:
        request->nx_ip_driver_interface->nx_interface_link_up = command == NX_LINK_ENABLE;
        break;
    case NX_LINK_PACKET_SEND:
    case NX_LINK_PACKET_BROADCAST:
    case NX_LINK_ARP_SEND:
    case NX_LINK_ARP_RESPONSE_SEND:
        send(index, request);
        break;
    case NX_LINK_GET_STATUS:
        *request->nx_ip_driver_return_ptr = request->nx_ip_driver_interface->nx_interface_link_up;
        break;
    case NX_LINK_GET_SPEED:
        *request->nx_ip_driver_return_ptr = 100;
        break;
    case NX_LINK_GET_DUPLEX_TYPE:
    case NX_LINK_GET_ERROR_COUNT:
    case NX_LINK_GET_RX_COUNT:
    case NX_LINK_GET_TX_COUNT:
    case NX_LINK_GET_ALLOC_ERRORS:
    case NX_LINK_GET_INTERFACE_TYPE:
        *request->nx_ip_driver_return_ptr = command;
        break;
    case NX_LINK_DEFERRED_PROCESSING:
        process(index);
        break;
    case NX_LINK_SET_PHYSICAL_ADDRESS:
        request->nx_ip_driver_interface->nx_interface_physical_address_msw = request->nx_ip_driver_physical_address_msw;
        request->nx_ip_driver_interface->nx_interface_physical_address_lsw = request->nx_ip_driver_physical_address_lsw;
        break;
    case NX_LINK_MULTICAST_JOIN:
    case NX_LINK_MULTICAST_LEAVE:
    case NX_LINK_RX_ENABLE:
    case NX_LINK_RX_DISABLE:
    case NX_LINK_UNINITIALIZE:
    case NX_LINK_INTERFACE_DETACH:
        break;
    case NX_LINK_USER_COMMAND:
        user_value = *request->nx_ip_driver_return_ptr;
        *request->nx_ip_driver_return_ptr = 4711;
        break;
    default:
        request->nx_ip_driver_status = NX_UNHANDLED_COMMAND;
    }
}

/* -- in front of another driver --------------------------------------------------------------------------- */

static UINT passed[NX_LINK_USER_COMMAND + 1];
static UINT drop_next;

static VOID in_front(NX_IP_DRIVER *request)
{
    if (request->nx_ip_driver_command <= NX_LINK_USER_COMMAND)
        passed[request->nx_ip_driver_command]++;
    if (request->nx_ip_driver_command == NX_LINK_PACKET_SEND && drop_next)
    {
        drop_next--;
        request->nx_ip_driver_status = NX_SUCCESS;
        DONE(nx_packet_transmit_release(request->nx_ip_driver_packet));
        return;
    }
    _nx_ram_network_driver(request);
    if (request->nx_ip_driver_command == NX_LINK_INITIALIZE)
    {
        EQUAL(request->nx_ip_driver_interface->nx_interface_ip_mtu_size, 1500);
        request->nx_ip_driver_interface->nx_interface_ip_mtu_size = 800;
    }
}

/* -- the tests -------------------------------------------------------------------------------------------- */

static TASK boss;
static NODE one, two, three, four;
static UCHAR pattern[1200], buffer[1300];

static VOID link_changed(NX_IP *ip, UINT index, UINT up)
{
    SAME(ip, &one.ip);
    EQUAL(index, 0);
    link_changes++;
    link_now = up;
}

static void echo(NODE *from, ULONG to, ULONG size, UINT expected)
{
    NX_PACKET *response = NULL;
    ULONG copied = 0;
    EQUAL(nx_icmp_ping(&from->ip, to, (CHAR *)pattern, size, &response, 20), expected);
    if (expected != NX_SUCCESS)
        return;
    EQUAL(response->nx_packet_length, size);
    DONE(nx_packet_data_retrieve(response, buffer, &copied));
    EQUAL(memcmp(buffer, pattern, size), 0);
    DONE(nx_packet_release(response));
}

static void initialized(void)
{
    NX_INTERFACE *link = &two.ip.nx_ip_interface[0];
    EQUAL(commands[NX_LINK_INTERFACE_ATTACH], 2);
    EQUAL(commands[NX_LINK_INITIALIZE], 2);
    EQUAL(commands[NX_LINK_ENABLE], 2);
    EQUAL(link->nx_interface_ip_mtu_size, 1300);
    EQUAL(link->nx_interface_physical_address_msw, 0x0200);
    EQUAL(link->nx_interface_physical_address_lsw, 0x11);
    EQUAL(link->nx_interface_address_mapping_needed, NX_TRUE);
    SAME(link->nx_interface_additional_link_info, &ports[1]);
    CHECK(link->nx_interface_link_driver_entry == wire);
    SAME(ports[1].interface, link);
    SAME(ports[1].ip, &two.ip);
}

static void direct_commands(void)
{
    static const UINT asked[] = {NX_LINK_GET_DUPLEX_TYPE, NX_LINK_GET_ERROR_COUNT, NX_LINK_GET_RX_COUNT,
                                 NX_LINK_GET_TX_COUNT, NX_LINK_GET_ALLOC_ERRORS, NX_LINK_GET_INTERFACE_TYPE};
    ULONG value = 0;
    UINT at;
    for (at = 0; at < sizeof asked / sizeof *asked; at++)
    {
        DONE(nx_ip_driver_direct_command(&one.ip, asked[at], &value));
        EQUAL(value, asked[at]);
    }
    DONE(nx_ip_driver_direct_command(&one.ip, NX_LINK_GET_SPEED, &value));
    EQUAL(value, 100);
    value = 1234;
    DONE(nx_ip_driver_direct_command(&one.ip, NX_LINK_USER_COMMAND, &value));
    EQUAL(user_value, 1234);
    EQUAL(value, 4711);
    EQUAL(nx_ip_driver_direct_command(&one.ip, NX_LINK_RARP_SEND, &value), NX_UNHANDLED_COMMAND);
    DONE(nx_ip_interface_physical_address_set(&one.ip, 0, 0x0200, 0x77, NX_TRUE));
    EQUAL(commands[NX_LINK_SET_PHYSICAL_ADDRESS], 1);
    EQUAL(one.ip.nx_ip_interface[0].nx_interface_physical_address_lsw, 0x77);
    DONE(nx_igmp_enable(&one.ip));
    DONE(nx_igmp_multicast_join(&one.ip, IP_ADDRESS(224, 0, 0, 9)));
    CHECK(commands[NX_LINK_MULTICAST_JOIN] >= 1);
    DONE(nx_igmp_multicast_leave(&one.ip, IP_ADDRESS(224, 0, 0, 9)));
    EQUAL(commands[NX_LINK_MULTICAST_LEAVE], 1);
}

static void link_goes_down(void)
{
    DONE(nx_ip_link_status_change_notify_set(&one.ip, link_changed));
    one.ip.nx_ip_interface[0].nx_interface_link_up = NX_FALSE;
    _nx_ip_driver_link_status_event(&one.ip, 0);
    tx_thread_sleep(2);
    EQUAL(link_changes, 1);
    EQUAL(link_now, NX_FALSE);
    CHECK(commands[NX_LINK_GET_STATUS] >= 1);
    one.ip.nx_ip_interface[0].nx_interface_link_up = NX_TRUE;
    _nx_ip_driver_link_status_event(&one.ip, 0);
    tx_thread_sleep(2);
    EQUAL(link_changes, 2);
    EQUAL(link_now, NX_TRUE);
}

static void own_wire(void)
{
    UINT before = interrupts;
    node_wait(&one);
    node_wait(&two);
    initialized();
    echo(&one, TWO, 32, NX_SUCCESS);
    CHECK(interrupts >= before + 3);
    EQUAL(wrong_state, 0);
    EQUAL(commands[NX_LINK_ARP_SEND], 1);
    EQUAL(commands[NX_LINK_ARP_RESPONSE_SEND], 1);
    EQUAL(commands[NX_LINK_PACKET_SEND], 2);
    EQUAL(commands[NX_LINK_DEFERRED_PROCESSING], deferred);
    echo(&two, ONE, 1200, NX_SUCCESS);
    direct_commands();
    link_goes_down();
    EQUAL(sent_chains, 0);
    node_delete(&one);
    node_delete(&two);
}

static void wrapped(void)
{
    node_create(&three, "three", ONE, in_front);
    node_create(&four, "four", TWO, _nx_ram_network_driver);
    node_wait(&three);
    node_wait(&four);
    EQUAL(three.ip.nx_ip_interface[0].nx_interface_ip_mtu_size, 800);
    EQUAL(four.ip.nx_ip_interface[0].nx_interface_ip_mtu_size, 1500);
    EQUAL(passed[NX_LINK_INTERFACE_ATTACH], 1);
    echo(&three, TWO, 100, NX_SUCCESS);
    EQUAL(passed[NX_LINK_ARP_SEND], 1);
    EQUAL(passed[NX_LINK_PACKET_SEND], 1);
    drop_next = 1;
    echo(&three, TWO, 100, NX_NO_RESPONSE);
    EQUAL(passed[NX_LINK_PACKET_SEND], 2);
    echo(&three, TWO, 100, NX_SUCCESS);
    echo(&four, ONE, 100, NX_SUCCESS);
    EQUAL(passed[NX_LINK_PACKET_SEND], 4);
    node_delete(&three);
    node_delete(&four);
}

static VOID boss_entry(ULONG input)
{
    (void)input;
    own_wire();
    wrapped();
}

GROUP(drivers)
{
    UINT at;
    for (at = 0; at < sizeof pattern; at++)
        pattern[at] = (UCHAR)(at * 5);
    nx_system_initialize();
    node_create(&one, "one", ONE, wire);
    node_create(&two, "two", TWO, wire);
    task_start(&boss, "boss", boss_entry, 0, 10);
}
