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
#define NETXDUO_MAJOR_VERSION                   6
#define NETXDUO_MINOR_VERSION                   4
#define NETXDUO_PATCH_VERSION                   2

/* Common values. */
#define NX_MAX_STRING_LENGTH                    1024
#ifndef NX_PACKET_ALIGNMENT
#define NX_PACKET_ALIGNMENT                     4
#endif
#define NX_NO_WAIT                              0
#define NX_WAIT_FOREVER                         0xFFFFFFFFU
#define NX_TRUE                                 1
#define NX_FALSE                                0
#define NX_NULL                                 0
#define NX_FOREVER                              1
#define NX_INIT_PACKET_ID                       1
#define NX_MAX_PORT                             65535
#define NX_LOWER_16_MASK                        65535
#define NX_CARRY_BIT                            0x00010000U
#define NX_SHIFT_BY_16                          16
#define NX_TCP_CLIENT                           1
#define NX_TCP_SERVER                           2
#define NX_ANY_PORT                             0
#ifndef NX_SEARCH_PORT_START
#define NX_SEARCH_PORT_START                    49152
#endif
#ifndef NX_PHYSICAL_HEADER
#define NX_PHYSICAL_HEADER                      16
#endif
#ifndef NX_PHYSICAL_TRAILER
#define NX_PHYSICAL_TRAILER                     4
#endif
#define NX_PATH_MTU_INCREASE_WAIT_INTERVAL      600
#define NX_PATH_MTU_INCREASE_WAIT_INTERVAL_TICKS (NX_PATH_MTU_INCREASE_WAIT_INTERVAL * NX_IP_PERIODIC_RATE)
#define NX_IPSEC_MAX_HEADER_SIZE                0
#define NX_IPV6_HOST_ID_LENGTH                  64
#define NX_INTERFACE_TYPE_UNKNOWN               0
#define NX_INTERFACE_TYPE_OTHER                 1
#define NX_INTERFACE_TYPE_ETHERNET              2
#define NX_INTERFACE_TYPE_WIFI                  3
#define NX_INTERFACE_TYPE_CELLULAR              4
#define NX_INTERFACE_TYPE_BLUETOOTH             5
#define NX_INTERFACE_TYPE_LORAWAN               6
#define NX_INTERFACE_TYPE_MAX                   7
#define NX_VLAN_PRIORITY_INVALID                255
#define NX_VLAN_PRIORITY_MAX                    7

/* Statuses. */
#define NX_SUCCESS                              0x00
#define NX_NO_PACKET                            0x01
#define NX_UNDERFLOW                            0x02
#define NX_OVERFLOW                             0x03
#define NX_NO_MAPPING                           0x04
#define NX_DELETED                              0x05
#define NX_POOL_ERROR                           0x06
#define NX_PTR_ERROR                            0x07
#define NX_WAIT_ERROR                           0x08
#define NX_SIZE_ERROR                           0x09
#define NX_OPTION_ERROR                         0x0A
#define NX_DELETE_ERROR                         0x10
#define NX_CALLER_ERROR                         0x11
#define NX_INVALID_PACKET                       0x12
#define NX_INVALID_SOCKET                       0x13
#define NX_NOT_ENABLED                          0x14
#define NX_ALREADY_ENABLED                      0x15
#define NX_ENTRY_NOT_FOUND                      0x16
#define NX_NO_MORE_ENTRIES                      0x17
#define NX_ARP_TIMER_ERROR                      0x18
#define NX_RESERVED_CODE0                       0x19
#define NX_WAIT_ABORTED                         0x1A
#define NX_IP_INTERNAL_ERROR                    0x20
#define NX_IP_ADDRESS_ERROR                     0x21
#define NX_ALREADY_BOUND                        0x22
#define NX_PORT_UNAVAILABLE                     0x23
#define NX_NOT_BOUND                            0x24
#define NX_RESERVED_CODE1                       0x25
#define NX_SOCKET_UNBOUND                       0x26
#define NX_NOT_CREATED                          0x27
#define NX_SOCKETS_BOUND                        0x28
#define NX_NO_RESPONSE                          0x29
#define NX_POOL_DELETED                         0x30
#define NX_ALREADY_RELEASED                     0x31
#define NX_RESERVED_CODE2                       0x32
#define NX_MAX_LISTEN                           0x33
#define NX_DUPLICATE_LISTEN                     0x34
#define NX_NOT_CLOSED                           0x35
#define NX_NOT_LISTEN_STATE                     0x36
#define NX_IN_PROGRESS                          0x37
#define NX_NOT_CONNECTED                        0x38
#define NX_WINDOW_OVERFLOW                      0x39
#define NX_ALREADY_SUSPENDED                    0x40
#define NX_DISCONNECT_FAILED                    0x41
#define NX_STILL_BOUND                          0x42
#define NX_NOT_SUCCESSFUL                       0x43
#define NX_UNHANDLED_COMMAND                    0x44
#define NX_NO_FREE_PORTS                        0x45
#define NX_INVALID_PORT                         0x46
#define NX_INVALID_RELISTEN                     0x47
#define NX_CONNECTION_PENDING                   0x48
#define NX_TX_QUEUE_DEPTH                       0x49
#define NX_NOT_IMPLEMENTED                      0x4A
#define NX_NOT_SUPPORTED                        0x4B
#define NX_INVALID_INTERFACE                    0x4C
#define NX_INVALID_PARAMETERS                   0x4D
#define NX_NOT_FOUND                            0x4E
#define NX_CANNOT_START                         0x4F
#define NX_NO_INTERFACE_ADDRESS                 0x50
#define NX_INVALID_MTU_DATA                     0x51
#define NX_DUPLICATED_ENTRY                     0x52
#define NX_PACKET_OFFSET_ERROR                  0x53
#define NX_OPTION_HEADER_ERROR                  0x54
#define NX_CONTINUE                             0x55
#define NX_TCPIP_OFFLOAD_ERROR                  0x56

/* Interfaces and addresses of an instance; the loopback interface is not counted in the first two. */
#ifndef NX_MAX_PHYSICAL_INTERFACES
#define NX_MAX_PHYSICAL_INTERFACES              1
#endif
#ifndef NX_MAX_IPV6_ADDRESSES
#define NX_MAX_IPV6_ADDRESSES                   (NX_MAX_PHYSICAL_INTERFACES * 3)
#endif
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
#define NX_PACKET_POOL_ID                       0x5041434BU

/* States of a packet, which it holds in place of a pointer: these have a pointer's size. */
#define NX_PACKET_FREE                          0xFFFFFFFFUL
#define NX_PACKET_ALLOCATED                     0xAAAAAAAAUL
#define NX_PACKET_ENQUEUED                      0xEEEEEEEEUL
#define NX_DRIVER_TX_DONE                       0xDDDDDDDDUL
#define NX_PACKET_READY                         0xBBBBBBBBUL

/* Where a packet waits, as the debug information of a packet names it. */
#define NX_PACKET_ARP_WAITING_QUEUE             "ARP waiting queue"
#define NX_PACKET_ND_WAITING_QUEUE              "ND waiting queue"
#define NX_PACKET_TCP_LISTEN_QUEUE              "TCP listen queue"
#define NX_PACKET_TCP_RECEIVE_QUEUE             "TCP receive queue"
#define NX_PACKET_UDP_RECEIVE_QUEUE             "UDP receive queue"
#define NX_PACKET_IP_FRAGMENT_QUEUE             "IP fragment queue"

/* Drivers: what they are asked for, and what they can compute for the stack. */
#define NX_LINK_PACKET_SEND                     0
#define NX_LINK_INITIALIZE                      1
#define NX_LINK_ENABLE                          2
#define NX_LINK_DISABLE                         3
#define NX_LINK_PACKET_BROADCAST                4
#define NX_LINK_ARP_SEND                        5
#define NX_LINK_ARP_RESPONSE_SEND               6
#define NX_LINK_RARP_SEND                       7
#define NX_LINK_MULTICAST_JOIN                  8
#define NX_LINK_MULTICAST_LEAVE                 9
#define NX_LINK_GET_STATUS                      10
#define NX_LINK_GET_SPEED                       11
#define NX_LINK_GET_DUPLEX_TYPE                 12
#define NX_LINK_GET_ERROR_COUNT                 13
#define NX_LINK_GET_RX_COUNT                    14
#define NX_LINK_GET_TX_COUNT                    15
#define NX_LINK_GET_ALLOC_ERRORS                16
#define NX_LINK_UNINITIALIZE                    17
#define NX_LINK_DEFERRED_PROCESSING             18
#define NX_LINK_INTERFACE_ATTACH                19
#define NX_LINK_SET_PHYSICAL_ADDRESS            20
#define NX_INTERFACE_CAPABILITY_GET             21
#define NX_INTERFACE_CAPABILITY_SET             22
#define NX_LINK_INTERFACE_DETACH                23
#define NX_LINK_FACTORY_ADDRESS_GET             24
#define NX_LINK_RX_ENABLE                       25
#define NX_LINK_RX_DISABLE                      26
#define NX_LINK_6LOWPAN_COMMAND                 27
#define NX_LINK_GET_INTERFACE_TYPE              28
#define NX_LINK_RAW_PACKET_SEND                 29
#define NX_LINK_USER_COMMAND                    50
#define NX_TCPIP_OFFLOAD_TCP_CLIENT_SOCKET_CONNECT 0
#define NX_TCPIP_OFFLOAD_TCP_SERVER_SOCKET_LISTEN 1
#define NX_TCPIP_OFFLOAD_TCP_SERVER_SOCKET_ACCEPT 2
#define NX_TCPIP_OFFLOAD_TCP_SERVER_SOCKET_UNLISTEN 3
#define NX_TCPIP_OFFLOAD_TCP_SOCKET_DISCONNECT  4
#define NX_TCPIP_OFFLOAD_TCP_SOCKET_SEND        5
#define NX_TCPIP_OFFLOAD_UDP_SOCKET_BIND        6
#define NX_TCPIP_OFFLOAD_UDP_SOCKET_UNBIND      7
#define NX_TCPIP_OFFLOAD_UDP_SOCKET_SEND        8
#define NX_INTERFACE_CAPABILITY_IPV4_TX_CHECKSUM 0x01
#define NX_INTERFACE_CAPABILITY_IPV4_RX_CHECKSUM 0x02
#define NX_INTERFACE_CAPABILITY_TCP_TX_CHECKSUM 0x04
#define NX_INTERFACE_CAPABILITY_TCP_RX_CHECKSUM 0x08
#define NX_INTERFACE_CAPABILITY_UDP_TX_CHECKSUM 0x10
#define NX_INTERFACE_CAPABILITY_UDP_RX_CHECKSUM 0x20
#define NX_INTERFACE_CAPABILITY_ICMPV4_TX_CHECKSUM 0x40
#define NX_INTERFACE_CAPABILITY_ICMPV4_RX_CHECKSUM 0x80
#define NX_INTERFACE_CAPABILITY_ICMPV6_RX_CHECKSUM 0x0100
#define NX_INTERFACE_CAPABILITY_ICMPV6_TX_CHECKSUM 0x0200
#define NX_INTERFACE_CAPABILITY_IGMP_TX_CHECKSUM 0x0400
#define NX_INTERFACE_CAPABILITY_IGMP_RX_CHECKSUM 0x0800
#define NX_INTERFACE_CAPABILITY_PTP_TIMESTAMP   0x1000
#define NX_INTERFACE_CAPABILITY_TCPIP_OFFLOAD   0x2000
#define NX_INTERFACE_CAPABILITY_CHECKSUM_ALL    0x0FFF
#define NX_LINK_PACKET_TYPE_ALL                 0xFFFF
#define NX_LINK_ETHERNET_HEADER_SIZE            0x0E
#define NX_LINK_VLAN_HEADER_SIZE                0x04
#define NX_LINK_ETHERNET_TPID                   0x8100
#define NX_LINK_ETHERNET_IP                     0x0800
#define NX_LINK_ETHERNET_ARP                    0x0806
#define NX_LINK_ETHERNET_RARP                   0x8035
#define NX_LINK_ETHERNET_IPV6                   0x86DD
#define NX_LINK_ETHERNET_PTP                    0x88F7
#define NX_LINK_ETHERNET_MVRP                   0x88F5
#define NX_LINK_ETHERNET_MMRP                   0x88F6
#define NX_LINK_ETHERNET_MSRP                   0x22EA
#define NX_LINK_ETHERNET_OPCUA                  0xB62C
#define NX_LINK_VLAN_ID_MASK                    0x0FFF
#define NX_LINK_VLAN_PCP_MASK                   0xE000
#define NX_LINK_VLAN_PCP_SHIFT                  0x0D

/* ARP and RARP. */
#ifndef NX_ARP_UPDATE_RATE
#define NX_ARP_UPDATE_RATE                      10
#endif
#ifndef NX_ARP_EXPIRATION_RATE
#define NX_ARP_EXPIRATION_RATE                  0
#endif
#ifndef NX_ARP_MAXIMUM_RETRIES
#define NX_ARP_MAXIMUM_RETRIES                  18
#endif
#ifndef NX_ARP_MAX_QUEUE_DEPTH
#define NX_ARP_MAX_QUEUE_DEPTH                  4
#endif
#define NX_ARP_TABLE_SIZE                       32
#define NX_ARP_TABLE_MASK                       (NX_ARP_TABLE_SIZE - 1)
#define NX_ARP_HARDWARE_TYPE                    1
#define NX_ARP_PROTOCOL_TYPE                    2048
#define NX_ARP_HARDWARE_SIZE                    6
#define NX_ARP_PROTOCOL_SIZE                    4
#define NX_ARP_OPTION_REQUEST                   1
#define NX_ARP_OPTION_RESPONSE                  2
#define NX_ARP_MESSAGE_SIZE                     28
#ifndef NX_ARP_DEFEND_INTERVAL
#define NX_ARP_DEFEND_INTERVAL                  10
#endif
#define NX_RARP_HARDWARE_TYPE                   1
#define NX_RARP_PROTOCOL_TYPE                   2048
#define NX_RARP_HARDWARE_SIZE                   6
#define NX_RARP_PROTOCOL_SIZE                   4
#define NX_RARP_OPTION_REQUEST                  3
#define NX_RARP_OPTION_RESPONSE                 4
#define NX_RARP_MESSAGE_SIZE                    28

/* IP. */
#define NX_IP_ID                                0x49502020U
#define NX_IP_LENGTH_MASK                       0x0F000000U
#define NX_IP_ALL_EVENTS                        0xFFFFFFFFU
#define NX_IP_PERIODIC_EVENT                    1
#define NX_IP_UNFRAG_EVENT                      2
#define NX_IP_ICMP_EVENT                        4
#define NX_IP_RECEIVE_EVENT                     8
#define NX_IP_ARP_REC_EVENT                     16
#define NX_IP_RARP_REC_EVENT                    32
#define NX_IP_IGMP_EVENT                        64
#define NX_IP_TCP_EVENT                         128
#define NX_IP_FAST_EVENT                        256
#define NX_IP_IGMP_ENABLE_EVENT                 1024
#define NX_IP_DRIVER_DEFERRED_EVENT             2048
#define NX_IP_TCP_CLEANUP_DEFERRED              4096
#define NX_IP_LINK_STATUS_EVENT                 16384
#ifndef NX_IP_FAST_TIMER_RATE
#define NX_IP_FAST_TIMER_RATE                   10
#endif
#ifndef NX_IP_STATUS_CHECK_WAIT_TIME
#define NX_IP_STATUS_CHECK_WAIT_TIME            1
#endif
#define NX_IP_INITIALIZE_DONE                   1
#define NX_IP_ADDRESS_RESOLVED                  2
#define NX_IP_LINK_ENABLED                      4
#define NX_IP_ARP_ENABLED                       8
#define NX_IP_UDP_ENABLED                       16
#define NX_IP_TCP_ENABLED                       32
#define NX_IP_IGMP_ENABLED                      64
#define NX_IP_RARP_COMPLETE                     128
#define NX_IP_INTERFACE_LINK_ENABLED            256
#define NX_IP_VERSION_V4                        4
#define NX_IP_VERSION_V6                        6
#define NX_IP_VERSION                           0x45000000U
#define NX_IP_NORMAL_LENGTH                     5
#define NX_IP_HEADER_LENGTH_ENCODE_6            6
#define NX_IP_OPTION_COPY_FLAG                  0x80000000U
#define NX_IP_OPTION_CLASS                      0
#define NX_IP_OPTION_ROUTER_ALERT_NUMBER        0x14000000U
#define NX_IP_OPTION_ROUTER_ALERT_LENGTH        0x00040000U
#define NX_IP_OPTION_ROUTER_ALERT_VALUE         0
#define NX_IP_OPTION_END                        0
#define NX_IP_OPTION_NO_OPERATION               1
#define NX_IP_OPTION_INTERNET_TIMESTAMP         68
#define NX_IP_DONT_FRAGMENT                     16384
#define NX_IP_MORE_FRAGMENT                     8192
#define NX_IP_FRAGMENT_MASK                     16383
#define NX_IP_OFFSET_MASK                       8191
#define NX_IP_ALIGN_FRAGS                       8
#ifndef NX_IPV4_MAX_REASSEMBLY_TIME
#define NX_IPV4_MAX_REASSEMBLY_TIME             15
#endif
#ifndef NX_IPV6_MAX_REASSEMBLY_TIME
#define NX_IPV6_MAX_REASSEMBLY_TIME             60
#endif
#ifndef NX_IP_RAW_MAX_QUEUE_DEPTH
#define NX_IP_RAW_MAX_QUEUE_DEPTH               20
#endif
#ifndef NX_IP_ROUTING_TABLE_SIZE
#define NX_IP_ROUTING_TABLE_SIZE                8
#endif
#define NX_FRAGMENT_OKAY                        0
#define NX_DONT_FRAGMENT                        16384
#define NX_MORE_FRAGMENTS                       8192
#define NX_FRAG_OFFSET_MASK                     8191
#define NX_IP_NORMAL                            0
#define NX_IP_MIN_DELAY                         0x00100000U
#define NX_IP_MAX_DATA                          0x00080000U
#define NX_IP_MAX_RELIABLE                      0x00040000U
#define NX_IP_MIN_COST                          0x00020000U
#define NX_IP_TOS_MASK                          0x00FF0000U
#define NX_IP_PACKET_SIZE_MASK                  65535
#ifndef NX_IP_TIME_TO_LIVE
#define NX_IP_TIME_TO_LIVE                      128
#endif
#define NX_IP_TIME_TO_LIVE_MASK                 0xFF000000U
#define NX_IP_TIME_TO_LIVE_SHIFT                24
#define NX_PROTOCOL_NEXT_HEADER_HOP_BY_HOP      0
#define NX_PROTOCOL_ICMP                        1
#define NX_PROTOCOL_IGMP                        2
#define NX_PROTOCOL_IPV4                        4
#define NX_PROTOCOL_TCP                         6
#define NX_PROTOCOL_UDP                         17
#define NX_PROTOCOL_IPV6                        41
#define NX_PROTOCOL_NEXT_HEADER_ROUTING         43
#define NX_PROTOCOL_NEXT_HEADER_FRAGMENT        44
#define NX_PROTOCOL_NEXT_HEADER_ENCAP_SECURITY  50
#define NX_PROTOCOL_NEXT_HEADER_AUTHENTICATION  51
#define NX_PROTOCOL_ICMPV6                      58
#define NX_PROTOCOL_NO_NEXT_HEADER              59
#define NX_PROTOCOL_NEXT_HEADER_DESTINATION     60
#define NX_PROTOCOL_NEXT_HEADER_MOBILE          135
#define NX_IP_ICMP                              0x00010000U
#define NX_IP_IGMP                              0x00020000U
#define NX_IP_TCP                               0x00060000U
#define NX_IP_UDP                               0x00110000U
#define NX_IP_ESP                               0x00320000U
#define NX_IP_AH                                0x00330000U
#define NX_IP_PROTOCOL_MASK                     0x00FF0000U
#define NX_IP_CLASS_A_MASK                      0x80000000U
#define NX_IP_CLASS_A_TYPE                      0
#define NX_IP_CLASS_A_NETID                     0x7F000000U
#define NX_IP_CLASS_A_HOSTID                    0x00FFFFFFU
#define NX_IP_CLASS_B_MASK                      0xC0000000U
#define NX_IP_CLASS_B_TYPE                      0x80000000U
#define NX_IP_CLASS_B_NETID                     0x3FFF0000U
#define NX_IP_CLASS_B_HOSTID                    65535
#define NX_IP_CLASS_C_MASK                      0xE0000000U
#define NX_IP_CLASS_C_TYPE                      0xC0000000U
#define NX_IP_CLASS_C_NETID                     0x1FFFFF00U
#define NX_IP_CLASS_C_HOSTID                    255
#define NX_IP_CLASS_D_MASK                      0xF0000000U
#define NX_IP_CLASS_D_TYPE                      0xE0000000U
#define NX_IP_CLASS_D_GROUP                     0x0FFFFFFFU
#define NX_IP_CLASS_D_HOSTID                    0
#define NX_IP_LIMITED_BROADCAST                 0xFFFFFFFFU
#define NX_IP_LOOPBACK_FIRST                    0x7F000000U
#define NX_IP_LOOPBACK_LAST                     0x7FFFFFFFU
#define NX_IP_MULTICAST_UPPER                   256
#define NX_IP_MULTICAST_LOWER                   0x5E000000U
#define NX_IP_MULTICAST_MASK                    0x007FFFFFU
#define NX_ROUTE_TABLE_SIZE                     32
#define NX_ROUTE_TABLE_MASK                     (NX_ROUTE_TABLE_SIZE - 1)
#define NX_IP_RAW                               0x00FF0000U
#define NX_IP_PACKET_IN                         0
#define NX_IP_PACKET_OUT                        1

