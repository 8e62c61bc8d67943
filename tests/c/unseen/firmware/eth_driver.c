/* A driver of our own: Ethernet frames through word pointers, a cable between two instances, a receive in another
   thread's time, statistics by direct command. */

#include "nx_api.h"

#define NX_ETHERNET_IP   0x0800
#define NX_ETHERNET_ARP  0x0806
#define NX_ETHERNET_RARP 0x8035
#define NX_ETHERNET_IPV6 0x86DD
#define NX_ETHERNET_SIZE 14
#define NX_LINK_MTU      1514

typedef struct MAC_ADDRESS_STRUCT { ULONG nx_mac_address_msw; ULONG nx_mac_address_lsw; } MAC_ADDRESS;
typedef struct _nx_cable_instance_type
{
    UINT nx_cable_initialized;
    NX_INTERFACE *nx_cable_interface_ptr;
    NX_IP *nx_cable_ip_ptr;
    MAC_ADDRESS nx_cable_mac_address;
    ULONG tx, rx;
} CABLE_INSTANCE;

static CABLE_INSTANCE cable[2];
static ULONG simulated_address_lsw = 0x22334456;
void cable_driver(NX_IP_DRIVER *driver_req_ptr);

static VOID cable_receive(NX_IP *ip_ptr, NX_PACKET *packet_ptr, UINT i)
{
UINT packet_type;

    packet_type = (((UINT) (*(packet_ptr -> nx_packet_prepend_ptr + 12))) << 8) |
                   ((UINT) (*(packet_ptr -> nx_packet_prepend_ptr + 13)));
    packet_ptr -> nx_packet_ip_interface = cable[i].nx_cable_interface_ptr;
    cable[i].rx++;
    if ((packet_type == NX_ETHERNET_IP) || (packet_type == NX_ETHERNET_IPV6))
    {
        packet_ptr -> nx_packet_prepend_ptr = packet_ptr -> nx_packet_prepend_ptr + NX_ETHERNET_SIZE;
        packet_ptr -> nx_packet_length = packet_ptr -> nx_packet_length - NX_ETHERNET_SIZE;
        _nx_ip_packet_deferred_receive(ip_ptr, packet_ptr);
    }
    else if (packet_type == NX_ETHERNET_ARP)
    {
        packet_ptr -> nx_packet_prepend_ptr = packet_ptr -> nx_packet_prepend_ptr + NX_ETHERNET_SIZE;
        packet_ptr -> nx_packet_length = packet_ptr -> nx_packet_length - NX_ETHERNET_SIZE;
        _nx_arp_packet_deferred_receive(ip_ptr, packet_ptr);
    }
    else if (packet_type == NX_ETHERNET_RARP)
    {
        packet_ptr -> nx_packet_prepend_ptr = packet_ptr -> nx_packet_prepend_ptr + NX_ETHERNET_SIZE;
        packet_ptr -> nx_packet_length = packet_ptr -> nx_packet_length - NX_ETHERNET_SIZE;
        _nx_rarp_packet_deferred_receive(ip_ptr, packet_ptr);
    }
    else
        nx_packet_release(packet_ptr);
}

static VOID cable_output(NX_PACKET *packet_ptr, UINT from)
{
UINT old_threshold = 0;
NX_PACKET *packet_copy;
UINT to = 1 - from;

    /* Keep other threads off. */
    tx_thread_preemption_change(tx_thread_identify(), 0, &old_threshold);
    cable[from].tx++;
    if (cable[to].nx_cable_initialized &&
        nx_packet_copy(packet_ptr, &packet_copy, cable[to].nx_cable_ip_ptr -> nx_ip_default_packet_pool, NX_NO_WAIT) == NX_SUCCESS)
        cable_receive(cable[to].nx_cable_ip_ptr, packet_copy, to);
    packet_ptr -> nx_packet_prepend_ptr = packet_ptr -> nx_packet_prepend_ptr + NX_ETHERNET_SIZE;
    packet_ptr -> nx_packet_length = packet_ptr -> nx_packet_length - NX_ETHERNET_SIZE;
    nx_packet_transmit_release(packet_ptr);
    tx_thread_preemption_change(tx_thread_identify(), old_threshold, &old_threshold);
}

