/* NetX Duo services, constants and control blocks, for firmware compiled for the host. */

#ifndef NX_API_H
#define NX_API_H

#include "tx_api.h"
#include "nx_port.h"

#define __PRODUCT_NETXDUO__
#ifndef NX_DISABLE_IPV6
#define FEATURE_NX_IPV6
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* Version. */
//@ constants NETXDUO_MAJOR_VERSION..NETXDUO_PATCH_VERSION

/* Common values. */
//@ constants NX_MAX_STRING_LENGTH..NX_PACKET_ALIGNMENT
//@ constants NX_NO_WAIT..NX_IPV6_HOST_ID_LENGTH
//@ constants NX_INTERFACE_TYPE_UNKNOWN..NX_VLAN_PRIORITY_MAX

/* Statuses. */
//@ constants NX_SUCCESS..NX_TCPIP_OFFLOAD_ERROR hex

/* Interfaces and addresses of an instance; the loopback interface is not counted in the first two. */
//@ constants NX_MAX_PHYSICAL_INTERFACES..NX_MAX_IPV6_ADDRESSES
#ifdef NX_DISABLE_LOOPBACK_INTERFACE
#define NX_LOOPBACK_IPV6_ENABLED                0
#define NX_MAX_IP_INTERFACES                    NX_MAX_PHYSICAL_INTERFACES
#else
#define NX_LOOPBACK_IPV6_ENABLED                1
#define NX_MAX_IP_INTERFACES                    (NX_MAX_PHYSICAL_INTERFACES + 1)
#endif
#define NX_LOOPBACK_INTERFACE                   NX_MAX_PHYSICAL_INTERFACES
#define NX_LOOPBACK_IPV6_SOURCE_INDEX           NX_MAX_IPV6_ADDRESSES

/* Packets.  The room for headers in front of what is sent, by kind of packet: */
#define NX_IPv4_PACKET                          (NX_PHYSICAL_HEADER + 20)
#define NX_IPv4_TCP_PACKET                      (NX_IPv4_PACKET + 20)
#define NX_IPv4_UDP_PACKET                      (NX_IPv4_PACKET + 8)
#define NX_IPv4_ICMP_PACKET                     NX_IPv4_PACKET
#define NX_IPv4_IGMP_PACKET                     NX_IPv4_PACKET
#define NX_IPv6_PACKET                          (NX_PHYSICAL_HEADER + 40)
#define NX_IPv6_TCP_PACKET                      (NX_IPv6_PACKET + 20)
#define NX_IPv6_UDP_PACKET                      (NX_IPv6_PACKET + 8)
#define NX_IPv6_ICMP_PACKET                     NX_IPv6_PACKET
#define NX_RECEIVE_PACKET                       0
#ifdef NX_DISABLE_IPV6
#define NX_IP_PACKET                            NX_IPv4_PACKET
#define NX_TCP_PACKET                           NX_IPv4_TCP_PACKET
#define NX_UDP_PACKET                           NX_IPv4_UDP_PACKET
#define NX_ICMP_PACKET                          NX_IPv4_ICMP_PACKET
#else
#define NX_IP_PACKET                            NX_IPv6_PACKET
#define NX_TCP_PACKET                           NX_IPv6_TCP_PACKET
#define NX_UDP_PACKET                           NX_IPv6_UDP_PACKET
#define NX_ICMP_PACKET                          NX_IPv6_ICMP_PACKET
#endif
#define NX_IGMP_PACKET                          NX_IPv4_IGMP_PACKET
//@ constants NX_PACKET_POOL_ID..NX_PACKET_POOL_ID

/* States of a packet, which it holds in place of a pointer: these have a pointer's size. */
#define NX_PACKET_FREE                          0xFFFFFFFFUL
#define NX_PACKET_ALLOCATED                     0xAAAAAAAAUL
#define NX_PACKET_ENQUEUED                      0xEEEEEEEEUL
#define NX_DRIVER_TX_DONE                       0xDDDDDDDDUL
#define NX_PACKET_READY                         0xBBBBBBBBUL

/* Where a packet waits, as the debug information of a packet names it. */
//@ constants NX_PACKET_ARP_WAITING_QUEUE..NX_PACKET_IP_FRAGMENT_QUEUE

/* Drivers: what they are asked for, and what they can compute for the stack. */
//@ constants NX_LINK_PACKET_SEND..NX_TCPIP_OFFLOAD_UDP_SOCKET_SEND
//@ constants NX_INTERFACE_CAPABILITY_IPV4_TX_CHECKSUM..NX_INTERFACE_CAPABILITY_CHECKSUM_ALL hex
//@ constants NX_LINK_PACKET_TYPE_ALL..NX_LINK_VLAN_PCP_SHIFT hex

/* ARP and RARP. */
//@ constants NX_ARP_UPDATE_RATE..NX_ARP_MAX_QUEUE_DEPTH
//@ constants NX_ARP_TABLE_SIZE..NX_ARP_TABLE_MASK
//@ constants NX_ARP_HARDWARE_TYPE..NX_ARP_DEFEND_INTERVAL
//@ constants NX_RARP_HARDWARE_TYPE..NX_RARP_MESSAGE_SIZE