/* IPv6 and neighbour discovery. */
#define IPV6_ADDRESS_LINKLOCAL                  1
#define IPV6_ADDRESS_GLOBAL                     4
#define IPV6_ALL_NODE_MCAST                     16
#define IPV6_ALL_ROUTER_MCAST                   32
#define IPV6_SOLICITED_NODE_MCAST               64
#define IPV6_ADDRESS_UNICAST                    0x80000000U
#define IPV6_ADDRESS_MULTICAST                  0x40000000U
#define IPV6_ADDRESS_UNSPECIFIED                0x20000000U
#define IPV6_ADDRESS_LOOPBACK                   0x10000000U
#ifndef NX_IPV6_DESTINATION_TABLE_SIZE
#define NX_IPV6_DESTINATION_TABLE_SIZE          8
#endif
#define NX_DESTINATION_TABLE_SIZE               NX_IPV6_DESTINATION_TABLE_SIZE
#define NXDUO_DESTINATION_TABLE_SIZE            NX_IPV6_DESTINATION_TABLE_SIZE
#ifndef NX_IPV6_NEIGHBOR_CACHE_SIZE
#define NX_IPV6_NEIGHBOR_CACHE_SIZE             16
#endif
#ifndef NX_IPV6_DAD_TRANSMITS
#define NX_IPV6_DAD_TRANSMITS                   3
#endif
#define NX_DUP_ADDR_DETECT_TRANSMITS            NX_IPV6_DAD_TRANSMITS
#define NXDUO_DUP_ADDR_DETECT_TRANSMITS         NX_IPV6_DAD_TRANSMITS
#define NX_IPV6_ADDR_STATE_UNKNOWN              0
#define NX_IPV6_ADDR_STATE_TENTATIVE            1
#define NX_IPV6_ADDR_STATE_PREFERRED            2
#define NX_IPV6_ADDR_STATE_DEPRECATED           3
#define NX_IPV6_ADDR_STATE_VALID                4
#ifndef NX_IPV6_DEFAULT_ROUTER_TABLE_SIZE
#define NX_IPV6_DEFAULT_ROUTER_TABLE_SIZE       8
#endif
#ifndef NX_IPV6_PREFIX_LIST_TABLE_SIZE
#define NX_IPV6_PREFIX_LIST_TABLE_SIZE          8
#endif
#define NX_IPV6_ROUTE_TYPE_NOT_ROUTER           0
#define NX_IPV6_ROUTE_TYPE_SOLICITATED          1
#define NX_IPV6_ROUTE_TYPE_UNSOLICITATED        2
#define NX_IPV6_ROUTE_TYPE_STATIC               4
#define NX_IPV6_ROUTE_TYPE_DEFAULT              64
#define NX_IPV6_ROUTE_TYPE_VALID                128
#define NX_IPV6_ADDRESS_NOT_CONFIGURED          0
#define NX_IPV6_ADDRESS_MANUAL_CONFIG           1
#define NX_IPV6_ADDRESS_BASED_ON_INTERFACE      4
#define NX_IPV6_ADDRESS_MANUAL_DELETE           5
#ifndef NX_ND_MAX_QUEUE_DEPTH
#define NX_ND_MAX_QUEUE_DEPTH                   4
#endif
#define NX_IPV6_ADDRESS_STATELESS_AUTO_CONFIG   2
#define NX_IPV6_ADDRESS_STATEFUL_AUTO_CONFIG    3
#define NX_IPV6_ADDRESS_LIFETIME_EXPIRED        6
#define NX_IPV6_ADDRESS_DAD_SUCCESSFUL          7
#define NX_IPV6_ADDRESS_DAD_FAILURE             8
#define NX_STATELESS_ADDRESS_AUTOCONFIG_ENABLED 0
#define NX_STATELESS_ADDRESS_AUTOCONFIG_DISABLED 1
#define ND_CACHE_STATE_INVALID                  0
#define ND_CACHE_STATE_INCOMPLETE               1
#define ND_CACHE_STATE_REACHABLE                2
#define ND_CACHE_STATE_STALE                    3
#define ND_CACHE_STATE_DELAY                    4
#define ND_CACHE_STATE_PROBE                    5
#define ND_CACHE_STATE_CREATED                  6
#ifndef NX_MAX_MULTICAST_SOLICIT
#define NX_MAX_MULTICAST_SOLICIT                3
#endif
#ifndef NX_MAX_UNICAST_SOLICIT
#define NX_MAX_UNICAST_SOLICIT                  3
#endif
#ifndef NX_REACHABLE_TIME
#define NX_REACHABLE_TIME                       30
#endif
#ifndef NX_RETRANS_TIMER
#define NX_RETRANS_TIMER                        1000
#endif
#ifndef NX_DELAY_FIRST_PROBE_TIME
#define NX_DELAY_FIRST_PROBE_TIME               5
#endif

/* ICMP and IGMP. */
#define NX_ICMP_ECHO_REPLY_TYPE                 0
#define NX_ICMP_DEST_UNREACHABLE_TYPE           3
#define NX_ICMP_ECHO_REQUEST_TYPE               8
#define NX_ICMP_TIME_EXCEEDED_TYPE              11
#define NX_ICMP_PARAMETER_PROB_TYPE             12
#define NX_ICMP_TIMESTAMP_REQ_TYPE              13
#define NX_ICMP_PROTOCOL_UNREACH_CODE           2
#define NX_ICMP_PORT_UNREACH_CODE               3
#define NX_ICMP_FRT_EXCEEDED_CODE               1
#define NX_ICMP_ZERO_CODE                       0
#define NX_ICMP_HEADER_SIZE                     8
#define NX_ICMPV6_DEST_UNREACHABLE_TYPE         1
#define NX_ICMPV6_PACKET_TOO_BIG_TYPE           2
#define NX_ICMPV6_TIME_EXCEED_TYPE              3
#define NX_ICMPV6_PARAMETER_PROBLEM_TYPE        4
#define NX_ICMPV6_ECHO_REPLY_TYPE               129
#define NX_ICMPV6_ECHO_REQUEST_TYPE             128
#define NX_ICMPV6_ROUTER_SOLICITATION_TYPE      133
#define NX_ICMPV6_ROUTER_ADVERTISEMENT_TYPE     134
#define NX_ICMPV6_NEIGHBOR_SOLICITATION_TYPE    135
#define NX_ICMPV6_NEIGHBOR_ADVERTISEMENT_TYPE   136
#define NX_ICMPV6_REDIRECT_MESSAGE_TYPE         137
#define ICMPV6_OPTION_TYPE_SRC_LINK_ADDR        1
#define ICMPV6_OPTION_TYPE_TRG_LINK_ADDR        2
#define ICMPV6_OPTION_TYPE_PREFIX_INFO          3
#define ICMPV6_OPTION_TYPE_MTU                  5
#define NX_NO_SLLA                              1
#define NX_ICMPV6_DEST_UNREACHABLE_CODE         4
#ifndef NX_ICMPV6_MAX_RTR_SOLICITATIONS
#define NX_ICMPV6_MAX_RTR_SOLICITATIONS         3
#endif
#define NXDUO_ICMPV6_MAX_RTR_SOLICITATIONS      NX_ICMPV6_MAX_RTR_SOLICITATIONS
#ifndef NX_ICMPV6_RTR_SOLICITATION_INTERVAL
#define NX_ICMPV6_RTR_SOLICITATION_INTERVAL     4
#endif
#define NXDUO_ICMPV6_RTR_SOLICITATION_INTERVAL  NX_ICMPV6_RTR_SOLICITATION_INTERVAL
#ifndef NX_ICMPV6_RTR_SOLICITATION_DELAY
#define NX_ICMPV6_RTR_SOLICITATION_DELAY        1
#endif
#define NX_MINIMUM_IPV6_PATH_MTU                1280
#define NX_IGMP_VERSION                         0x10000000U
#define NX_IGMP_HOST_VERSION_1                  1
#define NX_IGMP_HOST_VERSION_2                  2
#define NX_IGMP_ROUTER_QUERY_TYPE               0x01000000U
#define NX_IGMP_TYPE_MASK                       0x0F000000U
#define NX_IGMP_HOST_RESPONSE_TYPE              0x02000000U
#define NX_IGMP_HOST_V2_JOIN_TYPE               0x16000000U
#define NX_IGMP_HOST_V2_LEAVE_TYPE              0x17000000U
#define NX_IGMPV2_TYPE_MASK                     0xFF000000U
#define NX_IGMP_MAX_RESP_TIME_MASK              0x00FF0000U
#define NX_IGMP_MAX_UPDATE_TIME                 10
#define NX_IGMP_TTL                             1
#define NX_ALL_HOSTS_ADDRESS                    0xE0000001U
#define NX_ALL_ROUTERS_ADDRESS                  0xE0000002U
#define NX_IGMP_HEADER_SIZE                     8
#ifndef NX_MAX_MULTICAST_GROUPS
#define NX_MAX_MULTICAST_GROUPS                 7
#endif

/* UDP. */
#define NX_UDP_ID                               0x55445020U
#define NX_UDP_PORT_TABLE_SIZE                  32
#define NX_UDP_PORT_TABLE_MASK                  (NX_UDP_PORT_TABLE_SIZE - 1)

/* TCP. */
#define NX_TCP_ID                               0x54435020U
#define NX_TCP_HEADER_SIZE                      0x50000000U
#define NX_TCP_SYN_HEADER                       0x70000000U
#define NX_TCP_HEADER_SHIFT                     28
#define NX_TCP_SYN_OPTION_SIZE                  8
#define NX_TCP_SYN_SIZE                         28
#define NX_TCP_CONTROL_MASK                     0x00170000U
#define NX_TCP_URG_BIT                          0x00200000U
#define NX_TCP_ACK_BIT                          0x00100000U
#define NX_TCP_PSH_BIT                          0x00080000U
#define NX_TCP_RST_BIT                          0x00040000U
#define NX_TCP_SYN_BIT                          0x00020000U
#define NX_TCP_FIN_BIT                          0x00010000U
#define NX_TCP_MSS_OPTION                       0x02040000U
#ifndef NX_TCP_MSS_SIZE
#define NX_TCP_MSS_SIZE                         1460
#endif
#define NX_TCP_OPTION_END                       0x01010100U
#define NX_TCP_EOL_KIND                         0
#define NX_TCP_NOP_KIND                         1
#define NX_TCP_MSS_KIND                         2
#ifndef NX_TCP_KEEPALIVE_INITIAL
#define NX_TCP_KEEPALIVE_INITIAL                7200
#endif
#ifndef NX_TCP_KEEPALIVE_RETRY
#define NX_TCP_KEEPALIVE_RETRY                  75
#endif
#ifndef NX_TCP_KEEPALIVE_RETRIES
#define NX_TCP_KEEPALIVE_RETRIES                10
#endif
#ifndef NX_TCP_MAXIMUM_TX_QUEUE
#define NX_TCP_MAXIMUM_TX_QUEUE                 20
#endif
#ifndef NX_TCP_MAXIMUM_RETRIES
#define NX_TCP_MAXIMUM_RETRIES                  10
#endif
#ifndef NX_TCP_RETRY_SHIFT
#define NX_TCP_RETRY_SHIFT                      0
#endif
#ifndef NX_TCP_MAXIMUM_SEGMENT_LIFETIME
#define NX_TCP_MAXIMUM_SEGMENT_LIFETIME         120
#endif
#ifndef NX_TCP_FAST_TIMER_RATE
#define NX_TCP_FAST_TIMER_RATE                  10
#endif
#ifndef NX_TCP_ACK_TIMER_RATE
#define NX_TCP_ACK_TIMER_RATE                   5
#endif
#ifndef NX_TCP_TRANSMIT_TIMER_RATE
#define NX_TCP_TRANSMIT_TIMER_RATE              1
#endif
#ifndef NX_TCP_MSS_MINIMUM
#define NX_TCP_MSS_MINIMUM                      128
#endif
#define NX_TCP_RWIN_OPTION                      0x03030000U
#define NX_TCP_RWIN_KIND                        3
#ifndef NX_TCP_MAXIMUM_RX_QUEUE
#define NX_TCP_MAXIMUM_RX_QUEUE                 20
#endif
#define NX_TCP_PORT_TABLE_SIZE                  32
#define NX_TCP_PORT_TABLE_MASK                  (NX_TCP_PORT_TABLE_SIZE - 1)
#ifndef NX_MAX_LISTEN_REQUESTS
#define NX_MAX_LISTEN_REQUESTS                  10
#endif
#define NX_HTTP_PROXY_MAX_USERNAME              20
#define NX_HTTP_PROXY_MAX_PASSWORD              20
#define NX_HTTP_PROXY_MAX_AUTHENTICATION        60
#define NX_TCP_CLOSED                           1
#define NX_TCP_LISTEN_STATE                     2
#define NX_TCP_SYN_SENT                         3
#define NX_TCP_SYN_RECEIVED                     4
#define NX_TCP_ESTABLISHED                      5
#define NX_TCP_CLOSE_WAIT                       6
#define NX_TCP_FIN_WAIT_1                       7
#define NX_TCP_FIN_WAIT_2                       8
#define NX_TCP_CLOSING                          9
#define NX_TCP_TIMED_WAIT                       10
#define NX_TCP_LAST_ACK                         11

/* An IPv4 address in host order; a is the first of the four numbers. */
#define IP_ADDRESS(a, b, c, d) \
    ((NETX_HOST_CAST(ULONG, a) << 24) | (NETX_HOST_CAST(ULONG, b) << 16) | \
     (NETX_HOST_CAST(ULONG, c) << 8) | NETX_HOST_CAST(ULONG, d))

/* Control blocks.  What firmware has no business with is reserved; sizes and places are those of the 64-bit original. */
typedef struct NX_PACKET_STRUCT NX_PACKET;
typedef struct NX_PACKET_POOL_STRUCT NX_PACKET_POOL;
typedef struct NX_INTERFACE_STRUCT NX_INTERFACE;
typedef struct NX_IP_DRIVER_STRUCT NX_IP_DRIVER;
typedef struct NX_UDP_SOCKET_STRUCT NX_UDP_SOCKET;
typedef struct NXD_ADDRESS_STRUCT NXD_ADDRESS;
typedef struct NX_MD5_STRUCT NX_MD5;
typedef struct NX_ARP_STRUCT NX_ARP;
typedef struct NXD_IPV6_ADDRESS_STRUCT NXD_IPV6_ADDRESS;
typedef struct NX_IP_STRUCT NX_IP;
typedef struct NX_TCP_SOCKET_STRUCT NX_TCP_SOCKET;

struct NX_PACKET_STRUCT
{
    NX_PACKET_POOL *nx_packet_pool_owner;
    NX_PACKET *nx_packet_next;
    UCHAR *nx_packet_prepend_ptr;
    UCHAR *nx_packet_append_ptr;
    UCHAR *nx_packet_data_start;
    UCHAR *nx_packet_data_end;
    NX_PACKET *nx_packet_last;
    NX_PACKET *nx_packet_queue_next;
    union
    {
        NX_PACKET *nx_packet_tcp_queue_next;
        NX_PACKET *nx_packet_fragment_next;
    } nx_packet_union_next;
    ULONG nx_packet_length;
    ULONG nx_packet_reassembly_time;
    UCHAR nx_packet_option_state;
    UCHAR nx_packet_destination_header;
    USHORT nx_packet_option_offset;
    UCHAR nx_packet_ip_version;
    UCHAR nx_packet_identical_copy;
    UCHAR nx_packet_ip_header_length;
    UCHAR nx_packet_reserved;
    union
    {
        NX_INTERFACE *nx_packet_interface_ptr;
        NXD_IPV6_ADDRESS *nx_packet_ipv6_address_ptr;
    } nx_packet_address;
    UCHAR *nx_packet_ip_header;
};

struct NX_PACKET_POOL_STRUCT
{
    ULONG nx_packet_pool_id;
    CHAR *nx_packet_pool_name;
    ULONG nx_packet_pool_available;
    ULONG nx_packet_pool_total;
    ULONG nx_packet_pool_empty_requests;
    ULONG nx_packet_pool_empty_suspensions;
    ULONG nx_packet_pool_invalid_releases;
    NX_PACKET *nx_packet_pool_available_list;
    CHAR *nx_packet_pool_start;
    ULONG nx_packet_pool_size;
    ULONG nx_packet_pool_payload_size;
    TX_THREAD *nx_packet_pool_suspension_list;
    ULONG nx_packet_pool_suspended_count;
    NX_PACKET_POOL *nx_packet_pool_created_next;
    NX_PACKET_POOL *nx_packet_pool_created_previous;
};

struct NX_INTERFACE_STRUCT
{
    CHAR *nx_interface_name;
    UCHAR nx_interface_valid;
    UCHAR nx_interface_address_mapping_needed;
    UCHAR nx_interface_link_up;
    UCHAR nx_interface_index;
    UCHAR nx_interface_link_status_change;
    UCHAR nx_interface_reserved[3];
    ULONG nx_interface_physical_address_msw;
    ULONG nx_interface_physical_address_lsw;
    ULONG nx_interface_ip_address;
    ULONG nx_interface_ip_network_mask;
    ULONG nx_interface_ip_network;
    NXD_IPV6_ADDRESS *nxd_interface_ipv6_address_list_head;
    ULONG nx_interface_ip_mtu_size;
    ULONG nx_ipv6_rtr_solicitation_max;
    ULONG nx_ipv6_rtr_solicitation_count;
    ULONG nx_ipv6_rtr_solicitation_interval;
    ULONG nx_ipv6_rtr_solicitation_timer;
    VOID *nx_interface_additional_link_info;
    VOID (*nx_interface_link_driver_entry)(NX_IP_DRIVER *);
    ULONG nx_interface_arp_defend_timeout;
    ULONG nx_interface_ip_probe_address;
    VOID (*nx_interface_ip_conflict_notify_handler)(NX_IP *, UINT, ULONG, ULONG, ULONG);
#ifdef NX_ENABLE_INTERFACE_CAPABILITY
    ULONG nx_interface_capability_flag;
#endif
};

struct NX_IP_DRIVER_STRUCT
{
    UINT nx_ip_driver_command;
    UINT nx_ip_driver_status;
    ULONG nx_ip_driver_physical_address_msw;
    ULONG nx_ip_driver_physical_address_lsw;
    NX_PACKET *nx_ip_driver_packet;
    ULONG *nx_ip_driver_return_ptr;
    NX_IP *nx_ip_driver_ptr;
    NX_INTERFACE *nx_ip_driver_interface;
};