void cable_driver(NX_IP_DRIVER *driver_req_ptr)
{
UINT i = 0;
NX_IP *ip_ptr = driver_req_ptr -> nx_ip_driver_ptr;
NX_PACKET *packet_ptr;
ULONG *ethernet_frame_ptr;
NX_INTERFACE *interface_ptr = driver_req_ptr -> nx_ip_driver_interface;

    driver_req_ptr -> nx_ip_driver_status = NX_SUCCESS;
    if (driver_req_ptr -> nx_ip_driver_command != NX_LINK_INTERFACE_ATTACH)
        i = (UINT)(((ULONG *) interface_ptr -> nx_interface_additional_link_info)[0]);
    switch (driver_req_ptr -> nx_ip_driver_command)
    {
    case NX_LINK_INTERFACE_ATTACH:
    {
        static ULONG numbers[2] = { 0, 1 };
        for (i = 0; cable[i].nx_cable_interface_ptr; i++)
            ;
        interface_ptr -> nx_interface_additional_link_info = &numbers[i];
        cable[i].nx_cable_interface_ptr = interface_ptr;
        cable[i].nx_cable_ip_ptr = ip_ptr;
        cable[i].nx_cable_mac_address.nx_mac_address_msw = 0x0011;
        cable[i].nx_cable_mac_address.nx_mac_address_lsw = simulated_address_lsw++;
        break;
    }
    case NX_LINK_INITIALIZE:
        cable[i].nx_cable_initialized = NX_TRUE;
#ifdef __PRODUCT_NETXDUO__
        nx_ip_interface_mtu_set(ip_ptr, interface_ptr -> nx_interface_index, NX_LINK_MTU - NX_ETHERNET_SIZE);
        nx_ip_interface_physical_address_set(ip_ptr, interface_ptr -> nx_interface_index,
            cable[i].nx_cable_mac_address.nx_mac_address_msw, cable[i].nx_cable_mac_address.nx_mac_address_lsw, NX_FALSE);
        nx_ip_interface_address_mapping_configure(ip_ptr, interface_ptr -> nx_interface_index, NX_TRUE);
#else
        interface_ptr -> nx_interface_ip_mtu_size = NX_LINK_MTU - NX_ETHERNET_SIZE;
#endif
        break;
    case NX_LINK_UNINITIALIZE:
        cable[i].nx_cable_initialized = NX_FALSE;
        break;
    case NX_LINK_ENABLE:
        interface_ptr -> nx_interface_link_up = NX_TRUE;
        break;
    case NX_LINK_DISABLE:
        interface_ptr -> nx_interface_link_up = NX_FALSE;
        break;
    case NX_LINK_PACKET_SEND:
    case NX_LINK_PACKET_BROADCAST:
    case NX_LINK_ARP_SEND:
    case NX_LINK_ARP_RESPONSE_SEND:
    case NX_LINK_RARP_SEND:
        packet_ptr = driver_req_ptr -> nx_ip_driver_packet;
        packet_ptr -> nx_packet_prepend_ptr = packet_ptr -> nx_packet_prepend_ptr - NX_ETHERNET_SIZE;
        packet_ptr -> nx_packet_length = packet_ptr -> nx_packet_length + NX_ETHERNET_SIZE;
        ethernet_frame_ptr = (ULONG *) (packet_ptr -> nx_packet_prepend_ptr - 2);
        *ethernet_frame_ptr = driver_req_ptr -> nx_ip_driver_physical_address_msw;
        *(ethernet_frame_ptr + 1) = driver_req_ptr -> nx_ip_driver_physical_address_lsw;
        *(ethernet_frame_ptr + 2) = (interface_ptr -> nx_interface_physical_address_msw << 16) |
                                    (interface_ptr -> nx_interface_physical_address_lsw >> 16);
        *(ethernet_frame_ptr + 3) = (interface_ptr -> nx_interface_physical_address_lsw << 16);
        if (driver_req_ptr -> nx_ip_driver_command == NX_LINK_ARP_SEND ||
            driver_req_ptr -> nx_ip_driver_command == NX_LINK_ARP_RESPONSE_SEND)
            *(ethernet_frame_ptr + 3) |= NX_ETHERNET_ARP;
        else if (driver_req_ptr -> nx_ip_driver_command == NX_LINK_RARP_SEND)
            *(ethernet_frame_ptr + 3) |= NX_ETHERNET_RARP;
        else if (packet_ptr -> nx_packet_ip_version == 4)
            *(ethernet_frame_ptr + 3) |= NX_ETHERNET_IP;
        else
            *(ethernet_frame_ptr + 3) |= NX_ETHERNET_IPV6;
        NX_CHANGE_ULONG_ENDIAN(*(ethernet_frame_ptr));
        NX_CHANGE_ULONG_ENDIAN(*(ethernet_frame_ptr + 1));
        NX_CHANGE_ULONG_ENDIAN(*(ethernet_frame_ptr + 2));
        NX_CHANGE_ULONG_ENDIAN(*(ethernet_frame_ptr + 3));
        cable_output(packet_ptr, i);
        break;
    case NX_LINK_MULTICAST_JOIN:
    case NX_LINK_MULTICAST_LEAVE:
        break;
    case NX_LINK_GET_STATUS:
        *(driver_req_ptr -> nx_ip_driver_return_ptr) = cable[i].nx_cable_interface_ptr -> nx_interface_link_up;
        break;
    case NX_LINK_GET_SPEED:
    case NX_LINK_GET_DUPLEX_TYPE:
    case NX_LINK_GET_ERROR_COUNT:
    case NX_LINK_GET_ALLOC_ERRORS:
        *(driver_req_ptr -> nx_ip_driver_return_ptr) = 0;
        break;
    case NX_LINK_GET_RX_COUNT:
        *(driver_req_ptr -> nx_ip_driver_return_ptr) = cable[i].rx;
        break;
    case NX_LINK_GET_TX_COUNT:
        *(driver_req_ptr -> nx_ip_driver_return_ptr) = cable[i].tx;
        break;
    default:
        driver_req_ptr -> nx_ip_driver_status = NX_UNHANDLED_COMMAND;
    }
}