/* IP. */
//@ constants NX_IP_ID..NX_IP_STATUS_CHECK_WAIT_TIME
//@ constants NX_IP_INITIALIZE_DONE..NX_IP_INTERFACE_LINK_ENABLED
//@ constants NX_IP_VERSION_V4..NX_IP_VERSION_V6
//@ constants NX_IP_VERSION..NX_IP_ALIGN_FRAGS
//@ constants NX_IPV4_MAX_REASSEMBLY_TIME..NX_IPV6_MAX_REASSEMBLY_TIME
//@ constants NX_IP_RAW_MAX_QUEUE_DEPTH..NX_IP_ROUTING_TABLE_SIZE
//@ constants NX_FRAGMENT_OKAY..NX_IP_RAW
//@ constants NX_IP_PACKET_IN..NX_IP_PACKET_OUT

/* IPv6 and neighbour discovery. */
//@ constants IPV6_ADDRESS_LINKLOCAL..IPV6_ADDRESS_LOOPBACK
//@ constants NX_IPV6_DESTINATION_TABLE_SIZE..NXDUO_DUP_ADDR_DETECT_TRANSMITS
//@ constants NX_IPV6_ADDR_STATE_UNKNOWN..NX_ND_MAX_QUEUE_DEPTH
//@ constants NX_IPV6_ADDRESS_STATELESS_AUTO_CONFIG..NX_IPV6_ADDRESS_DAD_FAILURE
//@ constants NX_STATELESS_ADDRESS_AUTOCONFIG_ENABLED..NX_STATELESS_ADDRESS_AUTOCONFIG_DISABLED
//@ constants ND_CACHE_STATE_INVALID..NX_DELAY_FIRST_PROBE_TIME

/* ICMP and IGMP. */
//@ constants NX_ICMP_ECHO_REPLY_TYPE..NX_ICMP_HEADER_SIZE
//@ constants NX_ICMPV6_DEST_UNREACHABLE_TYPE..NX_MINIMUM_IPV6_PATH_MTU
//@ constants NX_IGMP_VERSION..NX_IGMP_HEADER_SIZE
//@ constants NX_MAX_MULTICAST_GROUPS..NX_MAX_MULTICAST_GROUPS

/* UDP. */
//@ constants NX_UDP_ID..NX_UDP_ID
//@ constants NX_UDP_PORT_TABLE_SIZE..NX_UDP_PORT_TABLE_MASK

/* TCP. */
//@ constants NX_TCP_ID..NX_TCP_MSS_MINIMUM
//@ constants NX_TCP_RWIN_OPTION..NX_TCP_MAXIMUM_RX_QUEUE
//@ constants NX_TCP_PORT_TABLE_SIZE..NX_TCP_PORT_TABLE_MASK
//@ constants NX_MAX_LISTEN_REQUESTS..NX_HTTP_PROXY_MAX_AUTHENTICATION
//@ constants NX_TCP_CLOSED..NX_TCP_LAST_ACK

/* An IPv4 address in host order; a is the first of the four numbers. */
#define IP_ADDRESS(a, b, c, d) \
    ((NETX_HOST_CAST(ULONG, a) << 24) | (NETX_HOST_CAST(ULONG, b) << 16) | \
     (NETX_HOST_CAST(ULONG, c) << 8) | NETX_HOST_CAST(ULONG, d))

/* Control blocks.  What firmware has no business with is reserved; sizes and places are those of the 64-bit original. */
//@ structs

#define nx_packet_ip_interface                  nx_packet_address.nx_packet_interface_ptr

/* Services, checked (_nxe_, _nxde_) and unchecked (_nx_, _nxd_). */
//@ prototypes packet ip ip_raw ipv6_nd icmp igmp arp rarp tcp udp driver_callbacks

#ifdef NX_DISABLE_ERROR_CHECKING
//@ macros packet ip ip_raw ipv6_nd icmp igmp arp rarp tcp udp unchecked
#else
//@ macros packet ip ip_raw ipv6_nd icmp igmp arp rarp tcp udp checked
#endif

/* Names that some services have had before. */
#define nx_udp_socket_interface_send            nx_udp_socket_source_send
#define nxd_udp_socket_interface_send           nxd_udp_socket_source_send
#define nx_ip_raw_packet_interface_send         nx_ip_raw_packet_source_send
#define nxd_ip_raw_packet_interface_send        nxd_ip_raw_packet_source_send
#define nxd_icmp_interface_ping                 nxd_icmp_source_ping

/* IPv6 addresses: four words in host order. */
NETX_HOST_INLINE VOID COPY_IPV6_ADDRESS(const ULONG *copy_from, ULONG *copy_to)
{
    memmove(copy_to, copy_from, 4 * sizeof(ULONG));
}

NETX_HOST_INLINE VOID SET_UNSPECIFIED_ADDRESS(ULONG *ip_addr)
{
    memset(ip_addr, 0, 4 * sizeof(ULONG));
}

NETX_HOST_INLINE UINT CHECK_UNSPECIFIED_ADDRESS(const ULONG *ip_addr)
{
    return (ip_addr[0] | ip_addr[1] | ip_addr[2] | ip_addr[3]) == 0 ? NX_TRUE : NX_FALSE;
}

NETX_HOST_INLINE UINT CHECK_IPV6_ADDRESSES_SAME(const ULONG *first, const ULONG *second)
{
    return memcmp(first, second, 4 * sizeof(ULONG)) == 0 ? NX_TRUE : NX_FALSE;
}

NETX_HOST_INLINE VOID COPY_NXD_ADDRESS(const NXD_ADDRESS *copy_from, NXD_ADDRESS *copy_to)
{
    memmove(copy_to, copy_from, sizeof(NXD_ADDRESS));
}

/* For the stack: see netx_host_tables.h. */
#ifndef NETX_HOST_NO_TABLES
//@ config nx
//@ layout nx
#endif

#ifdef __cplusplus
}
#endif

#endif