struct NX_UDP_SOCKET_STRUCT
{
    ULONG nx_udp_socket_id;
    CHAR *nx_udp_socket_name;
    UINT nx_udp_socket_port;
    NX_IP *nx_udp_socket_ip_ptr;
    ULONG nx_udp_socket_packets_sent;
    ULONG nx_udp_socket_bytes_sent;
    ULONG nx_udp_socket_packets_received;
    ULONG nx_udp_socket_bytes_received;
    ULONG nx_udp_socket_invalid_packets;
    ULONG nx_udp_socket_packets_dropped;
    ULONG nx_udp_socket_checksum_errors;
    ULONG nx_udp_socket_type_of_service;
    UINT nx_udp_socket_time_to_live;
    ULONG nx_udp_socket_fragment_enable;
    UCHAR nx_udp_socket_disable_checksum;
    ULONG nx_udp_socket_receive_count;
    ULONG nx_udp_socket_queue_maximum;
    UCHAR netx_reserved_84[100];
    void *nx_udp_socket_reserved_ptr;
};

struct NXD_ADDRESS_STRUCT
{
    ULONG nxd_ip_version;
    union
    {
        ULONG v4;
        ULONG v6[4];
    } nxd_ip_address;
};

struct NX_MD5_STRUCT
{
    ULONG nx_md5_states[4];
    ULONG nx_md5_bit_count[2];
    UCHAR nx_md5_buffer[64];
};

struct NX_ARP_STRUCT
{
    UINT nx_arp_route_static;
    UINT nx_arp_entry_next_update;
    UINT nx_arp_retries;
    UCHAR netx_reserved_12[44];
    ULONG nx_arp_ip_address;
    ULONG nx_arp_physical_address_msw;
    ULONG nx_arp_physical_address_lsw;
    NX_INTERFACE *nx_arp_ip_interface;
    NX_PACKET *nx_arp_packets_waiting;
};

struct NXD_IPV6_ADDRESS_STRUCT
{
    UCHAR nxd_ipv6_address_valid;
    UCHAR nxd_ipv6_address_type;
    UCHAR nxd_ipv6_address_state;
    UCHAR nxd_ipv6_address_prefix_length;
    NX_INTERFACE *nxd_ipv6_address_attached;
    ULONG nxd_ipv6_address[4];
    NXD_IPV6_ADDRESS *nxd_ipv6_address_next;
    UCHAR nxd_ipv6_address_DupAddrDetectTransmit;
    UCHAR nxd_ipv6_address_ConfigurationMethod;
    UCHAR nxd_ipv6_address_index;
};

struct NX_IP_STRUCT
{
    ULONG nx_ip_id;
    CHAR *nx_ip_name;
    ULONG nx_ip_gateway_address;
    NX_INTERFACE *nx_ip_gateway_interface;
    NXD_IPV6_ADDRESS nx_ipv6_address[NX_MAX_IPV6_ADDRESSES + NX_LOOPBACK_IPV6_ENABLED];
    UCHAR netx_reserved_224[896];
    ULONG nx_ip_total_packet_send_requests;
    ULONG nx_ip_invalid_packets;
    ULONG nx_ip_invalid_transmit_packets;
    ULONG nx_ip_invalid_receive_address;
    ULONG nx_ip_receive_checksum_errors;
    ULONG nx_ip_receive_packets_dropped;
    ULONG nx_ip_send_packets_dropped;
    ULONG nx_ip_packets_forwarded;
    ULONG nx_ip_packets_reassembled;
    ULONG nx_ip_reassembly_failures;
    ULONG nx_ip_total_packets_delivered;
    ULONG nx_ip_total_fragment_requests;
    ULONG nx_ip_successful_fragment_requests;
    ULONG nx_ip_fragment_failures;
    ULONG nx_ip_total_fragments_sent;
    ULONG nx_ip_total_fragments_received;
    ULONG nx_ip_transmit_no_route_errors;
    ULONG nx_ip_transmit_resource_errors;
    ULONG nx_ip_unknown_protocols_received;
    ULONG nx_ip_arp_requests_sent;
    ULONG nx_ip_arp_requests_received;
    ULONG nx_ip_arp_responses_sent;
    ULONG nx_ip_arp_responses_received;
    ULONG nx_ip_arp_aged_entries;
    ULONG nx_ip_arp_invalid_messages;
    ULONG nx_ip_arp_static_entries;
    ULONG nx_ip_pings_sent;
    ULONG nx_ip_ping_timeouts;
    ULONG nx_ip_ping_threads_suspended;
    ULONG nx_ip_ping_responses_received;
    ULONG nx_ip_pings_received;
    ULONG nx_ip_pings_responded_to;
    ULONG nx_ip_icmp_total_messages_received;
    ULONG nx_ip_icmp_invalid_packets;
    ULONG nx_ip_icmp_checksum_errors;
    ULONG nx_ip_icmp_unhandled_messages;
    ULONG nx_ip_icmp_sequence;
    ULONG nx_ip_igmp_reports_sent;
    ULONG nx_ip_igmp_queries_received;
    ULONG nx_ip_igmp_checksum_errors;
    ULONG nx_ip_igmp_invalid_packets;
    ULONG nx_ip_igmp_groups_joined;
    ULONG nx_ip_igmp_router_version;
    ULONG nx_ip_udp_packets_sent;
    ULONG nx_ip_udp_bytes_sent;
    ULONG nx_ip_udp_packets_received;
    ULONG nx_ip_udp_bytes_received;
    ULONG nx_ip_udp_invalid_packets;
    ULONG nx_ip_udp_no_port_for_delivery;
    ULONG nx_ip_udp_receive_packets_dropped;
    ULONG nx_ip_udp_checksum_errors;
    ULONG nx_ip_tcp_packets_sent;
    ULONG nx_ip_tcp_bytes_sent;
    ULONG nx_ip_tcp_packets_received;
    ULONG nx_ip_tcp_bytes_received;
    ULONG nx_ip_tcp_invalid_packets;
    ULONG nx_ip_tcp_receive_packets_dropped;
    ULONG nx_ip_tcp_checksum_errors;
    ULONG nx_ip_tcp_connections;
    ULONG nx_ip_tcp_passive_connections;
    ULONG nx_ip_tcp_active_connections;
    ULONG nx_ip_tcp_disconnections;
    ULONG nx_ip_tcp_connections_dropped;
    ULONG nx_ip_tcp_retransmit_packets;
    ULONG nx_ip_tcp_resets_received;
    ULONG nx_ip_tcp_resets_sent;
    VOID (*nx_ip_tcp_packet_receive)(NX_IP *, NX_PACKET *);
    VOID (*nx_ip_udp_packet_receive)(NX_IP *, NX_PACKET *);
    VOID (*nx_ip_icmp_packet_receive)(NX_IP *, NX_PACKET *);
    VOID (*nx_ip_igmp_packet_receive)(NX_IP *, NX_PACKET *);
    UCHAR netx_reserved_1416[352];
    ULONG nx_ip_total_packets_sent;
    ULONG nx_ip_total_bytes_sent;
    ULONG nx_ip_total_packets_received;
    UCHAR netx_reserved_1780[4];
    ULONG nx_ip_total_bytes_received;
    UCHAR netx_reserved_1788[276];
    ULONG nx_ip_packet_id;
    NX_PACKET_POOL *nx_ip_default_packet_pool;
    TX_MUTEX nx_ip_protection;
    UINT nx_ip_initialize_done;
    UCHAR netx_reserved_2180[68];
    TX_THREAD nx_ip_thread;
    TX_EVENT_FLAGS_GROUP nx_ip_events;
    UCHAR netx_reserved_2680[792];
    ULONG nx_ip_udp_created_sockets_count;
    UCHAR netx_reserved_3476[276];
    ULONG nx_ip_tcp_created_sockets_count;
    UCHAR netx_reserved_3756[1228];
    NX_INTERFACE nx_ip_interface[NX_MAX_IP_INTERFACES];
    UCHAR netx_reserved_5192[688];
    ULONG nx_ipv6_retrans_timer_ticks;
    ULONG nx_ipv6_reachable_timer;
    ULONG nx_ipv6_hop_limit;
    UCHAR netx_reserved_5892[12];
};

struct NX_TCP_SOCKET_STRUCT
{
    ULONG nx_tcp_socket_id;
    CHAR *nx_tcp_socket_name;
    UINT nx_tcp_socket_client_type;
    UINT nx_tcp_socket_port;
    ULONG nx_tcp_socket_mss;
    NXD_ADDRESS nx_tcp_socket_connect_ip;
    UINT nx_tcp_socket_connect_port;
    ULONG nx_tcp_socket_connect_mss;
    ULONG nx_tcp_socket_peer_mss;
    NX_INTERFACE *nx_tcp_socket_connect_interface;
    ULONG nx_tcp_socket_next_hop_address;
    UCHAR netx_reserved_76[8];
    UINT nx_tcp_socket_state;
    ULONG nx_tcp_socket_tx_sequence;
    ULONG nx_tcp_socket_rx_sequence;
    UCHAR netx_reserved_96[16];
    ULONG nx_tcp_socket_tx_window_advertised;
    ULONG nx_tcp_socket_tx_window_congestion;
    ULONG nx_tcp_socket_tx_outstanding_bytes;
    ULONG nx_tcp_socket_tx_slow_start_threshold;
    ULONG nx_tcp_socket_previous_highest_ack;
    UINT nx_tcp_socket_duplicated_ack_received;
    UCHAR netx_reserved_136[4];
    ULONG nx_tcp_socket_rx_window_default;
    ULONG nx_tcp_socket_rx_window_current;
    ULONG nx_tcp_socket_rx_window_last_sent;
    ULONG nx_tcp_socket_packets_sent;
    ULONG nx_tcp_socket_bytes_sent;
    ULONG nx_tcp_socket_packets_received;
    ULONG nx_tcp_socket_bytes_received;
    ULONG nx_tcp_socket_retransmit_packets;
    ULONG nx_tcp_socket_checksum_errors;
    UCHAR netx_reserved_176[16];
    NX_IP *nx_tcp_socket_ip_ptr;
    ULONG nx_tcp_socket_type_of_service;
    UINT nx_tcp_socket_time_to_live;
    ULONG nx_tcp_socket_fragment_enable;
    ULONG nx_tcp_socket_receive_queue_count;
    UCHAR netx_reserved_216[16];
    ULONG nx_tcp_socket_transmit_queue_maximum;
    ULONG nx_tcp_socket_transmit_sent_count;
    UCHAR netx_reserved_240[16];
    ULONG nx_tcp_socket_timeout;
    ULONG nx_tcp_socket_timeout_rate;
    ULONG nx_tcp_socket_timeout_retries;
    ULONG nx_tcp_socket_timeout_max_retries;
    UCHAR nx_tcp_socket_timeout_shift;
    UCHAR nx_tcp_socket_fast_recovery;
    UCHAR nx_tcp_socket_zero_window_probe_has_data;
    UCHAR netx_reserved_275[141];
    void *nx_tcp_socket_reserved_ptr;
    UCHAR netx_reserved_424[16];
};

#define nx_packet_ip_interface                  nx_packet_address.nx_packet_interface_ptr

/* Services, checked (_nxe_, _nxde_) and unchecked (_nx_, _nxd_). */
UINT _nxe_packet_pool_create(NX_PACKET_POOL *pool_ptr, NETX_HOST_TEXT name, ULONG payload_size, VOID *memory_ptr,
                             ULONG memory_size, UINT nx_packet_pool_size);
UINT _nx_packet_pool_create(NX_PACKET_POOL *pool_ptr, NETX_HOST_TEXT name, ULONG payload_size, VOID *memory_ptr,
                            ULONG memory_size);
UINT _nxe_packet_pool_delete(NX_PACKET_POOL *pool_ptr);
UINT _nx_packet_pool_delete(NX_PACKET_POOL *pool_ptr);
UINT _nxe_packet_pool_info_get(NX_PACKET_POOL *pool_ptr, ULONG *total_packets, ULONG *free_packets,
                               ULONG *empty_pool_requests, ULONG *empty_pool_suspensions,
                               ULONG *invalid_packet_releases);
UINT _nx_packet_pool_info_get(NX_PACKET_POOL *pool_ptr, ULONG *total_packets, ULONG *free_packets,
                              ULONG *empty_pool_requests, ULONG *empty_pool_suspensions,
                              ULONG *invalid_packet_releases);
UINT _nxe_packet_pool_low_watermark_set(NX_PACKET_POOL *pool_ptr, ULONG low_water_mark);
UINT _nx_packet_pool_low_watermark_set(NX_PACKET_POOL *pool_ptr, ULONG low_water_mark);
UINT _nxe_packet_allocate(NX_PACKET_POOL *pool_ptr, NX_PACKET **packet_ptr, ULONG packet_type, ULONG wait_option);
UINT _nx_packet_allocate(NX_PACKET_POOL *pool_ptr, NX_PACKET **packet_ptr, ULONG packet_type, ULONG wait_option);
UINT _nxe_packet_release(NX_PACKET **packet_ptr_ptr);
UINT _nx_packet_release(NX_PACKET *packet_ptr);
UINT _nxe_packet_transmit_release(NX_PACKET **packet_ptr_ptr);
UINT _nx_packet_transmit_release(NX_PACKET *packet_ptr);
UINT _nxe_packet_data_append(NX_PACKET *packet_ptr, VOID *data_start, ULONG data_size, NX_PACKET_POOL *pool_ptr,
                             ULONG wait_option);
UINT _nx_packet_data_append(NX_PACKET *packet_ptr, VOID *data_start, ULONG data_size, NX_PACKET_POOL *pool_ptr,
                            ULONG wait_option);
UINT _nxe_packet_data_retrieve(NX_PACKET *packet_ptr, VOID *buffer_start, ULONG *bytes_copied);
UINT _nx_packet_data_retrieve(NX_PACKET *packet_ptr, VOID *buffer_start, ULONG *bytes_copied);
UINT _nxe_packet_data_extract_offset(NX_PACKET *packet_ptr, ULONG offset, VOID *buffer_start, ULONG buffer_length,
                                     ULONG *bytes_copied);
UINT _nx_packet_data_extract_offset(NX_PACKET *packet_ptr, ULONG offset, VOID *buffer_start, ULONG buffer_length,
                                    ULONG *bytes_copied);
UINT _nxe_packet_copy(NX_PACKET *packet_ptr, NX_PACKET **new_packet_ptr, NX_PACKET_POOL *pool_ptr, ULONG wait_option);
UINT _nx_packet_copy(NX_PACKET *packet_ptr, NX_PACKET **new_packet_ptr, NX_PACKET_POOL *pool_ptr, ULONG wait_option);
UINT _nxe_packet_length_get(NX_PACKET *packet_ptr, ULONG *length);
UINT _nx_packet_length_get(NX_PACKET *packet_ptr, ULONG *length);
UINT _nx_packet_data_adjust(NX_PACKET *packet_ptr, ULONG header_size);
UINT _nx_packet_debug_info_get(NX_PACKET_POOL *pool_ptr, UINT packet_index, NX_PACKET **packet_pptr,
                               ULONG *packet_status, CHAR **thread_info, CHAR **file_info, ULONG *line);
VOID _nx_system_initialize(VOID);
UINT _nxe_ip_create(NX_IP *ip_ptr, NETX_HOST_TEXT name, ULONG ip_address, ULONG network_mask,
                    NX_PACKET_POOL *default_pool, VOID (*ip_link_driver)(NX_IP_DRIVER *), VOID *memory_ptr,
                    ULONG memory_size, UINT priority, UINT nx_ip_size);
UINT _nx_ip_create(NX_IP *ip_ptr, NETX_HOST_TEXT name, ULONG ip_address, ULONG network_mask,
                   NX_PACKET_POOL *default_pool, VOID (*ip_link_driver)(NX_IP_DRIVER *), VOID *memory_ptr,
                   ULONG memory_size, UINT priority);
UINT _nxe_ip_delete(NX_IP *ip_ptr);
UINT _nx_ip_delete(NX_IP *ip_ptr);
UINT _nxe_ip_info_get(NX_IP *ip_ptr, ULONG *ip_total_packets_sent, ULONG *ip_total_bytes_sent,
                      ULONG *ip_total_packets_received, ULONG *ip_total_bytes_received, ULONG *ip_invalid_packets,
                      ULONG *ip_receive_packets_dropped, ULONG *ip_receive_checksum_errors,
                      ULONG *ip_send_packets_dropped, ULONG *ip_total_fragments_sent,
                      ULONG *ip_total_fragments_received);
UINT _nx_ip_info_get(NX_IP *ip_ptr, ULONG *ip_total_packets_sent, ULONG *ip_total_bytes_sent,
                     ULONG *ip_total_packets_received, ULONG *ip_total_bytes_received, ULONG *ip_invalid_packets,
                     ULONG *ip_receive_packets_dropped, ULONG *ip_receive_checksum_errors,
                     ULONG *ip_send_packets_dropped, ULONG *ip_total_fragments_sent,
                     ULONG *ip_total_fragments_received);
UINT _nxe_ip_status_check(NX_IP *ip_ptr, ULONG needed_status, ULONG *actual_status, ULONG wait_option);
UINT _nx_ip_status_check(NX_IP *ip_ptr, ULONG needed_status, ULONG *actual_status, ULONG wait_option);
UINT _nxe_ip_interface_status_check(NX_IP *ip_ptr, UINT interface_index, ULONG needed_status, ULONG *actual_status,
                                    ULONG wait_option);
UINT _nx_ip_interface_status_check(NX_IP *ip_ptr, UINT interface_index, ULONG needed_status, ULONG *actual_status,
                                   ULONG wait_option);
UINT _nxe_ip_address_get(NX_IP *ip_ptr, ULONG *ip_address, ULONG *network_mask);
UINT _nx_ip_address_get(NX_IP *ip_ptr, ULONG *ip_address, ULONG *network_mask);
UINT _nxe_ip_address_set(NX_IP *ip_ptr, ULONG ip_address, ULONG network_mask);
UINT _nx_ip_address_set(NX_IP *ip_ptr, ULONG ip_address, ULONG network_mask);
UINT _nxe_ip_address_change_notify(NX_IP *ip_ptr, VOID (*ip_address_change_notify)(NX_IP *, VOID *),
                                   VOID *additional_info);
UINT _nx_ip_address_change_notify(NX_IP *ip_ptr, VOID (*ip_address_change_notify)(NX_IP *, VOID *),
                                  VOID *additional_info);
UINT _nxe_ip_gateway_address_set(NX_IP *ip_ptr, ULONG ip_address);
UINT _nx_ip_gateway_address_set(NX_IP *ip_ptr, ULONG ip_address);
UINT _nxe_ip_gateway_address_get(NX_IP *ip_ptr, ULONG *ip_address);
UINT _nx_ip_gateway_address_get(NX_IP *ip_ptr, ULONG *ip_address);
UINT _nxe_ip_gateway_address_clear(NX_IP *ip_ptr);
UINT _nx_ip_gateway_address_clear(NX_IP *ip_ptr);
UINT _nxe_ip_static_route_add(NX_IP *ip_ptr, ULONG network_address, ULONG net_mask, ULONG next_hop);
UINT _nx_ip_static_route_add(NX_IP *ip_ptr, ULONG network_address, ULONG net_mask, ULONG next_hop);
UINT _nxe_ip_static_route_delete(NX_IP *ip_ptr, ULONG network_address, ULONG net_mask);
UINT _nx_ip_static_route_delete(NX_IP *ip_ptr, ULONG network_address, ULONG net_mask);
UINT _nxe_ip_interface_attach(NX_IP *ip_ptr, NETX_HOST_TEXT interface_name, ULONG ip_address, ULONG network_mask,
                              VOID (*ip_link_driver)(struct NX_IP_DRIVER_STRUCT *));
UINT _nx_ip_interface_attach(NX_IP *ip_ptr, NETX_HOST_TEXT interface_name, ULONG ip_address, ULONG network_mask,
                             VOID (*ip_link_driver)(struct NX_IP_DRIVER_STRUCT *));
UINT _nxe_ip_interface_detach(NX_IP *ip_ptr, UINT index);
UINT _nx_ip_interface_detach(NX_IP *ip_ptr, UINT index);
UINT _nxe_ip_interface_info_get(NX_IP *ip_ptr, UINT interface_index, CHAR **interface_name, ULONG *ip_address,
                                ULONG *network_mask, ULONG *mtu_size, ULONG *physical_address_msw,
                                ULONG *physical_address_lsw);
UINT _nx_ip_interface_info_get(NX_IP *ip_ptr, UINT interface_index, CHAR **interface_name, ULONG *ip_address,
                               ULONG *network_mask, ULONG *mtu_size, ULONG *physical_address_msw,
                               ULONG *physical_address_lsw);