static NX_PACKET_POOL pool;
static NX_IP ip[2];
static TX_THREAD thread;
static ULONG pool_memory[10000], stack_memory[3][1024], arp_memory[2][256];
static UINT failures;
#define EXPECT(c) do { if (!(c)) { failures++; printf("line %d: %s\n", __LINE__, #c); } } while (0)

static void pinger(ULONG input)
{
NX_PACKET *response;
ULONG value, msw, lsw, address, mask, mtu;
CHAR *name;

    EXPECT(nx_ip_interface_status_check(&ip[0], 0, NX_IP_LINK_ENABLED, &value, 100) == NX_SUCCESS);
    EXPECT(nx_icmp_ping(&ip[0], IP_ADDRESS(10,1,1,2), "abcdefgh", 8, &response, 100) == NX_SUCCESS);
    EXPECT(response -> nx_packet_length == 8 && !memcmp(response -> nx_packet_prepend_ptr, "abcdefgh", 8));
    nx_packet_release(response);
    EXPECT(nx_ip_driver_direct_command(&ip[0], NX_LINK_GET_TX_COUNT, &value) == NX_SUCCESS && value == 2);
    EXPECT(nx_ip_driver_direct_command(&ip[1], NX_LINK_GET_RX_COUNT, &value) == NX_SUCCESS && value == 2);
    EXPECT(nx_ip_driver_interface_direct_command(&ip[0], NX_LINK_GET_STATUS, 0, &value) == NX_SUCCESS && value == 1);
    EXPECT(nx_ip_driver_direct_command(&ip[0], NX_LINK_USER_COMMAND + 3, &value) == NX_UNHANDLED_COMMAND);
    EXPECT(nx_arp_hardware_address_find(&ip[0], IP_ADDRESS(10,1,1,2), &msw, &lsw) == NX_SUCCESS);
    EXPECT(msw == 0x11 && lsw == 0x22334457);
    EXPECT(nx_ip_interface_info_get(&ip[0], 0, &name, &address, &mask, &mtu, &msw, &lsw) == NX_SUCCESS);
    EXPECT(mtu == 1500 && lsw == 0x22334456 && address == IP_ADDRESS(10,1,1,1) && mask == 0xFFFF0000);
    EXPECT(nx_ip_driver_direct_command(&ip[1], NX_LINK_DISABLE, &value) == NX_SUCCESS);
    EXPECT(nx_ip_driver_direct_command(&ip[1], NX_LINK_GET_STATUS, &value) == NX_SUCCESS && value == 0);
    EXPECT(nx_icmp_ping(&ip[0], IP_ADDRESS(10,1,1,2), "x", 1, &response, 50) == NX_NO_RESPONSE);
    tx_thread_sleep(input);
}

VOID tx_application_define(VOID *unused)
{
UINT i, status;

    nx_system_initialize();
    status = nx_packet_pool_create(&pool, "pool", 1536, pool_memory, sizeof(pool_memory));
    for (i = 0; i < 2; i++)
    {
        status += nx_ip_create(&ip[i], i ? "b" : "a", IP_ADDRESS(10,1,1,1 + i), 0xFFFF0000, &pool, cable_driver, stack_memory[i], 4096, 1);
        status += nx_arp_enable(&ip[i], arp_memory[i], 1024);
        status += nx_icmp_enable(&ip[i]);
    }
    status += tx_thread_create(&thread, "pinger", pinger, 10, stack_memory[2], 4096, 5, 5, 0, TX_AUTO_START);
    if (status) failures++;
    (VOID) unused;
}

int main(void) { tx_kernel_enter(); return failures != 0; }
