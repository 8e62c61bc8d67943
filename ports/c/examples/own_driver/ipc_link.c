/* The driver of the link between two cores, as it is shipped on the device. */

#include "ipc_link.h"

#define ETHERNET_HEADER 14
#define ETHERTYPE_IP 0x0800
#define ETHERTYPE_ARP 0x0806
#define ETHERTYPE_IPV6 0x86DD
#define ADDRESS_MSW 0x0000020A
#define ADDRESS_LSW 0x0B0C0D00 /* and the core's number */

static struct ipc_ring rings[2]; /* by the core that reads */
struct ipc_counters ipc_counters[2];
static NX_IP *instances[2];
static NX_INTERFACE *interfaces[2];

static VOID address_put(UCHAR *place, ULONG msw, ULONG lsw)
{
    place[0] = (UCHAR)(msw >> 8);
    place[1] = (UCHAR)msw;
    place[2] = (UCHAR)(lsw >> 24);
    place[3] = (UCHAR)(lsw >> 16);
    place[4] = (UCHAR)(lsw >> 8);
    place[5] = (UCHAR)lsw;
}

static VOID header_put(UINT core, UCHAR *frame, NX_IP_DRIVER *request)
{
    UINT type = ETHERTYPE_IP;

    if (request->nx_ip_driver_command == NX_LINK_ARP_SEND || request->nx_ip_driver_command == NX_LINK_ARP_RESPONSE_SEND)
        type = ETHERTYPE_ARP;
    else if (request->nx_ip_driver_packet->nx_packet_ip_version == NX_IP_VERSION_V6)
        type = ETHERTYPE_IPV6;
    address_put(frame, request->nx_ip_driver_physical_address_msw, request->nx_ip_driver_physical_address_lsw);
    address_put(frame + 6, ADDRESS_MSW, ADDRESS_LSW + core);
    frame[12] = (UCHAR)(type >> 8);
    frame[13] = (UCHAR)type;
}

/* Copy the packet's chain into the other core's ring and ring its doorbell. */
static VOID frame_send(UINT core, NX_IP_DRIVER *request)
{
    struct ipc_ring *ring = &rings[1 - core];
    NX_PACKET *packet = request->nx_ip_driver_packet;
    NX_PACKET *part;
    UINT length = ETHERNET_HEADER;
    UINT slot = ring->head % IPC_SLOTS;

    if (ring->head - ring->tail == IPC_SLOTS) {
        ipc_counters[core].ring_full++;
    } else {
        header_put(core, ring->slot[slot].data, request);
        for (part = packet; part; part = part->nx_packet_next) {
            UINT size = (UINT)(part->nx_packet_append_ptr - part->nx_packet_prepend_ptr);
            memcpy(ring->slot[slot].data + length, part->nx_packet_prepend_ptr, size);
            length += size;
        }
        ring->slot[slot].length = length;
        ring->head++;
        ipc_counters[core].sent++;
        ipc_doorbell(1 - core);
    }
    nx_packet_transmit_release(packet);
}

/* Take one frame into a packet of the instance's pool, so that its IP header lies on a word. */
static VOID frame_receive(UINT core, const UCHAR *data, UINT length)
{
    NX_IP *ip = instances[core];
    NX_PACKET *packet;
    UINT type = (UINT)(data[12] << 8) | data[13];

    if (!ip || !interfaces[core]->nx_interface_link_up) {
        ipc_counters[core].unwanted++;
        return;
    }
    if (nx_packet_allocate(ip->nx_ip_default_packet_pool, &packet, NX_RECEIVE_PACKET, NX_NO_WAIT) != NX_SUCCESS) {
        ipc_counters[core].no_packet++;
        return;
    }
    packet->nx_packet_prepend_ptr += 2;
    packet->nx_packet_append_ptr = packet->nx_packet_prepend_ptr;
    if (nx_packet_data_append(packet, (VOID *)data, length, ip->nx_ip_default_packet_pool, NX_NO_WAIT) != NX_SUCCESS) {
        ipc_counters[core].no_packet++;
        nx_packet_release(packet);
        return;
    }
    packet->nx_packet_address.nx_packet_interface_ptr = interfaces[core];
    packet->nx_packet_prepend_ptr += ETHERNET_HEADER;
    packet->nx_packet_length -= ETHERNET_HEADER;
    if (type == ETHERTYPE_IP || type == ETHERTYPE_IPV6) {
        ipc_counters[core].received++;
        _nx_ip_packet_deferred_receive(ip, packet);
    } else if (type == ETHERTYPE_ARP) {
        ipc_counters[core].received++;
        _nx_arp_packet_deferred_receive(ip, packet);
    } else {
        ipc_counters[core].unwanted++;
        nx_packet_release(packet);
    }
}

VOID ipc_interrupt(UINT core)
{
    struct ipc_ring *ring = &rings[core];

    while (ring->tail != ring->head) {
        UINT slot = ring->tail % IPC_SLOTS;
        frame_receive(core, ring->slot[slot].data, ring->slot[slot].length);
        ring->tail++;
    }
}

static VOID interface_initialize(UINT core, NX_INTERFACE *interface_ptr)
{
    interface_ptr->nx_interface_ip_mtu_size = IPC_MTU;
    interface_ptr->nx_interface_physical_address_msw = ADDRESS_MSW;
    interface_ptr->nx_interface_physical_address_lsw = ADDRESS_LSW + core;
    interface_ptr->nx_interface_address_mapping_needed = NX_TRUE;
}

static VOID ipc_driver(UINT core, NX_IP_DRIVER *request)
{
    NX_INTERFACE *interface_ptr = request->nx_ip_driver_interface;

    request->nx_ip_driver_status = NX_SUCCESS;
    switch (request->nx_ip_driver_command) {
    case NX_LINK_INTERFACE_ATTACH:
        instances[core] = request->nx_ip_driver_ptr;
        interfaces[core] = interface_ptr;
        break;
    case NX_LINK_INITIALIZE:
        interface_initialize(core, interface_ptr);
        break;
    case NX_LINK_ENABLE:
        interface_ptr->nx_interface_link_up = NX_TRUE;
        break;
    case NX_LINK_DISABLE:
        interface_ptr->nx_interface_link_up = NX_FALSE;
        break;
    case NX_LINK_UNINITIALIZE:
        interface_ptr->nx_interface_link_up = NX_FALSE;
        instances[core] = NX_NULL;
        break;
    case NX_LINK_PACKET_SEND:
    case NX_LINK_PACKET_BROADCAST:
    case NX_LINK_ARP_SEND:
    case NX_LINK_ARP_RESPONSE_SEND:
    case NX_LINK_RARP_SEND:
        frame_send(core, request);
        break;
    case NX_LINK_GET_STATUS:
        *request->nx_ip_driver_return_ptr = interface_ptr->nx_interface_link_up;
        break;
    case NX_LINK_GET_RX_COUNT:
        *request->nx_ip_driver_return_ptr = ipc_counters[core].received;
        break;
    case NX_LINK_GET_TX_COUNT:
        *request->nx_ip_driver_return_ptr = ipc_counters[core].sent;
        break;
    case NX_LINK_GET_ALLOC_ERRORS:
        *request->nx_ip_driver_return_ptr = ipc_counters[core].no_packet;
        break;
    default:
        request->nx_ip_driver_status = NX_UNHANDLED_COMMAND;
        break;
    }
}

VOID ipc_driver_core0(NX_IP_DRIVER *request)
{
    ipc_driver(0, request);
}

VOID ipc_driver_core1(NX_IP_DRIVER *request)
{
    ipc_driver(1, request);
}