UINT _nxe_ip_interface_address_get(NX_IP *ip_ptr, UINT interface_index, ULONG *ip_address, ULONG *network_mask);
UINT _nx_ip_interface_address_get(NX_IP *ip_ptr, UINT interface_index, ULONG *ip_address, ULONG *network_mask);
UINT _nxe_ip_interface_address_set(NX_IP *ip_ptr, UINT interface_index, ULONG ip_address, ULONG network_mask);
UINT _nx_ip_interface_address_set(NX_IP *ip_ptr, UINT interface_index, ULONG ip_address, ULONG network_mask);
UINT _nxe_ip_interface_mtu_set(NX_IP *ip_ptr, UINT interface_index, ULONG mtu_size);
UINT _nx_ip_interface_mtu_set(NX_IP *ip_ptr, UINT interface_index, ULONG mtu_size);
UINT _nxe_ip_interface_physical_address_get(NX_IP *ip_ptr, UINT interface_index, ULONG *physical_msw,
                                            ULONG *physical_lsw);
UINT _nx_ip_interface_physical_address_get(NX_IP *ip_ptr, UINT interface_index, ULONG *physical_msw,
                                           ULONG *physical_lsw);
UINT _nxe_ip_interface_physical_address_set(NX_IP *ip_ptr, UINT interface_index, ULONG physical_msw, ULONG physical_lsw,
                                            UINT update_driver);
UINT _nx_ip_interface_physical_address_set(NX_IP *ip_ptr, UINT interface_index, ULONG physical_msw, ULONG physical_lsw,
                                           UINT update_driver);
UINT _nxe_ip_interface_address_mapping_configure(NX_IP *ip_ptr, UINT interface_index, UINT mapping_needed);
UINT _nx_ip_interface_address_mapping_configure(NX_IP *ip_ptr, UINT interface_index, UINT mapping_needed);
UINT _nxe_ip_interface_capability_get(NX_IP *ip_ptr, UINT interface_index, ULONG *interface_capability_flag);
UINT _nx_ip_interface_capability_get(NX_IP *ip_ptr, UINT interface_index, ULONG *interface_capability_flag);
UINT _nxe_ip_interface_capability_set(NX_IP *ip_ptr, UINT interface_index, ULONG interface_capability_flag);
UINT _nx_ip_interface_capability_set(NX_IP *ip_ptr, UINT interface_index, ULONG interface_capability_flag);
UINT _nxe_ip_driver_direct_command(NX_IP *ip_ptr, UINT command, ULONG *return_value_ptr);
UINT _nx_ip_driver_direct_command(NX_IP *ip_ptr, UINT command, ULONG *return_value_ptr);
UINT _nxe_ip_driver_interface_direct_command(NX_IP *ip_ptr, UINT command, UINT interface_index,
                                             ULONG *return_value_ptr);
UINT _nx_ip_driver_interface_direct_command(NX_IP *ip_ptr, UINT command, UINT interface_index, ULONG *return_value_ptr);
UINT _nxe_ip_link_status_change_notify_set(NX_IP *ip_ptr,
                                           VOID (*link_status_change_notify)(NX_IP *ip_ptr, UINT interface_index, UINT link_up));
UINT _nx_ip_link_status_change_notify_set(NX_IP *ip_ptr,
                                          VOID (*link_status_change_notify)(NX_IP *ip_ptr, UINT interface_index, UINT link_up));
UINT _nxe_ip_fragment_enable(NX_IP *ip_ptr);
UINT _nx_ip_fragment_enable(NX_IP *ip_ptr);
UINT _nxe_ip_fragment_disable(NX_IP *ip_ptr);
UINT _nx_ip_fragment_disable(NX_IP *ip_ptr);
UINT _nxe_ip_forwarding_enable(NX_IP *ip_ptr);
UINT _nx_ip_forwarding_enable(NX_IP *ip_ptr);
UINT _nxe_ip_forwarding_disable(NX_IP *ip_ptr);
UINT _nx_ip_forwarding_disable(NX_IP *ip_ptr);
UINT _nxe_ip_max_payload_size_find(NX_IP *ip_ptr, NXD_ADDRESS *dest_address, UINT if_index, UINT src_port,
                                   UINT dest_port, ULONG protocol, ULONG *start_offset_ptr, ULONG *payload_length_ptr);
UINT _nx_ip_max_payload_size_find(NX_IP *ip_ptr, NXD_ADDRESS *dest_address, UINT if_index, UINT src_port,
                                  UINT dest_port, ULONG protocol, ULONG *start_offset_ptr, ULONG *payload_length_ptr);
UINT _nxe_ip_auxiliary_packet_pool_set(NX_IP *ip_ptr, NX_PACKET_POOL *auxiliary_pool);
UINT _nx_ip_auxiliary_packet_pool_set(NX_IP *ip_ptr, NX_PACKET_POOL *auxiliary_pool);
UINT _nxe_ip_raw_packet_enable(NX_IP *ip_ptr);
UINT _nx_ip_raw_packet_enable(NX_IP *ip_ptr);
UINT _nxe_ip_raw_packet_disable(NX_IP *ip_ptr);
UINT _nx_ip_raw_packet_disable(NX_IP *ip_ptr);
UINT _nxe_ip_raw_packet_send(NX_IP *ip_ptr, NX_PACKET **packet_ptr_ptr, ULONG destination_ip, ULONG type_of_service);
UINT _nx_ip_raw_packet_send(NX_IP *ip_ptr, NX_PACKET *packet_ptr, ULONG destination_ip, ULONG type_of_service);
UINT _nxe_ip_raw_packet_source_send(NX_IP *ip_ptr, NX_PACKET **packet_ptr_ptr, ULONG destination_ip, UINT address_index,
                                    ULONG type_of_service);
UINT _nx_ip_raw_packet_source_send(NX_IP *ip_ptr, NX_PACKET *packet_ptr, ULONG destination_ip, UINT address_index,
                                   ULONG type_of_service);
UINT _nxe_ip_raw_packet_receive(NX_IP *ip_ptr, NX_PACKET **packet_ptr, ULONG wait_option);
UINT _nx_ip_raw_packet_receive(NX_IP *ip_ptr, NX_PACKET **packet_ptr, ULONG wait_option);
UINT _nxe_ip_raw_packet_filter_set(NX_IP *ip_ptr, UINT (*raw_packet_filter)(NX_IP *, ULONG, NX_PACKET *));
UINT _nx_ip_raw_packet_filter_set(NX_IP *ip_ptr, UINT (*raw_packet_filter)(NX_IP *, ULONG, NX_PACKET *));
UINT _nxe_ip_raw_receive_queue_max_set(NX_IP *ip_ptr, ULONG queue_max);
UINT _nx_ip_raw_receive_queue_max_set(NX_IP *ip_ptr, ULONG queue_max);
UINT _nxde_ip_raw_packet_send(NX_IP *ip_ptr, NX_PACKET **packet_ptr_ptr, NXD_ADDRESS *destination_ip, ULONG protocol,
                              UINT ttl, ULONG tos);
UINT _nxd_ip_raw_packet_send(NX_IP *ip_ptr, NX_PACKET *packet_ptr, NXD_ADDRESS *destination_ip, ULONG protocol,
                             UINT ttl, ULONG tos);
UINT _nxde_ip_raw_packet_source_send(NX_IP *ip_ptr, NX_PACKET *packet_ptr, NXD_ADDRESS *destination_ip,
                                     UINT address_index, ULONG protocol, UINT ttl, ULONG tos);
UINT _nxd_ip_raw_packet_source_send(NX_IP *ip_ptr, NX_PACKET *packet_ptr, NXD_ADDRESS *destination_ip,
                                    UINT address_index, ULONG protocol, UINT ttl, ULONG tos);
UINT _nxde_ipv6_enable(NX_IP *ip_ptr);
UINT _nxd_ipv6_enable(NX_IP *ip_ptr);
UINT _nxde_ipv6_disable(NX_IP *ip_ptr);
UINT _nxd_ipv6_disable(NX_IP *ip_ptr);
UINT _nxde_ipv6_address_set(NX_IP *ip_ptr, UINT interface_index, NXD_ADDRESS *ip_address, ULONG prefix_length,
                            UINT *address_index);
UINT _nxd_ipv6_address_set(NX_IP *ip_ptr, UINT interface_index, NXD_ADDRESS *ip_address, ULONG prefix_length,
                           UINT *address_index);
UINT _nxde_ipv6_address_get(NX_IP *ip_ptr, UINT address_index, NXD_ADDRESS *ip_address, ULONG *prefix_length,
                            UINT *interface_index);
UINT _nxd_ipv6_address_get(NX_IP *ip_ptr, UINT address_index, NXD_ADDRESS *ip_address, ULONG *prefix_length,
                           UINT *interface_index);
UINT _nxde_ipv6_address_delete(NX_IP *ip_ptr, UINT address_index);
UINT _nxd_ipv6_address_delete(NX_IP *ip_ptr, UINT address_index);
UINT _nxde_ipv6_default_router_add(NX_IP *ip_ptr, NXD_ADDRESS *router_addr, ULONG router_lifetime,
                                   UINT interface_index);
UINT _nxd_ipv6_default_router_add(NX_IP *ip_ptr, NXD_ADDRESS *router_addr, ULONG router_lifetime, UINT interface_index);
UINT _nxde_ipv6_default_router_delete(NX_IP *ip_ptr, NXD_ADDRESS *router_addr);
UINT _nxd_ipv6_default_router_delete(NX_IP *ip_ptr, NXD_ADDRESS *router_addr);
UINT _nxde_ipv6_default_router_get(NX_IP *ip_ptr, UINT interface_index, NXD_ADDRESS *router_addr,
                                   ULONG *router_lifetime, ULONG *prefix_length);
UINT _nxd_ipv6_default_router_get(NX_IP *ip_ptr, UINT interface_index, NXD_ADDRESS *router_addr, ULONG *router_lifetime,
                                  ULONG *prefix_length);
UINT _nxde_ipv6_address_change_notify(NX_IP *ip_ptr,
                                      VOID (*ip_address_change_notify)(NX_IP *ip_ptr, UINT status, UINT interface_index, UINT address_index, ULONG *ip_address));
UINT _nxd_ipv6_address_change_notify(NX_IP *ip_ptr,
                                     VOID (*ip_address_change_notify)(NX_IP *ip_ptr, UINT status, UINT interface_index, UINT address_index, ULONG *ip_address));
UINT _nxde_nd_cache_entry_set(NX_IP *ip_ptr, ULONG *dest_ip, UINT interface_index, NETX_HOST_TEXT mac);
UINT _nxd_nd_cache_entry_set(NX_IP *ip_ptr, ULONG *dest_ip, UINT interface_index, NETX_HOST_TEXT mac);
UINT _nxde_nd_cache_entry_delete(NX_IP *ip_ptr, ULONG *dest_ip);
UINT _nxd_nd_cache_entry_delete(NX_IP *ip_ptr, ULONG *dest_ip);
UINT _nxde_nd_cache_hardware_address_find(NX_IP *ip_ptr, NXD_ADDRESS *ip_address, ULONG *physical_msw,
                                          ULONG *physical_lsw, UINT *interface_index);
UINT _nxd_nd_cache_hardware_address_find(NX_IP *ip_ptr, NXD_ADDRESS *ip_address, ULONG *physical_msw,
                                         ULONG *physical_lsw, UINT *interface_index);
UINT _nxde_nd_cache_ip_address_find(NX_IP *ip_ptr, NXD_ADDRESS *ip_address, ULONG physical_msw, ULONG physical_lsw,
                                    UINT *interface_index);
UINT _nxd_nd_cache_ip_address_find(NX_IP *ip_ptr, NXD_ADDRESS *ip_address, ULONG physical_msw, ULONG physical_lsw,
                                   UINT *interface_index);
UINT _nxde_nd_cache_invalidate(NX_IP *ip_ptr);
UINT _nxd_nd_cache_invalidate(NX_IP *ip_ptr);
UINT _nxe_icmp_enable(NX_IP *ip_ptr);
UINT _nx_icmp_enable(NX_IP *ip_ptr);
UINT _nxe_icmp_ping(NX_IP *ip_ptr, ULONG ip_address, NETX_HOST_TEXT data, ULONG data_size, NX_PACKET **response_ptr,
                    ULONG wait_option);
UINT _nx_icmp_ping(NX_IP *ip_ptr, ULONG ip_address, NETX_HOST_TEXT data, ULONG data_size, NX_PACKET **response_ptr,
                   ULONG wait_option);
UINT _nxe_icmp_info_get(NX_IP *ip_ptr, ULONG *pings_sent, ULONG *ping_timeouts, ULONG *ping_threads_suspended,
                        ULONG *ping_responses_received, ULONG *icmp_checksum_errors, ULONG *icmp_unhandled_messages);
UINT _nx_icmp_info_get(NX_IP *ip_ptr, ULONG *pings_sent, ULONG *ping_timeouts, ULONG *ping_threads_suspended,
                       ULONG *ping_responses_received, ULONG *icmp_checksum_errors, ULONG *icmp_unhandled_messages);
UINT _nxde_icmp_enable(NX_IP *ip_ptr);
UINT _nxd_icmp_enable(NX_IP *ip_ptr);
UINT _nxde_icmp_ping(NX_IP *ip_ptr, NXD_ADDRESS *ip_address, NETX_HOST_TEXT data_ptr, ULONG data_size,
                     NX_PACKET **response_ptr, ULONG wait_option);
UINT _nxd_icmp_ping(NX_IP *ip_ptr, NXD_ADDRESS *ip_address, NETX_HOST_TEXT data_ptr, ULONG data_size,
                    NX_PACKET **response_ptr, ULONG wait_option);
UINT _nxde_icmp_source_ping(NX_IP *ip_ptr, NXD_ADDRESS *ip_address, UINT address_index, NETX_HOST_TEXT data_ptr,
                            ULONG data_size, NX_PACKET **response_ptr, ULONG wait_option);
UINT _nxd_icmp_source_ping(NX_IP *ip_ptr, NXD_ADDRESS *ip_address, UINT address_index, NETX_HOST_TEXT data_ptr,
                           ULONG data_size, NX_PACKET **response_ptr, ULONG wait_option);
UINT _nxe_arp_enable(NX_IP *ip_ptr, VOID *arp_cache_memory, ULONG arp_cache_size);
UINT _nx_arp_enable(NX_IP *ip_ptr, VOID *arp_cache_memory, ULONG arp_cache_size);
UINT _nxe_arp_static_entry_create(NX_IP *ip_ptr, ULONG ip_address, ULONG physical_msw, ULONG physical_lsw);
UINT _nx_arp_static_entry_create(NX_IP *ip_ptr, ULONG ip_address, ULONG physical_msw, ULONG physical_lsw);
UINT _nxe_arp_static_entry_delete(NX_IP *ip_ptr, ULONG ip_address, ULONG physical_msw, ULONG physical_lsw);
UINT _nx_arp_static_entry_delete(NX_IP *ip_ptr, ULONG ip_address, ULONG physical_msw, ULONG physical_lsw);
UINT _nxe_arp_static_entries_delete(NX_IP *ip_ptr);
UINT _nx_arp_static_entries_delete(NX_IP *ip_ptr);
UINT _nxe_arp_dynamic_entry_set(NX_IP *ip_ptr, ULONG ip_address, ULONG physical_msw, ULONG physical_lsw);
UINT _nx_arp_dynamic_entry_set(NX_IP *ip_ptr, ULONG ip_address, ULONG physical_msw, ULONG physical_lsw);
UINT _nxe_arp_dynamic_entries_invalidate(NX_IP *ip_ptr);
UINT _nx_arp_dynamic_entries_invalidate(NX_IP *ip_ptr);
UINT _nxe_arp_entry_delete(NX_IP *ip_ptr, ULONG ip_address);
UINT _nx_arp_entry_delete(NX_IP *ip_ptr, ULONG ip_address);
UINT _nxe_arp_info_get(NX_IP *ip_ptr, ULONG *arp_requests_sent, ULONG *arp_requests_received, ULONG *arp_responses_sent,
                       ULONG *arp_responses_received, ULONG *arp_dynamic_entries, ULONG *arp_static_entries,
                       ULONG *arp_aged_entries, ULONG *arp_invalid_messages);
UINT _nx_arp_info_get(NX_IP *ip_ptr, ULONG *arp_requests_sent, ULONG *arp_requests_received, ULONG *arp_responses_sent,
                      ULONG *arp_responses_received, ULONG *arp_dynamic_entries, ULONG *arp_static_entries,
                      ULONG *arp_aged_entries, ULONG *arp_invalid_messages);
UINT _nxe_arp_gratuitous_send(NX_IP *ip_ptr, VOID (*response_handler)(NX_IP *ip_ptr, NX_PACKET *packet_ptr));
UINT _nx_arp_gratuitous_send(NX_IP *ip_ptr, VOID (*response_handler)(NX_IP *ip_ptr, NX_PACKET *packet_ptr));
UINT _nxe_arp_hardware_address_find(NX_IP *ip_ptr, ULONG ip_address, ULONG *physical_msw, ULONG *physical_lsw);
UINT _nx_arp_hardware_address_find(NX_IP *ip_ptr, ULONG ip_address, ULONG *physical_msw, ULONG *physical_lsw);
UINT _nxe_arp_ip_address_find(NX_IP *ip_ptr, ULONG *ip_address, ULONG physical_msw, ULONG physical_lsw);
UINT _nx_arp_ip_address_find(NX_IP *ip_ptr, ULONG *ip_address, ULONG physical_msw, ULONG physical_lsw);
UINT _nxe_tcp_enable(NX_IP *ip_ptr);
UINT _nx_tcp_enable(NX_IP *ip_ptr);
UINT _nxe_tcp_info_get(NX_IP *ip_ptr, ULONG *tcp_packets_sent, ULONG *tcp_bytes_sent, ULONG *tcp_packets_received,
                       ULONG *tcp_bytes_received, ULONG *tcp_invalid_packets, ULONG *tcp_receive_packets_dropped,
                       ULONG *tcp_checksum_errors, ULONG *tcp_connections, ULONG *tcp_disconnections,
                       ULONG *tcp_connections_dropped, ULONG *tcp_retransmit_packets);
UINT _nx_tcp_info_get(NX_IP *ip_ptr, ULONG *tcp_packets_sent, ULONG *tcp_bytes_sent, ULONG *tcp_packets_received,
                      ULONG *tcp_bytes_received, ULONG *tcp_invalid_packets, ULONG *tcp_receive_packets_dropped,
                      ULONG *tcp_checksum_errors, ULONG *tcp_connections, ULONG *tcp_disconnections,
                      ULONG *tcp_connections_dropped, ULONG *tcp_retransmit_packets);
UINT _nxe_tcp_free_port_find(NX_IP *ip_ptr, UINT port, UINT *free_port_ptr);
UINT _nx_tcp_free_port_find(NX_IP *ip_ptr, UINT port, UINT *free_port_ptr);
UINT _nxe_tcp_client_socket_bind(NX_TCP_SOCKET *socket_ptr, UINT port, ULONG wait_option);
UINT _nx_tcp_client_socket_bind(NX_TCP_SOCKET *socket_ptr, UINT port, ULONG wait_option);
UINT _nxe_tcp_client_socket_unbind(NX_TCP_SOCKET *socket_ptr);
UINT _nx_tcp_client_socket_unbind(NX_TCP_SOCKET *socket_ptr);
UINT _nxe_tcp_client_socket_port_get(NX_TCP_SOCKET *socket_ptr, UINT *port_ptr);
UINT _nx_tcp_client_socket_port_get(NX_TCP_SOCKET *socket_ptr, UINT *port_ptr);
UINT _nxe_tcp_client_socket_connect(NX_TCP_SOCKET *socket_ptr, ULONG server_ip, UINT server_port, ULONG wait_option);
UINT _nx_tcp_client_socket_connect(NX_TCP_SOCKET *socket_ptr, ULONG server_ip, UINT server_port, ULONG wait_option);
UINT _nxde_tcp_client_socket_connect(NX_TCP_SOCKET *socket_ptr, NXD_ADDRESS *server_ip, UINT server_port,
                                     ULONG wait_option);
UINT _nxd_tcp_client_socket_connect(NX_TCP_SOCKET *socket_ptr, NXD_ADDRESS *server_ip, UINT server_port,
                                    ULONG wait_option);
UINT _nxe_tcp_server_socket_listen(NX_IP *ip_ptr, UINT port, NX_TCP_SOCKET *socket_ptr, UINT listen_queue_size,
                                   VOID (*tcp_listen_callback)(NX_TCP_SOCKET *socket_ptr, UINT port));
UINT _nx_tcp_server_socket_listen(NX_IP *ip_ptr, UINT port, NX_TCP_SOCKET *socket_ptr, UINT listen_queue_size,
                                  VOID (*tcp_listen_callback)(NX_TCP_SOCKET *socket_ptr, UINT port));
UINT _nxe_tcp_server_socket_unlisten(NX_IP *ip_ptr, UINT port);
UINT _nx_tcp_server_socket_unlisten(NX_IP *ip_ptr, UINT port);
UINT _nxe_tcp_server_socket_accept(NX_TCP_SOCKET *socket_ptr, ULONG wait_option);
UINT _nx_tcp_server_socket_accept(NX_TCP_SOCKET *socket_ptr, ULONG wait_option);
UINT _nxe_tcp_server_socket_unaccept(NX_TCP_SOCKET *socket_ptr);
UINT _nx_tcp_server_socket_unaccept(NX_TCP_SOCKET *socket_ptr);
UINT _nxe_tcp_server_socket_relisten(NX_IP *ip_ptr, UINT port, NX_TCP_SOCKET *socket_ptr);
UINT _nx_tcp_server_socket_relisten(NX_IP *ip_ptr, UINT port, NX_TCP_SOCKET *socket_ptr);
UINT _nxe_tcp_socket_create(NX_IP *ip_ptr, NX_TCP_SOCKET *socket_ptr, NETX_HOST_TEXT name, ULONG type_of_service,
                            ULONG fragment, UINT time_to_live, ULONG window_size,
                            VOID (*tcp_urgent_data_callback)(NX_TCP_SOCKET *socket_ptr),
                            VOID (*tcp_disconnect_callback)(NX_TCP_SOCKET *socket_ptr), UINT nx_tcp_socket_size);
UINT _nx_tcp_socket_create(NX_IP *ip_ptr, NX_TCP_SOCKET *socket_ptr, NETX_HOST_TEXT name, ULONG type_of_service,
                           ULONG fragment, UINT time_to_live, ULONG window_size,
                           VOID (*tcp_urgent_data_callback)(NX_TCP_SOCKET *socket_ptr),
                           VOID (*tcp_disconnect_callback)(NX_TCP_SOCKET *socket_ptr));
UINT _nxe_tcp_socket_delete(NX_TCP_SOCKET *socket_ptr);
UINT _nx_tcp_socket_delete(NX_TCP_SOCKET *socket_ptr);
UINT _nxe_tcp_socket_send(NX_TCP_SOCKET *socket_ptr, NX_PACKET **packet_ptr_ptr, ULONG wait_option);
UINT _nx_tcp_socket_send(NX_TCP_SOCKET *socket_ptr, NX_PACKET *packet_ptr, ULONG wait_option);
UINT _nxe_tcp_socket_receive(NX_TCP_SOCKET *socket_ptr, NX_PACKET **packet_ptr, ULONG wait_option);
UINT _nx_tcp_socket_receive(NX_TCP_SOCKET *socket_ptr, NX_PACKET **packet_ptr, ULONG wait_option);
UINT _nxe_tcp_socket_receive_notify(NX_TCP_SOCKET *socket_ptr, VOID (*tcp_receive_notify)(NX_TCP_SOCKET *));
UINT _nx_tcp_socket_receive_notify(NX_TCP_SOCKET *socket_ptr, VOID (*tcp_receive_notify)(NX_TCP_SOCKET *));
UINT _nxe_tcp_socket_disconnect(NX_TCP_SOCKET *socket_ptr, ULONG wait_option);
UINT _nx_tcp_socket_disconnect(NX_TCP_SOCKET *socket_ptr, ULONG wait_option);
UINT _nxe_tcp_socket_state_wait(NX_TCP_SOCKET *socket_ptr, UINT desired_state, ULONG wait_option);
UINT _nx_tcp_socket_state_wait(NX_TCP_SOCKET *socket_ptr, UINT desired_state, ULONG wait_option);
UINT _nxe_tcp_socket_info_get(NX_TCP_SOCKET *socket_ptr, ULONG *tcp_packets_sent, ULONG *tcp_bytes_sent,
                              ULONG *tcp_packets_received, ULONG *tcp_bytes_received, ULONG *tcp_retransmit_packets,
                              ULONG *tcp_packets_queued, ULONG *tcp_checksum_errors, ULONG *tcp_socket_state,
                              ULONG *tcp_transmit_queue_depth, ULONG *tcp_transmit_window, ULONG *tcp_receive_window);
UINT _nx_tcp_socket_info_get(NX_TCP_SOCKET *socket_ptr, ULONG *tcp_packets_sent, ULONG *tcp_bytes_sent,
                             ULONG *tcp_packets_received, ULONG *tcp_bytes_received, ULONG *tcp_retransmit_packets,
                             ULONG *tcp_packets_queued, ULONG *tcp_checksum_errors, ULONG *tcp_socket_state,
                             ULONG *tcp_transmit_queue_depth, ULONG *tcp_transmit_window, ULONG *tcp_receive_window);
UINT _nxe_tcp_socket_bytes_available(NX_TCP_SOCKET *socket_ptr, ULONG *bytes_available);
UINT _nx_tcp_socket_bytes_available(NX_TCP_SOCKET *socket_ptr, ULONG *bytes_available);
UINT _nxe_tcp_socket_mss_get(NX_TCP_SOCKET *socket_ptr, ULONG *mss);
UINT _nx_tcp_socket_mss_get(NX_TCP_SOCKET *socket_ptr, ULONG *mss);
UINT _nxe_tcp_socket_mss_set(NX_TCP_SOCKET *socket_ptr, ULONG mss);
UINT _nx_tcp_socket_mss_set(NX_TCP_SOCKET *socket_ptr, ULONG mss);
UINT _nxe_tcp_socket_mss_peer_get(NX_TCP_SOCKET *socket_ptr, ULONG *peer_mss);
UINT _nx_tcp_socket_mss_peer_get(NX_TCP_SOCKET *socket_ptr, ULONG *peer_mss);
UINT _nxe_tcp_socket_peer_info_get(NX_TCP_SOCKET *socket_ptr, ULONG *peer_ip_address, ULONG *peer_port);
UINT _nx_tcp_socket_peer_info_get(NX_TCP_SOCKET *socket_ptr, ULONG *peer_ip_address, ULONG *peer_port);
UINT _nxde_tcp_socket_peer_info_get(NX_TCP_SOCKET *socket_ptr, NXD_ADDRESS *peer_ip_address, ULONG *peer_port);
UINT _nxd_tcp_socket_peer_info_get(NX_TCP_SOCKET *socket_ptr, NXD_ADDRESS *peer_ip_address, ULONG *peer_port);
UINT _nxe_tcp_socket_timed_wait_callback(NX_TCP_SOCKET *socket_ptr, VOID (*tcp_timed_wait_callback)(NX_TCP_SOCKET *));
UINT _nx_tcp_socket_timed_wait_callback(NX_TCP_SOCKET *socket_ptr, VOID (*tcp_timed_wait_callback)(NX_TCP_SOCKET *));
UINT _nxe_tcp_socket_disconnect_complete_notify(NX_TCP_SOCKET *socket_ptr,
                                                VOID (*tcp_disconnect_complete_notify)(NX_TCP_SOCKET *));
UINT _nx_tcp_socket_disconnect_complete_notify(NX_TCP_SOCKET *socket_ptr,
                                               VOID (*tcp_disconnect_complete_notify)(NX_TCP_SOCKET *));
UINT _nxe_tcp_socket_establish_notify(NX_TCP_SOCKET *socket_ptr, VOID (*tcp_establish_notify)(NX_TCP_SOCKET *));
UINT _nx_tcp_socket_establish_notify(NX_TCP_SOCKET *socket_ptr, VOID (*tcp_establish_notify)(NX_TCP_SOCKET *));
UINT _nxe_tcp_socket_window_update_notify_set(NX_TCP_SOCKET *socket_ptr,
                                              VOID (*tcp_window_update_notify)(NX_TCP_SOCKET *));
UINT _nx_tcp_socket_window_update_notify_set(NX_TCP_SOCKET *socket_ptr,
                                             VOID (*tcp_window_update_notify)(NX_TCP_SOCKET *));
UINT _nxe_tcp_socket_transmit_configure(NX_TCP_SOCKET *socket_ptr, ULONG max_queue_depth, ULONG timeout,
                                        ULONG max_retries, ULONG timeout_shift);
UINT _nx_tcp_socket_transmit_configure(NX_TCP_SOCKET *socket_ptr, ULONG max_queue_depth, ULONG timeout,
                                       ULONG max_retries, ULONG timeout_shift);
UINT _nxe_tcp_socket_receive_queue_max_set(NX_TCP_SOCKET *socket_ptr, UINT receive_queue_maximum);
UINT _nx_tcp_socket_receive_queue_max_set(NX_TCP_SOCKET *socket_ptr, UINT receive_queue_maximum);
UINT _nxe_tcp_socket_queue_depth_notify_set(NX_TCP_SOCKET *socket_ptr,
                                            VOID (*tcp_socket_queue_depth_notify)(NX_TCP_SOCKET *));
UINT _nx_tcp_socket_queue_depth_notify_set(NX_TCP_SOCKET *socket_ptr,
                                           VOID (*tcp_socket_queue_depth_notify)(NX_TCP_SOCKET *));
UINT _nxe_udp_enable(NX_IP *ip_ptr);
UINT _nx_udp_enable(NX_IP *ip_ptr);
UINT _nxe_udp_info_get(NX_IP *ip_ptr, ULONG *udp_packets_sent, ULONG *udp_bytes_sent, ULONG *udp_packets_received,
                       ULONG *udp_bytes_received, ULONG *udp_invalid_packets, ULONG *udp_receive_packets_dropped,
                       ULONG *udp_checksum_errors);
UINT _nx_udp_info_get(NX_IP *ip_ptr, ULONG *udp_packets_sent, ULONG *udp_bytes_sent, ULONG *udp_packets_received,
                      ULONG *udp_bytes_received, ULONG *udp_invalid_packets, ULONG *udp_receive_packets_dropped,
                      ULONG *udp_checksum_errors);
UINT _nxe_udp_free_port_find(NX_IP *ip_ptr, UINT port, UINT *free_port_ptr);
UINT _nx_udp_free_port_find(NX_IP *ip_ptr, UINT port, UINT *free_port_ptr);
UINT _nxe_udp_socket_create(NX_IP *ip_ptr, NX_UDP_SOCKET *socket_ptr, NETX_HOST_TEXT name, ULONG type_of_service,
                            ULONG fragment, UINT time_to_live, ULONG queue_maximum, UINT nx_udp_socket_size);
UINT _nx_udp_socket_create(NX_IP *ip_ptr, NX_UDP_SOCKET *socket_ptr, NETX_HOST_TEXT name, ULONG type_of_service,
                           ULONG fragment, UINT time_to_live, ULONG queue_maximum);
UINT _nxe_udp_socket_delete(NX_UDP_SOCKET *socket_ptr);
UINT _nx_udp_socket_delete(NX_UDP_SOCKET *socket_ptr);
UINT _nxe_udp_socket_bind(NX_UDP_SOCKET *socket_ptr, UINT port, ULONG wait_option);
UINT _nx_udp_socket_bind(NX_UDP_SOCKET *socket_ptr, UINT port, ULONG wait_option);
UINT _nxe_udp_socket_unbind(NX_UDP_SOCKET *socket_ptr);
UINT _nx_udp_socket_unbind(NX_UDP_SOCKET *socket_ptr);
UINT _nxe_udp_socket_port_get(NX_UDP_SOCKET *socket_ptr, UINT *port_ptr);
UINT _nx_udp_socket_port_get(NX_UDP_SOCKET *socket_ptr, UINT *port_ptr);
UINT _nxe_udp_socket_send(NX_UDP_SOCKET *socket_ptr, NX_PACKET **packet_ptr_ptr, ULONG ip_address, UINT port);
UINT _nx_udp_socket_send(NX_UDP_SOCKET *socket_ptr, NX_PACKET *packet_ptr, ULONG ip_address, UINT port);
UINT _nxe_udp_socket_source_send(NX_UDP_SOCKET *socket_ptr, NX_PACKET **packet_ptr_ptr, ULONG ip_address, UINT port,
                                 UINT address_index);
UINT _nx_udp_socket_source_send(NX_UDP_SOCKET *socket_ptr, NX_PACKET *packet_ptr, ULONG ip_address, UINT port,
                                UINT address_index);
UINT _nxde_udp_socket_send(NX_UDP_SOCKET *socket_ptr, NX_PACKET **packet_ptr_ptr, NXD_ADDRESS *ip_address, UINT port);
UINT _nxd_udp_socket_send(NX_UDP_SOCKET *socket_ptr, NX_PACKET *packet_ptr, NXD_ADDRESS *ip_address, UINT port);
UINT _nxde_udp_socket_source_send(NX_UDP_SOCKET *socket_ptr, NX_PACKET *packet_ptr, NXD_ADDRESS *ip_address, UINT port,
                                  UINT address_index);
UINT _nxd_udp_socket_source_send(NX_UDP_SOCKET *socket_ptr, NX_PACKET *packet_ptr, NXD_ADDRESS *ip_address, UINT port,
                                 UINT address_index);
UINT _nxe_udp_socket_receive(NX_UDP_SOCKET *socket_ptr, NX_PACKET **packet_ptr, ULONG wait_option);
UINT _nx_udp_socket_receive(NX_UDP_SOCKET *socket_ptr, NX_PACKET **packet_ptr, ULONG wait_option);
UINT _nxe_udp_socket_receive_notify(NX_UDP_SOCKET *socket_ptr, VOID (*udp_receive_notify)(NX_UDP_SOCKET *));
UINT _nx_udp_socket_receive_notify(NX_UDP_SOCKET *socket_ptr, VOID (*udp_receive_notify)(NX_UDP_SOCKET *));
UINT _nxe_udp_socket_info_get(NX_UDP_SOCKET *socket_ptr, ULONG *udp_packets_sent, ULONG *udp_bytes_sent,
                              ULONG *udp_packets_received, ULONG *udp_bytes_received, ULONG *udp_packets_queued,
                              ULONG *udp_receive_packets_dropped, ULONG *udp_checksum_errors);
UINT _nx_udp_socket_info_get(NX_UDP_SOCKET *socket_ptr, ULONG *udp_packets_sent, ULONG *udp_bytes_sent,
                             ULONG *udp_packets_received, ULONG *udp_bytes_received, ULONG *udp_packets_queued,
                             ULONG *udp_receive_packets_dropped, ULONG *udp_checksum_errors);
UINT _nxe_udp_socket_bytes_available(NX_UDP_SOCKET *socket_ptr, ULONG *bytes_available);
UINT _nx_udp_socket_bytes_available(NX_UDP_SOCKET *socket_ptr, ULONG *bytes_available);
UINT _nxe_udp_socket_checksum_enable(NX_UDP_SOCKET *socket_ptr);
UINT _nx_udp_socket_checksum_enable(NX_UDP_SOCKET *socket_ptr);
UINT _nxe_udp_socket_checksum_disable(NX_UDP_SOCKET *socket_ptr);
UINT _nx_udp_socket_checksum_disable(NX_UDP_SOCKET *socket_ptr);
UINT _nxe_udp_source_extract(NX_PACKET *packet_ptr, ULONG *ip_address, UINT *port);
UINT _nx_udp_source_extract(NX_PACKET *packet_ptr, ULONG *ip_address, UINT *port);
UINT _nxde_udp_source_extract(NX_PACKET *packet_ptr, NXD_ADDRESS *ip_address, UINT *port);
UINT _nxd_udp_source_extract(NX_PACKET *packet_ptr, NXD_ADDRESS *ip_address, UINT *port);
UINT _nxe_udp_packet_info_extract(NX_PACKET *packet_ptr, ULONG *ip_address, UINT *protocol, UINT *port,
                                  UINT *interface_index);
UINT _nx_udp_packet_info_extract(NX_PACKET *packet_ptr, ULONG *ip_address, UINT *protocol, UINT *port,
                                 UINT *interface_index);
UINT _nxde_udp_packet_info_extract(NX_PACKET *packet_ptr, NXD_ADDRESS *ip_address, UINT *protocol, UINT *port,
                                   UINT *interface_index);
UINT _nxd_udp_packet_info_extract(NX_PACKET *packet_ptr, NXD_ADDRESS *ip_address, UINT *protocol, UINT *port,
                                  UINT *interface_index);
VOID _nx_ip_packet_receive(NX_IP *ip_ptr, NX_PACKET *packet_ptr);
VOID _nx_ip_packet_deferred_receive(NX_IP *ip_ptr, NX_PACKET *packet_ptr);
VOID _nx_arp_packet_receive(NX_IP *ip_ptr, NX_PACKET *packet_ptr);
VOID _nx_arp_packet_deferred_receive(NX_IP *ip_ptr, NX_PACKET *packet_ptr);
VOID _nx_rarp_packet_receive(NX_IP *ip_ptr, NX_PACKET *packet_ptr);
VOID _nx_rarp_packet_deferred_receive(NX_IP *ip_ptr, NX_PACKET *packet_ptr);
VOID _nx_ip_driver_deferred_processing(NX_IP *ip_ptr);
VOID _nx_ip_driver_link_status_event(NX_IP *ip_ptr, UINT interface_index);
UINT _nxe_igmp_enable(NX_IP *ip_ptr);
UINT _nx_igmp_enable(NX_IP *ip_ptr);
UINT _nxe_igmp_info_get(NX_IP *ip_ptr, ULONG *igmp_reports_sent, ULONG *igmp_queries_received,
                        ULONG *igmp_checksum_errors, ULONG *current_groups_joined);
UINT _nx_igmp_info_get(NX_IP *ip_ptr, ULONG *igmp_reports_sent, ULONG *igmp_queries_received,
                       ULONG *igmp_checksum_errors, ULONG *current_groups_joined);
UINT _nxe_igmp_loopback_enable(NX_IP *ip_ptr);
UINT _nx_igmp_loopback_enable(NX_IP *ip_ptr);
UINT _nxe_igmp_loopback_disable(NX_IP *ip_ptr);
UINT _nx_igmp_loopback_disable(NX_IP *ip_ptr);
UINT _nxe_igmp_multicast_join(NX_IP *ip_ptr, ULONG group_address);
UINT _nx_igmp_multicast_join(NX_IP *ip_ptr, ULONG group_address);
UINT _nxe_igmp_multicast_interface_join(NX_IP *ip_ptr, ULONG group_address, UINT interface_index);
UINT _nx_igmp_multicast_interface_join(NX_IP *ip_ptr, ULONG group_address, UINT interface_index);
UINT _nxe_igmp_multicast_leave(NX_IP *ip_ptr, ULONG group_address);
UINT _nx_igmp_multicast_leave(NX_IP *ip_ptr, ULONG group_address);
UINT _nxe_igmp_multicast_interface_leave(NX_IP *ip_ptr, ULONG group_address, UINT interface_index);
UINT _nx_igmp_multicast_interface_leave(NX_IP *ip_ptr, ULONG group_address, UINT interface_index);
UINT _nxe_ipv4_multicast_interface_join(NX_IP *ip_ptr, ULONG group_address, UINT interface_index);
UINT _nx_ipv4_multicast_interface_join(NX_IP *ip_ptr, ULONG group_address, UINT interface_index);
UINT _nxe_ipv4_multicast_interface_leave(NX_IP *ip_ptr, ULONG group_address, UINT interface_index);
UINT _nx_ipv4_multicast_interface_leave(NX_IP *ip_ptr, ULONG group_address, UINT interface_index);
UINT _nxd_icmpv6_ra_flag_callback_set(NX_IP *ip_ptr, VOID (*ra_callback)(NX_IP *ip_ptr, UINT ra_flag));
UINT _nxde_ipv6_multicast_interface_join(NX_IP *ip_ptr, NXD_ADDRESS *group_address, UINT interface_index);
UINT _nxd_ipv6_multicast_interface_join(NX_IP *ip_ptr, NXD_ADDRESS *group_address, UINT interface_index);
UINT _nxde_ipv6_multicast_interface_leave(NX_IP *ip_ptr, NXD_ADDRESS *group_address, UINT interface_index);
UINT _nxd_ipv6_multicast_interface_leave(NX_IP *ip_ptr, NXD_ADDRESS *group_address, UINT interface_index);

#ifdef NX_DISABLE_ERROR_CHECKING
#define nx_packet_pool_create                   _nx_packet_pool_create
#define nx_packet_pool_delete                   _nx_packet_pool_delete
#define nx_packet_pool_info_get                 _nx_packet_pool_info_get
#define nx_packet_pool_low_watermark_set        _nx_packet_pool_low_watermark_set
#define nx_packet_allocate                      _nx_packet_allocate
#define nx_packet_release                       _nx_packet_release
#define nx_packet_transmit_release              _nx_packet_transmit_release
#define nx_packet_data_append                   _nx_packet_data_append
#define nx_packet_data_retrieve                 _nx_packet_data_retrieve
#define nx_packet_data_extract_offset           _nx_packet_data_extract_offset
#define nx_packet_copy                          _nx_packet_copy
#define nx_packet_length_get                    _nx_packet_length_get
#define nx_packet_data_adjust                   _nx_packet_data_adjust
#define nx_packet_debug_info_get                _nx_packet_debug_info_get
#define nx_system_initialize                    _nx_system_initialize
#define nx_ip_create                            _nx_ip_create
#define nx_ip_delete                            _nx_ip_delete
#define nx_ip_info_get                          _nx_ip_info_get
#define nx_ip_status_check                      _nx_ip_status_check
#define nx_ip_interface_status_check            _nx_ip_interface_status_check
#define nx_ip_address_get                       _nx_ip_address_get
#define nx_ip_address_set                       _nx_ip_address_set
#define nx_ip_address_change_notify             _nx_ip_address_change_notify
#define nx_ip_gateway_address_set               _nx_ip_gateway_address_set
#define nx_ip_gateway_address_get               _nx_ip_gateway_address_get
#define nx_ip_gateway_address_clear             _nx_ip_gateway_address_clear
#define nx_ip_static_route_add                  _nx_ip_static_route_add
#define nx_ip_static_route_delete               _nx_ip_static_route_delete
#define nx_ip_interface_attach                  _nx_ip_interface_attach
#define nx_ip_interface_detach                  _nx_ip_interface_detach
#define nx_ip_interface_info_get                _nx_ip_interface_info_get
#define nx_ip_interface_address_get             _nx_ip_interface_address_get
#define nx_ip_interface_address_set             _nx_ip_interface_address_set
#define nx_ip_interface_mtu_set                 _nx_ip_interface_mtu_set
#define nx_ip_interface_physical_address_get    _nx_ip_interface_physical_address_get
#define nx_ip_interface_physical_address_set    _nx_ip_interface_physical_address_set
#define nx_ip_interface_address_mapping_configure _nx_ip_interface_address_mapping_configure
#define nx_ip_interface_capability_get          _nx_ip_interface_capability_get
#define nx_ip_interface_capability_set          _nx_ip_interface_capability_set
#define nx_ip_driver_direct_command             _nx_ip_driver_direct_command
#define nx_ip_driver_interface_direct_command   _nx_ip_driver_interface_direct_command
#define nx_ip_link_status_change_notify_set     _nx_ip_link_status_change_notify_set
#define nx_ip_fragment_enable                   _nx_ip_fragment_enable
#define nx_ip_fragment_disable                  _nx_ip_fragment_disable
#define nx_ip_forwarding_enable                 _nx_ip_forwarding_enable
#define nx_ip_forwarding_disable                _nx_ip_forwarding_disable
#define nx_ip_max_payload_size_find             _nx_ip_max_payload_size_find
#define nx_ip_auxiliary_packet_pool_set         _nx_ip_auxiliary_packet_pool_set
#define nx_ip_raw_packet_enable                 _nx_ip_raw_packet_enable
#define nx_ip_raw_packet_disable                _nx_ip_raw_packet_disable
#define nx_ip_raw_packet_send                   _nx_ip_raw_packet_send
#define nx_ip_raw_packet_source_send            _nx_ip_raw_packet_source_send
#define nx_ip_raw_packet_receive                _nx_ip_raw_packet_receive
#define nx_ip_raw_packet_filter_set             _nx_ip_raw_packet_filter_set
#define nx_ip_raw_receive_queue_max_set         _nx_ip_raw_receive_queue_max_set
#define nxd_ip_raw_packet_send                  _nxd_ip_raw_packet_send
#define nxd_ip_raw_packet_source_send           _nxd_ip_raw_packet_source_send
#define nxd_ipv6_enable                         _nxd_ipv6_enable
#define nxd_ipv6_disable                        _nxd_ipv6_disable
#define nxd_ipv6_address_set                    _nxd_ipv6_address_set
#define nxd_ipv6_address_get                    _nxd_ipv6_address_get
#define nxd_ipv6_address_delete                 _nxd_ipv6_address_delete
#define nxd_ipv6_default_router_add             _nxd_ipv6_default_router_add
#define nxd_ipv6_default_router_delete          _nxd_ipv6_default_router_delete
#define nxd_ipv6_default_router_get             _nxd_ipv6_default_router_get
#define nxd_ipv6_address_change_notify          _nxd_ipv6_address_change_notify
#define nxd_nd_cache_entry_set                  _nxd_nd_cache_entry_set
#define nxd_nd_cache_entry_delete               _nxd_nd_cache_entry_delete
#define nxd_nd_cache_hardware_address_find      _nxd_nd_cache_hardware_address_find
#define nxd_nd_cache_ip_address_find            _nxd_nd_cache_ip_address_find
#define nxd_nd_cache_invalidate                 _nxd_nd_cache_invalidate
#define nx_icmp_enable                          _nx_icmp_enable
#define nx_icmp_ping                            _nx_icmp_ping
#define nx_icmp_info_get                        _nx_icmp_info_get
#define nxd_icmp_enable                         _nxd_icmp_enable
#define nxd_icmp_ping                           _nxd_icmp_ping
#define nxd_icmp_source_ping                    _nxd_icmp_source_ping
#define nx_arp_enable                           _nx_arp_enable
#define nx_arp_static_entry_create              _nx_arp_static_entry_create
#define nx_arp_static_entry_delete              _nx_arp_static_entry_delete
#define nx_arp_static_entries_delete            _nx_arp_static_entries_delete
#define nx_arp_dynamic_entry_set                _nx_arp_dynamic_entry_set
#define nx_arp_dynamic_entries_invalidate       _nx_arp_dynamic_entries_invalidate
#define nx_arp_entry_delete                     _nx_arp_entry_delete
#define nx_arp_info_get                         _nx_arp_info_get
#define nx_arp_gratuitous_send                  _nx_arp_gratuitous_send
#define nx_arp_hardware_address_find            _nx_arp_hardware_address_find
#define nx_arp_ip_address_find                  _nx_arp_ip_address_find
#define nx_tcp_enable                           _nx_tcp_enable
#define nx_tcp_info_get                         _nx_tcp_info_get
#define nx_tcp_free_port_find                   _nx_tcp_free_port_find
#define nx_tcp_client_socket_bind               _nx_tcp_client_socket_bind
#define nx_tcp_client_socket_unbind             _nx_tcp_client_socket_unbind
#define nx_tcp_client_socket_port_get           _nx_tcp_client_socket_port_get
#define nx_tcp_client_socket_connect            _nx_tcp_client_socket_connect
#define nxd_tcp_client_socket_connect           _nxd_tcp_client_socket_connect
#define nx_tcp_server_socket_listen             _nx_tcp_server_socket_listen
#define nx_tcp_server_socket_unlisten           _nx_tcp_server_socket_unlisten
#define nx_tcp_server_socket_accept             _nx_tcp_server_socket_accept
#define nx_tcp_server_socket_unaccept           _nx_tcp_server_socket_unaccept
#define nx_tcp_server_socket_relisten           _nx_tcp_server_socket_relisten
#define nx_tcp_socket_create                    _nx_tcp_socket_create
#define nx_tcp_socket_delete                    _nx_tcp_socket_delete
#define nx_tcp_socket_send                      _nx_tcp_socket_send
#define nx_tcp_socket_receive                   _nx_tcp_socket_receive
#define nx_tcp_socket_receive_notify            _nx_tcp_socket_receive_notify
#define nx_tcp_socket_disconnect                _nx_tcp_socket_disconnect
#define nx_tcp_socket_state_wait                _nx_tcp_socket_state_wait
#define nx_tcp_socket_info_get                  _nx_tcp_socket_info_get
#define nx_tcp_socket_bytes_available           _nx_tcp_socket_bytes_available
#define nx_tcp_socket_mss_get                   _nx_tcp_socket_mss_get
#define nx_tcp_socket_mss_set                   _nx_tcp_socket_mss_set
#define nx_tcp_socket_mss_peer_get              _nx_tcp_socket_mss_peer_get
#define nx_tcp_socket_peer_info_get             _nx_tcp_socket_peer_info_get
#define nxd_tcp_socket_peer_info_get            _nxd_tcp_socket_peer_info_get
#define nx_tcp_socket_timed_wait_callback       _nx_tcp_socket_timed_wait_callback
#define nx_tcp_socket_disconnect_complete_notify _nx_tcp_socket_disconnect_complete_notify
#define nx_tcp_socket_establish_notify          _nx_tcp_socket_establish_notify
#define nx_tcp_socket_window_update_notify_set  _nx_tcp_socket_window_update_notify_set
#define nx_tcp_socket_transmit_configure        _nx_tcp_socket_transmit_configure
#define nx_tcp_socket_receive_queue_max_set     _nx_tcp_socket_receive_queue_max_set
#define nx_tcp_socket_queue_depth_notify_set    _nx_tcp_socket_queue_depth_notify_set
#define nx_udp_enable                           _nx_udp_enable
#define nx_udp_info_get                         _nx_udp_info_get
#define nx_udp_free_port_find                   _nx_udp_free_port_find
#define nx_udp_socket_create                    _nx_udp_socket_create
#define nx_udp_socket_delete                    _nx_udp_socket_delete
#define nx_udp_socket_bind                      _nx_udp_socket_bind
#define nx_udp_socket_unbind                    _nx_udp_socket_unbind
#define nx_udp_socket_port_get                  _nx_udp_socket_port_get
#define nx_udp_socket_send                      _nx_udp_socket_send
#define nx_udp_socket_source_send               _nx_udp_socket_source_send
#define nxd_udp_socket_send                     _nxd_udp_socket_send
#define nxd_udp_socket_source_send              _nxd_udp_socket_source_send
#define nx_udp_socket_receive                   _nx_udp_socket_receive
#define nx_udp_socket_receive_notify            _nx_udp_socket_receive_notify
#define nx_udp_socket_info_get                  _nx_udp_socket_info_get
#define nx_udp_socket_bytes_available           _nx_udp_socket_bytes_available
#define nx_udp_socket_checksum_enable           _nx_udp_socket_checksum_enable
#define nx_udp_socket_checksum_disable          _nx_udp_socket_checksum_disable
#define nx_udp_source_extract                   _nx_udp_source_extract
#define nxd_udp_source_extract                  _nxd_udp_source_extract
#define nx_udp_packet_info_extract              _nx_udp_packet_info_extract
#define nxd_udp_packet_info_extract             _nxd_udp_packet_info_extract
#define nx_igmp_enable                          _nx_igmp_enable
#define nx_igmp_info_get                        _nx_igmp_info_get
#define nx_igmp_loopback_enable                 _nx_igmp_loopback_enable
#define nx_igmp_loopback_disable                _nx_igmp_loopback_disable
#define nx_igmp_multicast_join                  _nx_igmp_multicast_join
#define nx_igmp_multicast_interface_join        _nx_igmp_multicast_interface_join
#define nx_igmp_multicast_leave                 _nx_igmp_multicast_leave
#define nx_igmp_multicast_interface_leave       _nx_igmp_multicast_interface_leave
#define nx_ipv4_multicast_interface_join        _nx_ipv4_multicast_interface_join
#define nx_ipv4_multicast_interface_leave       _nx_ipv4_multicast_interface_leave
#define nxd_icmpv6_ra_flag_callback_set         _nxd_icmpv6_ra_flag_callback_set
#define nxd_ipv6_multicast_interface_join       _nxd_ipv6_multicast_interface_join
#define nxd_ipv6_multicast_interface_leave      _nxd_ipv6_multicast_interface_leave
#else
#define nx_packet_pool_create(pool_ptr, name, payload_size, memory_ptr, memory_size) \
    _nxe_packet_pool_create((pool_ptr), NETX_HOST_NAME(name), (payload_size), (memory_ptr), (memory_size), \
                            NETX_HOST_UINT(sizeof(NX_PACKET_POOL)))
#define nx_packet_pool_delete                   _nxe_packet_pool_delete
#define nx_packet_pool_info_get                 _nxe_packet_pool_info_get
#define nx_packet_pool_low_watermark_set        _nxe_packet_pool_low_watermark_set
#define nx_packet_allocate                      _nxe_packet_allocate
#define nx_packet_release(packet_ptr) \
    _nxe_packet_release(&(packet_ptr))
#define nx_packet_transmit_release(packet_ptr) \
    _nxe_packet_transmit_release(&(packet_ptr))
#define nx_packet_data_append                   _nxe_packet_data_append
#define nx_packet_data_retrieve                 _nxe_packet_data_retrieve
#define nx_packet_data_extract_offset           _nxe_packet_data_extract_offset
#define nx_packet_copy                          _nxe_packet_copy
#define nx_packet_length_get                    _nxe_packet_length_get
#define nx_packet_data_adjust                   _nx_packet_data_adjust
#define nx_packet_debug_info_get                _nx_packet_debug_info_get
#define nx_system_initialize                    _nx_system_initialize
#define nx_ip_create(ip_ptr, name, ip_address, network_mask, default_pool, ip_link_driver, memory_ptr, memory_size, priority) \
    _nxe_ip_create((ip_ptr), NETX_HOST_NAME(name), (ip_address), (network_mask), (default_pool), (ip_link_driver), \
                   (memory_ptr), (memory_size), (priority), NETX_HOST_UINT(sizeof(NX_IP)))
#define nx_ip_delete                            _nxe_ip_delete
#define nx_ip_info_get                          _nxe_ip_info_get
#define nx_ip_status_check                      _nxe_ip_status_check
#define nx_ip_interface_status_check            _nxe_ip_interface_status_check
#define nx_ip_address_get                       _nxe_ip_address_get
#define nx_ip_address_set                       _nxe_ip_address_set
#define nx_ip_address_change_notify             _nxe_ip_address_change_notify
#define nx_ip_gateway_address_set               _nxe_ip_gateway_address_set
#define nx_ip_gateway_address_get               _nxe_ip_gateway_address_get
#define nx_ip_gateway_address_clear             _nxe_ip_gateway_address_clear
#define nx_ip_static_route_add                  _nxe_ip_static_route_add
#define nx_ip_static_route_delete               _nxe_ip_static_route_delete
#define nx_ip_interface_attach                  _nxe_ip_interface_attach
#define nx_ip_interface_detach                  _nxe_ip_interface_detach
#define nx_ip_interface_info_get                _nxe_ip_interface_info_get
#define nx_ip_interface_address_get             _nxe_ip_interface_address_get
#define nx_ip_interface_address_set             _nxe_ip_interface_address_set
#define nx_ip_interface_mtu_set                 _nxe_ip_interface_mtu_set
#define nx_ip_interface_physical_address_get    _nxe_ip_interface_physical_address_get
#define nx_ip_interface_physical_address_set    _nxe_ip_interface_physical_address_set
#define nx_ip_interface_address_mapping_configure _nxe_ip_interface_address_mapping_configure
#define nx_ip_interface_capability_get          _nxe_ip_interface_capability_get
#define nx_ip_interface_capability_set          _nxe_ip_interface_capability_set
#define nx_ip_driver_direct_command             _nxe_ip_driver_direct_command
#define nx_ip_driver_interface_direct_command   _nxe_ip_driver_interface_direct_command
#define nx_ip_link_status_change_notify_set     _nxe_ip_link_status_change_notify_set
#define nx_ip_fragment_enable                   _nxe_ip_fragment_enable
#define nx_ip_fragment_disable                  _nxe_ip_fragment_disable
#define nx_ip_forwarding_enable                 _nxe_ip_forwarding_enable
#define nx_ip_forwarding_disable                _nxe_ip_forwarding_disable
#define nx_ip_max_payload_size_find             _nxe_ip_max_payload_size_find
#define nx_ip_auxiliary_packet_pool_set         _nxe_ip_auxiliary_packet_pool_set
#define nx_ip_raw_packet_enable                 _nxe_ip_raw_packet_enable
#define nx_ip_raw_packet_disable                _nxe_ip_raw_packet_disable
#define nx_ip_raw_packet_send(ip_ptr, packet_ptr, destination_ip, type_of_service) \
    _nxe_ip_raw_packet_send((ip_ptr), &(packet_ptr), (destination_ip), (type_of_service))
#define nx_ip_raw_packet_source_send(ip_ptr, packet_ptr, destination_ip, address_index, type_of_service) \
    _nxe_ip_raw_packet_source_send((ip_ptr), &(packet_ptr), (destination_ip), (address_index), (type_of_service))
#define nx_ip_raw_packet_receive                _nxe_ip_raw_packet_receive
#define nx_ip_raw_packet_filter_set             _nxe_ip_raw_packet_filter_set
#define nx_ip_raw_receive_queue_max_set         _nxe_ip_raw_receive_queue_max_set
#define nxd_ip_raw_packet_send(ip_ptr, packet_ptr, destination_ip, protocol, ttl, tos) \
    _nxde_ip_raw_packet_send((ip_ptr), &(packet_ptr), (destination_ip), (protocol), (ttl), (tos))
#define nxd_ip_raw_packet_source_send           _nxde_ip_raw_packet_source_send
#define nxd_ipv6_enable                         _nxde_ipv6_enable
#define nxd_ipv6_disable                        _nxde_ipv6_disable
#define nxd_ipv6_address_set                    _nxde_ipv6_address_set
#define nxd_ipv6_address_get                    _nxde_ipv6_address_get
#define nxd_ipv6_address_delete                 _nxde_ipv6_address_delete
#define nxd_ipv6_default_router_add             _nxde_ipv6_default_router_add
#define nxd_ipv6_default_router_delete          _nxde_ipv6_default_router_delete
#define nxd_ipv6_default_router_get             _nxde_ipv6_default_router_get
#define nxd_ipv6_address_change_notify          _nxde_ipv6_address_change_notify
#define nxd_nd_cache_entry_set                  _nxde_nd_cache_entry_set
#define nxd_nd_cache_entry_delete               _nxde_nd_cache_entry_delete
#define nxd_nd_cache_hardware_address_find      _nxde_nd_cache_hardware_address_find
#define nxd_nd_cache_ip_address_find            _nxde_nd_cache_ip_address_find
#define nxd_nd_cache_invalidate                 _nxde_nd_cache_invalidate
#define nx_icmp_enable                          _nxe_icmp_enable
#define nx_icmp_ping                            _nxe_icmp_ping
#define nx_icmp_info_get                        _nxe_icmp_info_get
#define nxd_icmp_enable                         _nxde_icmp_enable
#define nxd_icmp_ping                           _nxde_icmp_ping
#define nxd_icmp_source_ping                    _nxde_icmp_source_ping
#define nx_arp_enable                           _nxe_arp_enable
#define nx_arp_static_entry_create              _nxe_arp_static_entry_create
#define nx_arp_static_entry_delete              _nxe_arp_static_entry_delete
#define nx_arp_static_entries_delete            _nxe_arp_static_entries_delete
#define nx_arp_dynamic_entry_set                _nxe_arp_dynamic_entry_set
#define nx_arp_dynamic_entries_invalidate       _nxe_arp_dynamic_entries_invalidate
#define nx_arp_entry_delete                     _nxe_arp_entry_delete
#define nx_arp_info_get                         _nxe_arp_info_get
#define nx_arp_gratuitous_send                  _nxe_arp_gratuitous_send
#define nx_arp_hardware_address_find            _nxe_arp_hardware_address_find
#define nx_arp_ip_address_find                  _nxe_arp_ip_address_find
#define nx_tcp_enable                           _nxe_tcp_enable
#define nx_tcp_info_get                         _nxe_tcp_info_get
#define nx_tcp_free_port_find                   _nxe_tcp_free_port_find
#define nx_tcp_client_socket_bind               _nxe_tcp_client_socket_bind
#define nx_tcp_client_socket_unbind             _nxe_tcp_client_socket_unbind
#define nx_tcp_client_socket_port_get           _nxe_tcp_client_socket_port_get
#define nx_tcp_client_socket_connect            _nxe_tcp_client_socket_connect
#define nxd_tcp_client_socket_connect           _nxde_tcp_client_socket_connect
#define nx_tcp_server_socket_listen             _nxe_tcp_server_socket_listen
#define nx_tcp_server_socket_unlisten           _nxe_tcp_server_socket_unlisten
#define nx_tcp_server_socket_accept             _nxe_tcp_server_socket_accept
#define nx_tcp_server_socket_unaccept           _nxe_tcp_server_socket_unaccept
#define nx_tcp_server_socket_relisten           _nxe_tcp_server_socket_relisten
#define nx_tcp_socket_create(ip_ptr, socket_ptr, name, type_of_service, fragment, time_to_live, window_size, tcp_urgent_data_callback, tcp_disconnect_callback) \
    _nxe_tcp_socket_create((ip_ptr), (socket_ptr), NETX_HOST_NAME(name), (type_of_service), (fragment), \
                           (time_to_live), (window_size), (tcp_urgent_data_callback), (tcp_disconnect_callback), \
                           NETX_HOST_UINT(sizeof(NX_TCP_SOCKET)))
#define nx_tcp_socket_delete                    _nxe_tcp_socket_delete
#define nx_tcp_socket_send(socket_ptr, packet_ptr, wait_option) \
    _nxe_tcp_socket_send((socket_ptr), &(packet_ptr), (wait_option))
#define nx_tcp_socket_receive                   _nxe_tcp_socket_receive
#define nx_tcp_socket_receive_notify            _nxe_tcp_socket_receive_notify
#define nx_tcp_socket_disconnect                _nxe_tcp_socket_disconnect
#define nx_tcp_socket_state_wait                _nxe_tcp_socket_state_wait
#define nx_tcp_socket_info_get                  _nxe_tcp_socket_info_get
#define nx_tcp_socket_bytes_available           _nxe_tcp_socket_bytes_available
#define nx_tcp_socket_mss_get                   _nxe_tcp_socket_mss_get
#define nx_tcp_socket_mss_set                   _nxe_tcp_socket_mss_set
#define nx_tcp_socket_mss_peer_get              _nxe_tcp_socket_mss_peer_get
#define nx_tcp_socket_peer_info_get             _nxe_tcp_socket_peer_info_get
#define nxd_tcp_socket_peer_info_get            _nxde_tcp_socket_peer_info_get
#define nx_tcp_socket_timed_wait_callback       _nxe_tcp_socket_timed_wait_callback
#define nx_tcp_socket_disconnect_complete_notify _nxe_tcp_socket_disconnect_complete_notify
#define nx_tcp_socket_establish_notify          _nxe_tcp_socket_establish_notify
#define nx_tcp_socket_window_update_notify_set  _nxe_tcp_socket_window_update_notify_set
#define nx_tcp_socket_transmit_configure        _nxe_tcp_socket_transmit_configure
#define nx_tcp_socket_receive_queue_max_set     _nxe_tcp_socket_receive_queue_max_set
#define nx_tcp_socket_queue_depth_notify_set    _nxe_tcp_socket_queue_depth_notify_set
#define nx_udp_enable                           _nxe_udp_enable
#define nx_udp_info_get                         _nxe_udp_info_get
#define nx_udp_free_port_find                   _nxe_udp_free_port_find
#define nx_udp_socket_create(ip_ptr, socket_ptr, name, type_of_service, fragment, time_to_live, queue_maximum) \
    _nxe_udp_socket_create((ip_ptr), (socket_ptr), NETX_HOST_NAME(name), (type_of_service), (fragment), \
                           (time_to_live), (queue_maximum), NETX_HOST_UINT(sizeof(NX_UDP_SOCKET)))
#define nx_udp_socket_delete                    _nxe_udp_socket_delete
#define nx_udp_socket_bind                      _nxe_udp_socket_bind
#define nx_udp_socket_unbind                    _nxe_udp_socket_unbind
#define nx_udp_socket_port_get                  _nxe_udp_socket_port_get
#define nx_udp_socket_send(socket_ptr, packet_ptr, ip_address, port) \
    _nxe_udp_socket_send((socket_ptr), &(packet_ptr), (ip_address), (port))
#define nx_udp_socket_source_send(socket_ptr, packet_ptr, ip_address, port, address_index) \
    _nxe_udp_socket_source_send((socket_ptr), &(packet_ptr), (ip_address), (port), (address_index))
#define nxd_udp_socket_send(socket_ptr, packet_ptr, ip_address, port) \
    _nxde_udp_socket_send((socket_ptr), &(packet_ptr), (ip_address), (port))
#define nxd_udp_socket_source_send              _nxde_udp_socket_source_send
#define nx_udp_socket_receive                   _nxe_udp_socket_receive
#define nx_udp_socket_receive_notify            _nxe_udp_socket_receive_notify
#define nx_udp_socket_info_get                  _nxe_udp_socket_info_get
#define nx_udp_socket_bytes_available           _nxe_udp_socket_bytes_available
#define nx_udp_socket_checksum_enable           _nxe_udp_socket_checksum_enable
#define nx_udp_socket_checksum_disable          _nxe_udp_socket_checksum_disable
#define nx_udp_source_extract                   _nxe_udp_source_extract
#define nxd_udp_source_extract                  _nxde_udp_source_extract
#define nx_udp_packet_info_extract              _nxe_udp_packet_info_extract
#define nxd_udp_packet_info_extract             _nxde_udp_packet_info_extract
#define nx_igmp_enable                          _nxe_igmp_enable
#define nx_igmp_info_get                        _nxe_igmp_info_get
#define nx_igmp_loopback_enable                 _nxe_igmp_loopback_enable
#define nx_igmp_loopback_disable                _nxe_igmp_loopback_disable
#define nx_igmp_multicast_join                  _nxe_igmp_multicast_join
#define nx_igmp_multicast_interface_join        _nxe_igmp_multicast_interface_join
#define nx_igmp_multicast_leave                 _nxe_igmp_multicast_leave
#define nx_igmp_multicast_interface_leave       _nxe_igmp_multicast_interface_leave
#define nx_ipv4_multicast_interface_join        _nxe_ipv4_multicast_interface_join
#define nx_ipv4_multicast_interface_leave       _nxe_ipv4_multicast_interface_leave
#define nxd_icmpv6_ra_flag_callback_set         _nxd_icmpv6_ra_flag_callback_set
#define nxd_ipv6_multicast_interface_join       _nxde_ipv6_multicast_interface_join
#define nxd_ipv6_multicast_interface_leave      _nxde_ipv6_multicast_interface_leave
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
NETX_HOST_KEPT const struct netx_host_value netx_host_nx_config[] = {
    NETX_HOST_VALUE(NX_IP_PERIODIC_RATE),
    NETX_HOST_VALUE(NX_MAX_PHYSICAL_INTERFACES),
    NETX_HOST_VALUE(NX_MAX_IPV6_ADDRESSES),
    NETX_HOST_VALUE(NX_MAX_LISTEN_REQUESTS),
    NETX_HOST_VALUE(NX_PACKET_ALIGNMENT),
    NETX_HOST_VALUE(NX_PHYSICAL_HEADER),
    NETX_HOST_VALUE(NX_PHYSICAL_TRAILER),
    NETX_HOST_VALUE(NX_TCP_MAXIMUM_TX_QUEUE),
    NETX_HOST_VALUE(NX_TCP_MAXIMUM_RX_QUEUE),
    NETX_HOST_VALUE(NX_TCP_MAXIMUM_RETRIES),
    NETX_HOST_VALUE(NX_TCP_RETRY_SHIFT),
    NETX_HOST_VALUE(NX_TCP_TRANSMIT_TIMER_RATE),
    NETX_HOST_VALUE(NX_TCP_ACK_TIMER_RATE),
    NETX_HOST_VALUE(NX_TCP_FAST_TIMER_RATE),
    NETX_HOST_VALUE(NX_IP_FAST_TIMER_RATE),
    NETX_HOST_VALUE(NX_TCP_MAXIMUM_SEGMENT_LIFETIME),
    NETX_HOST_VALUE(NX_TCP_KEEPALIVE_INITIAL),
    NETX_HOST_VALUE(NX_TCP_KEEPALIVE_RETRY),
    NETX_HOST_VALUE(NX_TCP_KEEPALIVE_RETRIES),
    NETX_HOST_VALUE(NX_TCP_MSS_MINIMUM),
    NETX_HOST_VALUE(NX_TCP_MSS_SIZE),
    NETX_HOST_VALUE(NX_ARP_UPDATE_RATE),
    NETX_HOST_VALUE(NX_ARP_MAXIMUM_RETRIES),
    NETX_HOST_VALUE(NX_ARP_EXPIRATION_RATE),
    NETX_HOST_VALUE(NX_ARP_MAX_QUEUE_DEPTH),
    NETX_HOST_VALUE(NX_ARP_DEFEND_INTERVAL),
    NETX_HOST_VALUE(NX_ND_MAX_QUEUE_DEPTH),
    NETX_HOST_VALUE(NX_IPV6_NEIGHBOR_CACHE_SIZE),
    NETX_HOST_VALUE(NX_IPV6_DESTINATION_TABLE_SIZE),
    NETX_HOST_VALUE(NX_IPV6_DEFAULT_ROUTER_TABLE_SIZE),
    NETX_HOST_VALUE(NX_IPV6_PREFIX_LIST_TABLE_SIZE),
    NETX_HOST_VALUE(NX_IPV6_DAD_TRANSMITS),
    NETX_HOST_VALUE(NX_MAX_MULTICAST_SOLICIT),
    NETX_HOST_VALUE(NX_MAX_UNICAST_SOLICIT),
    NETX_HOST_VALUE(NX_REACHABLE_TIME),
    NETX_HOST_VALUE(NX_RETRANS_TIMER),
    NETX_HOST_VALUE(NX_DELAY_FIRST_PROBE_TIME),
    NETX_HOST_VALUE(NX_ICMPV6_MAX_RTR_SOLICITATIONS),
    NETX_HOST_VALUE(NX_ICMPV6_RTR_SOLICITATION_INTERVAL),
    NETX_HOST_VALUE(NX_ICMPV6_RTR_SOLICITATION_DELAY),
    NETX_HOST_VALUE(NX_IPV4_MAX_REASSEMBLY_TIME),
    NETX_HOST_VALUE(NX_IPV6_MAX_REASSEMBLY_TIME),
    NETX_HOST_VALUE(NX_IP_STATUS_CHECK_WAIT_TIME),
    NETX_HOST_VALUE(NX_MAX_MULTICAST_GROUPS),
    NETX_HOST_VALUE(NX_SEARCH_PORT_START),
    NETX_HOST_VALUE(NX_IP_TIME_TO_LIVE),
    NETX_HOST_VALUE(NX_IP_ROUTING_TABLE_SIZE),
    NETX_HOST_VALUE(NX_IP_RAW_MAX_QUEUE_DEPTH),
#ifdef NX_TCP_ACK_EVERY_N_PACKETS
    NETX_HOST_VALUE(NX_TCP_ACK_EVERY_N_PACKETS),
#endif
#ifdef NX_SIM_PACKET_SIZE
    NETX_HOST_VALUE(NX_SIM_PACKET_SIZE),
#endif
#ifdef NX_DISABLE_IPV4
    NETX_HOST_FLAG("NX_DISABLE_IPV4"),
#endif
#ifdef NX_DISABLE_IPV6
    NETX_HOST_FLAG("NX_DISABLE_IPV6"),
#endif
#ifdef NX_DISABLE_ERROR_CHECKING
    NETX_HOST_FLAG("NX_DISABLE_ERROR_CHECKING"),
#endif
#ifdef NX_ENABLE_TCP_WINDOW_SCALING
    NETX_HOST_FLAG("NX_ENABLE_TCP_WINDOW_SCALING"),
#endif
#ifdef NX_ENABLE_TCP_KEEPALIVE
    NETX_HOST_FLAG("NX_ENABLE_TCP_KEEPALIVE"),
#endif
#ifdef NX_ENABLE_LOW_WATERMARK
    NETX_HOST_FLAG("NX_ENABLE_LOW_WATERMARK"),
#endif
#ifdef NX_ENABLE_EXTENDED_NOTIFY_SUPPORT
    NETX_HOST_FLAG("NX_ENABLE_EXTENDED_NOTIFY_SUPPORT"),
#endif
#ifdef NX_ENABLE_IP_STATIC_ROUTING
    NETX_HOST_FLAG("NX_ENABLE_IP_STATIC_ROUTING"),
#endif
#ifdef NX_ENABLE_INTERFACE_CAPABILITY
    NETX_HOST_FLAG("NX_ENABLE_INTERFACE_CAPABILITY"),
#endif
#ifdef NX_ENABLE_DUAL_PACKET_POOL
    NETX_HOST_FLAG("NX_ENABLE_DUAL_PACKET_POOL"),
#endif
#ifdef NX_ENABLE_PACKET_DEBUG_INFO
    NETX_HOST_FLAG("NX_ENABLE_PACKET_DEBUG_INFO"),
#endif
#ifdef NX_ENABLE_TCP_MSS_CHECK
    NETX_HOST_FLAG("NX_ENABLE_TCP_MSS_CHECK"),
#endif
#ifdef NX_ENABLE_TCP_QUEUE_DEPTH_UPDATE_NOTIFY
    NETX_HOST_FLAG("NX_ENABLE_TCP_QUEUE_DEPTH_UPDATE_NOTIFY"),
#endif
#ifdef NX_DISABLE_RESET_DISCONNECT
    NETX_HOST_FLAG("NX_DISABLE_RESET_DISCONNECT"),
#endif
#ifdef NX_DISABLE_FRAGMENTATION
    NETX_HOST_FLAG("NX_DISABLE_FRAGMENTATION"),
#endif
#ifdef NX_DISABLE_PACKET_CHAIN
    NETX_HOST_FLAG("NX_DISABLE_PACKET_CHAIN"),
#endif
#ifdef NX_DISABLE_LOOPBACK_INTERFACE
    NETX_HOST_FLAG("NX_DISABLE_LOOPBACK_INTERFACE"),
#endif
#ifdef NX_DISABLE_IPV6_DAD
    NETX_HOST_FLAG("NX_DISABLE_IPV6_DAD"),
#endif
#ifdef NX_DISABLE_TCP_INFO
    NETX_HOST_FLAG("NX_DISABLE_TCP_INFO"),
#endif
#ifdef NX_DISABLE_UDP_INFO
    NETX_HOST_FLAG("NX_DISABLE_UDP_INFO"),
#endif
#ifdef NX_DISABLE_IP_INFO
    NETX_HOST_FLAG("NX_DISABLE_IP_INFO"),
#endif
#ifdef NX_DISABLE_PACKET_INFO
    NETX_HOST_FLAG("NX_DISABLE_PACKET_INFO"),
#endif
#ifdef NX_DRIVER_DEFERRED_PROCESSING
    NETX_HOST_FLAG("NX_DRIVER_DEFERRED_PROCESSING"),
#endif
#ifdef NX_ENABLE_IPV6_ADDRESS_CHANGE_NOTIFY
    NETX_HOST_FLAG("NX_ENABLE_IPV6_ADDRESS_CHANGE_NOTIFY"),
#endif
    {0, 0}
};
NETX_HOST_KEPT const struct netx_host_field netx_host_nx_layout[] = {
    NETX_HOST_STRUCT(NX_PACKET),
    NETX_HOST_FIELD(NX_PACKET, nx_packet_pool_owner),
    NETX_HOST_FIELD(NX_PACKET, nx_packet_next),
    NETX_HOST_FIELD(NX_PACKET, nx_packet_prepend_ptr),
    NETX_HOST_FIELD(NX_PACKET, nx_packet_append_ptr),
    NETX_HOST_FIELD(NX_PACKET, nx_packet_data_start),
    NETX_HOST_FIELD(NX_PACKET, nx_packet_data_end),
    NETX_HOST_FIELD(NX_PACKET, nx_packet_last),
    NETX_HOST_FIELD(NX_PACKET, nx_packet_queue_next),
    NETX_HOST_FIELD(NX_PACKET, nx_packet_union_next),
    NETX_HOST_MEMBER(NX_PACKET, nx_packet_union_next, nx_packet_union_next.nx_packet_tcp_queue_next),
    NETX_HOST_MEMBER(NX_PACKET, nx_packet_union_next, nx_packet_union_next.nx_packet_fragment_next),
    NETX_HOST_FIELD(NX_PACKET, nx_packet_length),
    NETX_HOST_FIELD(NX_PACKET, nx_packet_reassembly_time),
    NETX_HOST_FIELD(NX_PACKET, nx_packet_option_state),
    NETX_HOST_FIELD(NX_PACKET, nx_packet_destination_header),
    NETX_HOST_FIELD(NX_PACKET, nx_packet_option_offset),
    NETX_HOST_FIELD(NX_PACKET, nx_packet_ip_version),
    NETX_HOST_FIELD(NX_PACKET, nx_packet_identical_copy),
    NETX_HOST_FIELD(NX_PACKET, nx_packet_ip_header_length),
    NETX_HOST_FIELD(NX_PACKET, nx_packet_reserved),
    NETX_HOST_FIELD(NX_PACKET, nx_packet_address),
    NETX_HOST_MEMBER(NX_PACKET, nx_packet_address, nx_packet_address.nx_packet_interface_ptr),
    NETX_HOST_MEMBER(NX_PACKET, nx_packet_address, nx_packet_address.nx_packet_ipv6_address_ptr),
    NETX_HOST_FIELD(NX_PACKET, nx_packet_ip_header),
    NETX_HOST_STRUCT(NX_PACKET_POOL),
    NETX_HOST_FIELD(NX_PACKET_POOL, nx_packet_pool_id),
    NETX_HOST_FIELD(NX_PACKET_POOL, nx_packet_pool_name),
    NETX_HOST_FIELD(NX_PACKET_POOL, nx_packet_pool_available),
    NETX_HOST_FIELD(NX_PACKET_POOL, nx_packet_pool_total),
    NETX_HOST_FIELD(NX_PACKET_POOL, nx_packet_pool_empty_requests),
    NETX_HOST_FIELD(NX_PACKET_POOL, nx_packet_pool_empty_suspensions),
    NETX_HOST_FIELD(NX_PACKET_POOL, nx_packet_pool_invalid_releases),
    NETX_HOST_FIELD(NX_PACKET_POOL, nx_packet_pool_available_list),
    NETX_HOST_FIELD(NX_PACKET_POOL, nx_packet_pool_start),
    NETX_HOST_FIELD(NX_PACKET_POOL, nx_packet_pool_size),
    NETX_HOST_FIELD(NX_PACKET_POOL, nx_packet_pool_payload_size),
    NETX_HOST_FIELD(NX_PACKET_POOL, nx_packet_pool_suspension_list),
    NETX_HOST_FIELD(NX_PACKET_POOL, nx_packet_pool_suspended_count),
    NETX_HOST_FIELD(NX_PACKET_POOL, nx_packet_pool_created_next),
    NETX_HOST_FIELD(NX_PACKET_POOL, nx_packet_pool_created_previous),
    NETX_HOST_STRUCT(NX_IP),
    NETX_HOST_FIELD(NX_IP, nx_ip_id),
    NETX_HOST_FIELD(NX_IP, nx_ip_name),
    NETX_HOST_FIELD(NX_IP, nx_ip_gateway_address),
    NETX_HOST_FIELD(NX_IP, nx_ip_gateway_interface),
    NETX_HOST_FIELD(NX_IP, nx_ipv6_address),
    NETX_HOST_FIELD(NX_IP, nx_ip_total_packet_send_requests),
    NETX_HOST_FIELD(NX_IP, nx_ip_invalid_packets),
    NETX_HOST_FIELD(NX_IP, nx_ip_invalid_transmit_packets),
    NETX_HOST_FIELD(NX_IP, nx_ip_invalid_receive_address),
    NETX_HOST_FIELD(NX_IP, nx_ip_receive_checksum_errors),
    NETX_HOST_FIELD(NX_IP, nx_ip_receive_packets_dropped),
    NETX_HOST_FIELD(NX_IP, nx_ip_send_packets_dropped),
    NETX_HOST_FIELD(NX_IP, nx_ip_packets_forwarded),
    NETX_HOST_FIELD(NX_IP, nx_ip_packets_reassembled),
    NETX_HOST_FIELD(NX_IP, nx_ip_reassembly_failures),
    NETX_HOST_FIELD(NX_IP, nx_ip_total_packets_delivered),
    NETX_HOST_FIELD(NX_IP, nx_ip_total_fragment_requests),
    NETX_HOST_FIELD(NX_IP, nx_ip_successful_fragment_requests),
    NETX_HOST_FIELD(NX_IP, nx_ip_fragment_failures),
    NETX_HOST_FIELD(NX_IP, nx_ip_total_fragments_sent),
    NETX_HOST_FIELD(NX_IP, nx_ip_total_fragments_received),
    NETX_HOST_FIELD(NX_IP, nx_ip_transmit_no_route_errors),
    NETX_HOST_FIELD(NX_IP, nx_ip_transmit_resource_errors),
    NETX_HOST_FIELD(NX_IP, nx_ip_unknown_protocols_received),
    NETX_HOST_FIELD(NX_IP, nx_ip_arp_requests_sent),
    NETX_HOST_FIELD(NX_IP, nx_ip_arp_requests_received),
    NETX_HOST_FIELD(NX_IP, nx_ip_arp_responses_sent),
    NETX_HOST_FIELD(NX_IP, nx_ip_arp_responses_received),
    NETX_HOST_FIELD(NX_IP, nx_ip_arp_aged_entries),
    NETX_HOST_FIELD(NX_IP, nx_ip_arp_invalid_messages),
    NETX_HOST_FIELD(NX_IP, nx_ip_arp_static_entries),
    NETX_HOST_FIELD(NX_IP, nx_ip_pings_sent),
    NETX_HOST_FIELD(NX_IP, nx_ip_ping_timeouts),
    NETX_HOST_FIELD(NX_IP, nx_ip_ping_threads_suspended),
    NETX_HOST_FIELD(NX_IP, nx_ip_ping_responses_received),
    NETX_HOST_FIELD(NX_IP, nx_ip_pings_received),
    NETX_HOST_FIELD(NX_IP, nx_ip_pings_responded_to),
    NETX_HOST_FIELD(NX_IP, nx_ip_icmp_total_messages_received),
    NETX_HOST_FIELD(NX_IP, nx_ip_icmp_invalid_packets),
    NETX_HOST_FIELD(NX_IP, nx_ip_icmp_checksum_errors),
    NETX_HOST_FIELD(NX_IP, nx_ip_icmp_unhandled_messages),
    NETX_HOST_FIELD(NX_IP, nx_ip_icmp_sequence),
    NETX_HOST_FIELD(NX_IP, nx_ip_igmp_reports_sent),
    NETX_HOST_FIELD(NX_IP, nx_ip_igmp_queries_received),
    NETX_HOST_FIELD(NX_IP, nx_ip_igmp_checksum_errors),
    NETX_HOST_FIELD(NX_IP, nx_ip_igmp_invalid_packets),
    NETX_HOST_FIELD(NX_IP, nx_ip_igmp_groups_joined),
    NETX_HOST_FIELD(NX_IP, nx_ip_igmp_router_version),
    NETX_HOST_FIELD(NX_IP, nx_ip_udp_packets_sent),
    NETX_HOST_FIELD(NX_IP, nx_ip_udp_bytes_sent),
    NETX_HOST_FIELD(NX_IP, nx_ip_udp_packets_received),
    NETX_HOST_FIELD(NX_IP, nx_ip_udp_bytes_received),
    NETX_HOST_FIELD(NX_IP, nx_ip_udp_invalid_packets),
    NETX_HOST_FIELD(NX_IP, nx_ip_udp_no_port_for_delivery),
    NETX_HOST_FIELD(NX_IP, nx_ip_udp_receive_packets_dropped),
    NETX_HOST_FIELD(NX_IP, nx_ip_udp_checksum_errors),
    NETX_HOST_FIELD(NX_IP, nx_ip_tcp_packets_sent),
    NETX_HOST_FIELD(NX_IP, nx_ip_tcp_bytes_sent),
    NETX_HOST_FIELD(NX_IP, nx_ip_tcp_packets_received),
    NETX_HOST_FIELD(NX_IP, nx_ip_tcp_bytes_received),
    NETX_HOST_FIELD(NX_IP, nx_ip_tcp_invalid_packets),
    NETX_HOST_FIELD(NX_IP, nx_ip_tcp_receive_packets_dropped),
    NETX_HOST_FIELD(NX_IP, nx_ip_tcp_checksum_errors),
    NETX_HOST_FIELD(NX_IP, nx_ip_tcp_connections),
    NETX_HOST_FIELD(NX_IP, nx_ip_tcp_passive_connections),
    NETX_HOST_FIELD(NX_IP, nx_ip_tcp_active_connections),
    NETX_HOST_FIELD(NX_IP, nx_ip_tcp_disconnections),
    NETX_HOST_FIELD(NX_IP, nx_ip_tcp_connections_dropped),
    NETX_HOST_FIELD(NX_IP, nx_ip_tcp_retransmit_packets),
    NETX_HOST_FIELD(NX_IP, nx_ip_tcp_resets_received),
    NETX_HOST_FIELD(NX_IP, nx_ip_tcp_resets_sent),
    NETX_HOST_FIELD(NX_IP, nx_ip_tcp_packet_receive),
    NETX_HOST_FIELD(NX_IP, nx_ip_udp_packet_receive),
    NETX_HOST_FIELD(NX_IP, nx_ip_icmp_packet_receive),
    NETX_HOST_FIELD(NX_IP, nx_ip_igmp_packet_receive),
    NETX_HOST_FIELD(NX_IP, nx_ip_total_packets_sent),
    NETX_HOST_FIELD(NX_IP, nx_ip_total_bytes_sent),
    NETX_HOST_FIELD(NX_IP, nx_ip_total_packets_received),
    NETX_HOST_FIELD(NX_IP, nx_ip_total_bytes_received),
    NETX_HOST_FIELD(NX_IP, nx_ip_packet_id),
    NETX_HOST_FIELD(NX_IP, nx_ip_default_packet_pool),
    NETX_HOST_FIELD(NX_IP, nx_ip_protection),
    NETX_HOST_FIELD(NX_IP, nx_ip_initialize_done),
    NETX_HOST_FIELD(NX_IP, nx_ip_thread),
    NETX_HOST_FIELD(NX_IP, nx_ip_events),
    NETX_HOST_FIELD(NX_IP, nx_ip_udp_created_sockets_count),
    NETX_HOST_FIELD(NX_IP, nx_ip_tcp_created_sockets_count),
    NETX_HOST_FIELD(NX_IP, nx_ip_interface),
    NETX_HOST_FIELD(NX_IP, nx_ipv6_retrans_timer_ticks),
    NETX_HOST_FIELD(NX_IP, nx_ipv6_reachable_timer),
    NETX_HOST_FIELD(NX_IP, nx_ipv6_hop_limit),
    NETX_HOST_STRUCT(NX_INTERFACE),
    NETX_HOST_FIELD(NX_INTERFACE, nx_interface_name),
    NETX_HOST_FIELD(NX_INTERFACE, nx_interface_valid),
    NETX_HOST_FIELD(NX_INTERFACE, nx_interface_address_mapping_needed),
    NETX_HOST_FIELD(NX_INTERFACE, nx_interface_link_up),
    NETX_HOST_FIELD(NX_INTERFACE, nx_interface_index),
    NETX_HOST_FIELD(NX_INTERFACE, nx_interface_link_status_change),
    NETX_HOST_FIELD(NX_INTERFACE, nx_interface_reserved),
    NETX_HOST_FIELD(NX_INTERFACE, nx_interface_physical_address_msw),
    NETX_HOST_FIELD(NX_INTERFACE, nx_interface_physical_address_lsw),
    NETX_HOST_FIELD(NX_INTERFACE, nx_interface_ip_address),
    NETX_HOST_FIELD(NX_INTERFACE, nx_interface_ip_network_mask),
    NETX_HOST_FIELD(NX_INTERFACE, nx_interface_ip_network),
    NETX_HOST_FIELD(NX_INTERFACE, nxd_interface_ipv6_address_list_head),
    NETX_HOST_FIELD(NX_INTERFACE, nx_interface_ip_mtu_size),
    NETX_HOST_FIELD(NX_INTERFACE, nx_ipv6_rtr_solicitation_max),
    NETX_HOST_FIELD(NX_INTERFACE, nx_ipv6_rtr_solicitation_count),
    NETX_HOST_FIELD(NX_INTERFACE, nx_ipv6_rtr_solicitation_interval),
    NETX_HOST_FIELD(NX_INTERFACE, nx_ipv6_rtr_solicitation_timer),
    NETX_HOST_FIELD(NX_INTERFACE, nx_interface_additional_link_info),
    NETX_HOST_FIELD(NX_INTERFACE, nx_interface_link_driver_entry),
    NETX_HOST_FIELD(NX_INTERFACE, nx_interface_arp_defend_timeout),
    NETX_HOST_FIELD(NX_INTERFACE, nx_interface_ip_probe_address),
    NETX_HOST_FIELD(NX_INTERFACE, nx_interface_ip_conflict_notify_handler),
#ifdef NX_ENABLE_INTERFACE_CAPABILITY
    NETX_HOST_FIELD(NX_INTERFACE, nx_interface_capability_flag),
#endif
    NETX_HOST_STRUCT(NX_IP_DRIVER),
    NETX_HOST_FIELD(NX_IP_DRIVER, nx_ip_driver_command),
    NETX_HOST_FIELD(NX_IP_DRIVER, nx_ip_driver_status),
    NETX_HOST_FIELD(NX_IP_DRIVER, nx_ip_driver_physical_address_msw),
    NETX_HOST_FIELD(NX_IP_DRIVER, nx_ip_driver_physical_address_lsw),
    NETX_HOST_FIELD(NX_IP_DRIVER, nx_ip_driver_packet),
    NETX_HOST_FIELD(NX_IP_DRIVER, nx_ip_driver_return_ptr),
    NETX_HOST_FIELD(NX_IP_DRIVER, nx_ip_driver_ptr),
    NETX_HOST_FIELD(NX_IP_DRIVER, nx_ip_driver_interface),
    NETX_HOST_STRUCT(NX_TCP_SOCKET),
    NETX_HOST_FIELD(NX_TCP_SOCKET, nx_tcp_socket_id),
    NETX_HOST_FIELD(NX_TCP_SOCKET, nx_tcp_socket_name),
    NETX_HOST_FIELD(NX_TCP_SOCKET, nx_tcp_socket_client_type),
    NETX_HOST_FIELD(NX_TCP_SOCKET, nx_tcp_socket_port),
    NETX_HOST_FIELD(NX_TCP_SOCKET, nx_tcp_socket_mss),
    NETX_HOST_FIELD(NX_TCP_SOCKET, nx_tcp_socket_connect_ip),
    NETX_HOST_FIELD(NX_TCP_SOCKET, nx_tcp_socket_connect_port),
    NETX_HOST_FIELD(NX_TCP_SOCKET, nx_tcp_socket_connect_mss),
    NETX_HOST_FIELD(NX_TCP_SOCKET, nx_tcp_socket_peer_mss),
    NETX_HOST_FIELD(NX_TCP_SOCKET, nx_tcp_socket_connect_interface),
    NETX_HOST_FIELD(NX_TCP_SOCKET, nx_tcp_socket_next_hop_address),
    NETX_HOST_FIELD(NX_TCP_SOCKET, nx_tcp_socket_state),
    NETX_HOST_FIELD(NX_TCP_SOCKET, nx_tcp_socket_tx_sequence),
    NETX_HOST_FIELD(NX_TCP_SOCKET, nx_tcp_socket_rx_sequence),
    NETX_HOST_FIELD(NX_TCP_SOCKET, nx_tcp_socket_tx_window_advertised),
    NETX_HOST_FIELD(NX_TCP_SOCKET, nx_tcp_socket_tx_window_congestion),
    NETX_HOST_FIELD(NX_TCP_SOCKET, nx_tcp_socket_tx_outstanding_bytes),
    NETX_HOST_FIELD(NX_TCP_SOCKET, nx_tcp_socket_tx_slow_start_threshold),
    NETX_HOST_FIELD(NX_TCP_SOCKET, nx_tcp_socket_previous_highest_ack),
    NETX_HOST_FIELD(NX_TCP_SOCKET, nx_tcp_socket_duplicated_ack_received),
    NETX_HOST_FIELD(NX_TCP_SOCKET, nx_tcp_socket_rx_window_default),
    NETX_HOST_FIELD(NX_TCP_SOCKET, nx_tcp_socket_rx_window_current),
    NETX_HOST_FIELD(NX_TCP_SOCKET, nx_tcp_socket_rx_window_last_sent),
    NETX_HOST_FIELD(NX_TCP_SOCKET, nx_tcp_socket_packets_sent),
    NETX_HOST_FIELD(NX_TCP_SOCKET, nx_tcp_socket_bytes_sent),
    NETX_HOST_FIELD(NX_TCP_SOCKET, nx_tcp_socket_packets_received),
    NETX_HOST_FIELD(NX_TCP_SOCKET, nx_tcp_socket_bytes_received),
    NETX_HOST_FIELD(NX_TCP_SOCKET, nx_tcp_socket_retransmit_packets),
    NETX_HOST_FIELD(NX_TCP_SOCKET, nx_tcp_socket_checksum_errors),
    NETX_HOST_FIELD(NX_TCP_SOCKET, nx_tcp_socket_ip_ptr),
    NETX_HOST_FIELD(NX_TCP_SOCKET, nx_tcp_socket_type_of_service),
    NETX_HOST_FIELD(NX_TCP_SOCKET, nx_tcp_socket_time_to_live),
    NETX_HOST_FIELD(NX_TCP_SOCKET, nx_tcp_socket_fragment_enable),
    NETX_HOST_FIELD(NX_TCP_SOCKET, nx_tcp_socket_receive_queue_count),
    NETX_HOST_FIELD(NX_TCP_SOCKET, nx_tcp_socket_transmit_queue_maximum),
    NETX_HOST_FIELD(NX_TCP_SOCKET, nx_tcp_socket_transmit_sent_count),
    NETX_HOST_FIELD(NX_TCP_SOCKET, nx_tcp_socket_timeout),
    NETX_HOST_FIELD(NX_TCP_SOCKET, nx_tcp_socket_timeout_rate),
    NETX_HOST_FIELD(NX_TCP_SOCKET, nx_tcp_socket_timeout_retries),
    NETX_HOST_FIELD(NX_TCP_SOCKET, nx_tcp_socket_timeout_max_retries),
    NETX_HOST_FIELD(NX_TCP_SOCKET, nx_tcp_socket_timeout_shift),
    NETX_HOST_FIELD(NX_TCP_SOCKET, nx_tcp_socket_fast_recovery),
    NETX_HOST_FIELD(NX_TCP_SOCKET, nx_tcp_socket_zero_window_probe_has_data),
    NETX_HOST_FIELD(NX_TCP_SOCKET, nx_tcp_socket_reserved_ptr),
    NETX_HOST_STRUCT(NX_UDP_SOCKET),
    NETX_HOST_FIELD(NX_UDP_SOCKET, nx_udp_socket_id),
    NETX_HOST_FIELD(NX_UDP_SOCKET, nx_udp_socket_name),
    NETX_HOST_FIELD(NX_UDP_SOCKET, nx_udp_socket_port),
    NETX_HOST_FIELD(NX_UDP_SOCKET, nx_udp_socket_ip_ptr),
    NETX_HOST_FIELD(NX_UDP_SOCKET, nx_udp_socket_packets_sent),
    NETX_HOST_FIELD(NX_UDP_SOCKET, nx_udp_socket_bytes_sent),
    NETX_HOST_FIELD(NX_UDP_SOCKET, nx_udp_socket_packets_received),
    NETX_HOST_FIELD(NX_UDP_SOCKET, nx_udp_socket_bytes_received),
    NETX_HOST_FIELD(NX_UDP_SOCKET, nx_udp_socket_invalid_packets),
    NETX_HOST_FIELD(NX_UDP_SOCKET, nx_udp_socket_packets_dropped),
    NETX_HOST_FIELD(NX_UDP_SOCKET, nx_udp_socket_checksum_errors),
    NETX_HOST_FIELD(NX_UDP_SOCKET, nx_udp_socket_type_of_service),
    NETX_HOST_FIELD(NX_UDP_SOCKET, nx_udp_socket_time_to_live),
    NETX_HOST_FIELD(NX_UDP_SOCKET, nx_udp_socket_fragment_enable),
    NETX_HOST_FIELD(NX_UDP_SOCKET, nx_udp_socket_disable_checksum),
    NETX_HOST_FIELD(NX_UDP_SOCKET, nx_udp_socket_receive_count),
    NETX_HOST_FIELD(NX_UDP_SOCKET, nx_udp_socket_queue_maximum),
    NETX_HOST_FIELD(NX_UDP_SOCKET, nx_udp_socket_reserved_ptr),
    NETX_HOST_STRUCT(NXD_ADDRESS),
    NETX_HOST_FIELD(NXD_ADDRESS, nxd_ip_version),
    NETX_HOST_FIELD(NXD_ADDRESS, nxd_ip_address),
    NETX_HOST_MEMBER(NXD_ADDRESS, nxd_ip_address, nxd_ip_address.v4),
    NETX_HOST_MEMBER(NXD_ADDRESS, nxd_ip_address, nxd_ip_address.v6),
    NETX_HOST_STRUCT(NX_MD5),
    NETX_HOST_FIELD(NX_MD5, nx_md5_states),
    NETX_HOST_FIELD(NX_MD5, nx_md5_bit_count),
    NETX_HOST_FIELD(NX_MD5, nx_md5_buffer),
    NETX_HOST_STRUCT(NX_ARP),
    NETX_HOST_FIELD(NX_ARP, nx_arp_route_static),
    NETX_HOST_FIELD(NX_ARP, nx_arp_entry_next_update),
    NETX_HOST_FIELD(NX_ARP, nx_arp_retries),
    NETX_HOST_FIELD(NX_ARP, nx_arp_ip_address),
    NETX_HOST_FIELD(NX_ARP, nx_arp_physical_address_msw),
    NETX_HOST_FIELD(NX_ARP, nx_arp_physical_address_lsw),
    NETX_HOST_FIELD(NX_ARP, nx_arp_ip_interface),
    NETX_HOST_FIELD(NX_ARP, nx_arp_packets_waiting),
    NETX_HOST_STRUCT(NXD_IPV6_ADDRESS),
    NETX_HOST_FIELD(NXD_IPV6_ADDRESS, nxd_ipv6_address_valid),
    NETX_HOST_FIELD(NXD_IPV6_ADDRESS, nxd_ipv6_address_type),
    NETX_HOST_FIELD(NXD_IPV6_ADDRESS, nxd_ipv6_address_state),
    NETX_HOST_FIELD(NXD_IPV6_ADDRESS, nxd_ipv6_address_prefix_length),
    NETX_HOST_FIELD(NXD_IPV6_ADDRESS, nxd_ipv6_address_attached),
    NETX_HOST_FIELD(NXD_IPV6_ADDRESS, nxd_ipv6_address),
    NETX_HOST_FIELD(NXD_IPV6_ADDRESS, nxd_ipv6_address_next),
    NETX_HOST_FIELD(NXD_IPV6_ADDRESS, nxd_ipv6_address_DupAddrDetectTransmit),
    NETX_HOST_FIELD(NXD_IPV6_ADDRESS, nxd_ipv6_address_ConfigurationMethod),
    NETX_HOST_FIELD(NXD_IPV6_ADDRESS, nxd_ipv6_address_index),
    {0, 0, 0}
};
#endif

#ifdef __cplusplus
}
#endif

#endif
