# Written by tools/make_stub.py.
from netx_sim.constants import *
from netx_sim.constants_tx import *
from netx_sim.constants_ipv6 import *
from netx_sim.status import *
from netx_sim.address import (
    IP_ADDRESS as IP_ADDRESS,
    NXD_ADDRESS as NXD_ADDRESS,
)
from netx_sim.arp.cache import (
    NX_ARP as NX_ARP,
)
from netx_sim.checked.arp import (
    nx_arp_dynamic_entries_invalidate as nx_arp_dynamic_entries_invalidate,
    nx_arp_dynamic_entry_set as nx_arp_dynamic_entry_set,
    nx_arp_enable as nx_arp_enable,
    nx_arp_entry_delete as nx_arp_entry_delete,
    nx_arp_gratuitous_send as nx_arp_gratuitous_send,
    nx_arp_hardware_address_find as nx_arp_hardware_address_find,
    nx_arp_info_get as nx_arp_info_get,
    nx_arp_ip_address_find as nx_arp_ip_address_find,
    nx_arp_static_entries_delete as nx_arp_static_entries_delete,
    nx_arp_static_entry_create as nx_arp_static_entry_create,
    nx_arp_static_entry_delete as nx_arp_static_entry_delete,
)
from netx_sim.checked.icmp import (
    nx_icmp_enable as nx_icmp_enable,
    nx_icmp_info_get as nx_icmp_info_get,
    nx_icmp_ping as nx_icmp_ping,
    nxd_icmp_enable as nxd_icmp_enable,
    nxd_icmp_ping as nxd_icmp_ping,
    nxd_icmp_source_ping as nxd_icmp_source_ping,
)
from netx_sim.checked.igmp import (
    nx_igmp_enable as nx_igmp_enable,
    nx_igmp_info_get as nx_igmp_info_get,
    nx_igmp_loopback_disable as nx_igmp_loopback_disable,
    nx_igmp_loopback_enable as nx_igmp_loopback_enable,
    nx_igmp_multicast_interface_join as nx_igmp_multicast_interface_join,
    nx_igmp_multicast_interface_leave as nx_igmp_multicast_interface_leave,
    nx_igmp_multicast_join as nx_igmp_multicast_join,
    nx_igmp_multicast_leave as nx_igmp_multicast_leave,
    nx_ipv4_multicast_interface_join as nx_ipv4_multicast_interface_join,
    nx_ipv4_multicast_interface_leave as nx_ipv4_multicast_interface_leave,
)
from netx_sim.checked.ip import (
    nx_ip_address_change_notify as nx_ip_address_change_notify,
    nx_ip_address_get as nx_ip_address_get,
    nx_ip_address_set as nx_ip_address_set,
    nx_ip_create as nx_ip_create,
    nx_ip_delete as nx_ip_delete,
    nx_ip_info_get as nx_ip_info_get,
    nx_ip_max_payload_size_find as nx_ip_max_payload_size_find,
    nx_ip_status_check as nx_ip_status_check,
    nx_system_initialize as nx_system_initialize,
)
from netx_sim.checked.ip_interface import (
    nx_ip_driver_direct_command as nx_ip_driver_direct_command,
    nx_ip_driver_interface_direct_command as nx_ip_driver_interface_direct_command,
    nx_ip_interface_address_get as nx_ip_interface_address_get,
    nx_ip_interface_address_mapping_configure as nx_ip_interface_address_mapping_configure,
    nx_ip_interface_address_set as nx_ip_interface_address_set,
    nx_ip_interface_attach as nx_ip_interface_attach,
    nx_ip_interface_capability_get as nx_ip_interface_capability_get,
    nx_ip_interface_capability_set as nx_ip_interface_capability_set,
    nx_ip_interface_detach as nx_ip_interface_detach,
    nx_ip_interface_info_get as nx_ip_interface_info_get,
    nx_ip_interface_mtu_set as nx_ip_interface_mtu_set,
    nx_ip_interface_physical_address_get as nx_ip_interface_physical_address_get,
    nx_ip_interface_physical_address_set as nx_ip_interface_physical_address_set,
    nx_ip_interface_status_check as nx_ip_interface_status_check,
    nx_ip_link_status_change_notify_set as nx_ip_link_status_change_notify_set,
)
from netx_sim.checked.ip_raw import (
    nx_ip_raw_packet_disable as nx_ip_raw_packet_disable,
    nx_ip_raw_packet_enable as nx_ip_raw_packet_enable,
    nx_ip_raw_packet_filter_set as nx_ip_raw_packet_filter_set,
    nx_ip_raw_packet_receive as nx_ip_raw_packet_receive,
    nx_ip_raw_packet_send as nx_ip_raw_packet_send,
    nx_ip_raw_packet_source_send as nx_ip_raw_packet_source_send,
    nx_ip_raw_receive_queue_max_set as nx_ip_raw_receive_queue_max_set,
    nxd_ip_raw_packet_send as nxd_ip_raw_packet_send,
    nxd_ip_raw_packet_source_send as nxd_ip_raw_packet_source_send,
)
from netx_sim.checked.ip_route import (
    nx_ip_auxiliary_packet_pool_set as nx_ip_auxiliary_packet_pool_set,
    nx_ip_forwarding_disable as nx_ip_forwarding_disable,
    nx_ip_forwarding_enable as nx_ip_forwarding_enable,
    nx_ip_fragment_disable as nx_ip_fragment_disable,
    nx_ip_fragment_enable as nx_ip_fragment_enable,
    nx_ip_gateway_address_clear as nx_ip_gateway_address_clear,
    nx_ip_gateway_address_get as nx_ip_gateway_address_get,
    nx_ip_gateway_address_set as nx_ip_gateway_address_set,
    nx_ip_static_route_add as nx_ip_static_route_add,
    nx_ip_static_route_delete as nx_ip_static_route_delete,
)
from netx_sim.checked.ipv6 import (
    nxd_icmpv6_ra_flag_callback_set as nxd_icmpv6_ra_flag_callback_set,
    nxd_ipv6_address_change_notify as nxd_ipv6_address_change_notify,
    nxd_ipv6_address_delete as nxd_ipv6_address_delete,
    nxd_ipv6_address_get as nxd_ipv6_address_get,
    nxd_ipv6_address_set as nxd_ipv6_address_set,
    nxd_ipv6_default_router_add as nxd_ipv6_default_router_add,
    nxd_ipv6_default_router_delete as nxd_ipv6_default_router_delete,
    nxd_ipv6_default_router_get as nxd_ipv6_default_router_get,
    nxd_ipv6_disable as nxd_ipv6_disable,
    nxd_ipv6_enable as nxd_ipv6_enable,
    nxd_ipv6_multicast_interface_join as nxd_ipv6_multicast_interface_join,
    nxd_ipv6_multicast_interface_leave as nxd_ipv6_multicast_interface_leave,
)
from netx_sim.checked.nd import (
    nxd_nd_cache_entry_delete as nxd_nd_cache_entry_delete,
    nxd_nd_cache_entry_set as nxd_nd_cache_entry_set,
    nxd_nd_cache_hardware_address_find as nxd_nd_cache_hardware_address_find,
    nxd_nd_cache_invalidate as nxd_nd_cache_invalidate,
    nxd_nd_cache_ip_address_find as nxd_nd_cache_ip_address_find,
)
from netx_sim.checked.packet import (
    nx_packet_allocate as nx_packet_allocate,
    nx_packet_copy as nx_packet_copy,
    nx_packet_data_adjust as nx_packet_data_adjust,
    nx_packet_data_append as nx_packet_data_append,
    nx_packet_data_extract_offset as nx_packet_data_extract_offset,
    nx_packet_data_retrieve as nx_packet_data_retrieve,
    nx_packet_debug_info_get as nx_packet_debug_info_get,
    nx_packet_length_get as nx_packet_length_get,
    nx_packet_pool_create as nx_packet_pool_create,
    nx_packet_pool_delete as nx_packet_pool_delete,
    nx_packet_pool_info_get as nx_packet_pool_info_get,
    nx_packet_pool_low_watermark_set as nx_packet_pool_low_watermark_set,
    nx_packet_release as nx_packet_release,
    nx_packet_transmit_release as nx_packet_transmit_release,
)
from netx_sim.checked.tcp import (
    nx_tcp_socket_disconnect as nx_tcp_socket_disconnect,
    nx_tcp_socket_receive as nx_tcp_socket_receive,
    nx_tcp_socket_send as nx_tcp_socket_send,
)
from netx_sim.checked.tcp_client import (
    nx_tcp_client_socket_bind as nx_tcp_client_socket_bind,
    nx_tcp_client_socket_connect as nx_tcp_client_socket_connect,
    nx_tcp_client_socket_port_get as nx_tcp_client_socket_port_get,
    nx_tcp_client_socket_unbind as nx_tcp_client_socket_unbind,
    nx_tcp_free_port_find as nx_tcp_free_port_find,
    nxd_tcp_client_socket_connect as nxd_tcp_client_socket_connect,
)
from netx_sim.checked.tcp_notify import (
    nx_tcp_socket_disconnect_complete_notify as nx_tcp_socket_disconnect_complete_notify,
    nx_tcp_socket_establish_notify as nx_tcp_socket_establish_notify,
    nx_tcp_socket_queue_depth_notify_set as nx_tcp_socket_queue_depth_notify_set,
    nx_tcp_socket_receive_notify as nx_tcp_socket_receive_notify,
    nx_tcp_socket_timed_wait_callback as nx_tcp_socket_timed_wait_callback,
    nx_tcp_socket_window_update_notify_set as nx_tcp_socket_window_update_notify_set,
)
from netx_sim.checked.tcp_server import (
    nx_tcp_server_socket_accept as nx_tcp_server_socket_accept,
    nx_tcp_server_socket_listen as nx_tcp_server_socket_listen,
    nx_tcp_server_socket_relisten as nx_tcp_server_socket_relisten,
    nx_tcp_server_socket_unaccept as nx_tcp_server_socket_unaccept,
    nx_tcp_server_socket_unlisten as nx_tcp_server_socket_unlisten,
)
from netx_sim.checked.tcp_socket import (
    nx_tcp_enable as nx_tcp_enable,
    nx_tcp_info_get as nx_tcp_info_get,
    nx_tcp_socket_bytes_available as nx_tcp_socket_bytes_available,
    nx_tcp_socket_create as nx_tcp_socket_create,
    nx_tcp_socket_delete as nx_tcp_socket_delete,
    nx_tcp_socket_info_get as nx_tcp_socket_info_get,
    nx_tcp_socket_mss_get as nx_tcp_socket_mss_get,
    nx_tcp_socket_mss_peer_get as nx_tcp_socket_mss_peer_get,
    nx_tcp_socket_mss_set as nx_tcp_socket_mss_set,
    nx_tcp_socket_peer_info_get as nx_tcp_socket_peer_info_get,
    nx_tcp_socket_receive_queue_max_set as nx_tcp_socket_receive_queue_max_set,
    nx_tcp_socket_state_wait as nx_tcp_socket_state_wait,
    nx_tcp_socket_transmit_configure as nx_tcp_socket_transmit_configure,
    nxd_tcp_socket_peer_info_get as nxd_tcp_socket_peer_info_get,
)
from netx_sim.checked.threadx_flags import (
    tx_event_flags_create as tx_event_flags_create,
    tx_event_flags_delete as tx_event_flags_delete,
    tx_event_flags_get as tx_event_flags_get,
    tx_event_flags_info_get as tx_event_flags_info_get,
    tx_event_flags_set as tx_event_flags_set,
    tx_event_flags_set_notify as tx_event_flags_set_notify,
)
from netx_sim.checked.threadx_memory import (
    tx_block_allocate as tx_block_allocate,
    tx_block_pool_create as tx_block_pool_create,
    tx_block_pool_delete as tx_block_pool_delete,
    tx_block_pool_info_get as tx_block_pool_info_get,
    tx_block_pool_prioritize as tx_block_pool_prioritize,
    tx_block_release as tx_block_release,
    tx_byte_allocate as tx_byte_allocate,
    tx_byte_pool_create as tx_byte_pool_create,
    tx_byte_pool_delete as tx_byte_pool_delete,
    tx_byte_pool_info_get as tx_byte_pool_info_get,
    tx_byte_pool_prioritize as tx_byte_pool_prioritize,
    tx_byte_release as tx_byte_release,
    tx_interrupt_control as tx_interrupt_control,
    tx_queue_create as tx_queue_create,
    tx_queue_delete as tx_queue_delete,
    tx_queue_flush as tx_queue_flush,
    tx_queue_front_send as tx_queue_front_send,
    tx_queue_info_get as tx_queue_info_get,
    tx_queue_prioritize as tx_queue_prioritize,
    tx_queue_receive as tx_queue_receive,
    tx_queue_send as tx_queue_send,
    tx_queue_send_notify as tx_queue_send_notify,
)
from netx_sim.checked.threadx_sync import (
    tx_mutex_create as tx_mutex_create,
    tx_mutex_delete as tx_mutex_delete,
    tx_mutex_get as tx_mutex_get,
    tx_mutex_info_get as tx_mutex_info_get,
    tx_mutex_prioritize as tx_mutex_prioritize,
    tx_mutex_put as tx_mutex_put,
    tx_semaphore_ceiling_put as tx_semaphore_ceiling_put,
    tx_semaphore_create as tx_semaphore_create,
    tx_semaphore_delete as tx_semaphore_delete,
    tx_semaphore_get as tx_semaphore_get,
    tx_semaphore_info_get as tx_semaphore_info_get,
    tx_semaphore_prioritize as tx_semaphore_prioritize,
    tx_semaphore_put as tx_semaphore_put,
    tx_semaphore_put_notify as tx_semaphore_put_notify,
    tx_timer_activate as tx_timer_activate,
    tx_timer_change as tx_timer_change,
    tx_timer_create as tx_timer_create,
    tx_timer_deactivate as tx_timer_deactivate,
    tx_timer_delete as tx_timer_delete,
    tx_timer_info_get as tx_timer_info_get,
)
from netx_sim.checked.threadx_thread import (
    tx_thread_create as tx_thread_create,
    tx_thread_delete as tx_thread_delete,
    tx_thread_entry_exit_notify as tx_thread_entry_exit_notify,
    tx_thread_identify as tx_thread_identify,
    tx_thread_info_get as tx_thread_info_get,
    tx_thread_preemption_change as tx_thread_preemption_change,
    tx_thread_priority_change as tx_thread_priority_change,
    tx_thread_relinquish as tx_thread_relinquish,
    tx_thread_reset as tx_thread_reset,
    tx_thread_resume as tx_thread_resume,
    tx_thread_sleep as tx_thread_sleep,
    tx_thread_suspend as tx_thread_suspend,
    tx_thread_terminate as tx_thread_terminate,
    tx_thread_time_slice_change as tx_thread_time_slice_change,
    tx_thread_wait_abort as tx_thread_wait_abort,
    tx_time_get as tx_time_get,
    tx_time_set as tx_time_set,
)
from netx_sim.checked.udp import (
    nx_udp_enable as nx_udp_enable,
    nx_udp_free_port_find as nx_udp_free_port_find,
    nx_udp_info_get as nx_udp_info_get,
    nx_udp_socket_bind as nx_udp_socket_bind,
    nx_udp_socket_checksum_disable as nx_udp_socket_checksum_disable,
    nx_udp_socket_checksum_enable as nx_udp_socket_checksum_enable,
    nx_udp_socket_create as nx_udp_socket_create,
    nx_udp_socket_delete as nx_udp_socket_delete,
    nx_udp_socket_info_get as nx_udp_socket_info_get,
    nx_udp_socket_port_get as nx_udp_socket_port_get,
    nx_udp_socket_unbind as nx_udp_socket_unbind,
)
from netx_sim.checked.udp_data import (
    nx_udp_packet_info_extract as nx_udp_packet_info_extract,
    nx_udp_socket_bytes_available as nx_udp_socket_bytes_available,
    nx_udp_socket_receive as nx_udp_socket_receive,
    nx_udp_socket_receive_notify as nx_udp_socket_receive_notify,
    nx_udp_socket_send as nx_udp_socket_send,
    nx_udp_socket_source_send as nx_udp_socket_source_send,
    nx_udp_source_extract as nx_udp_source_extract,
    nxd_udp_packet_info_extract as nxd_udp_packet_info_extract,
    nxd_udp_socket_send as nxd_udp_socket_send,
    nxd_udp_socket_source_send as nxd_udp_socket_source_send,
    nxd_udp_source_extract as nxd_udp_source_extract,
)
from netx_sim.config import (
    Config as Config,
)
from netx_sim.fault import (
    DeviceFault as DeviceFault,
    ForeignThreadError as ForeignThreadError,
    SimulationDeadlock as SimulationDeadlock,
)
from netx_sim.ip.block import (
    NX_IP as NX_IP,
)
from netx_sim.ipv6.block import (
    NXD_IPV6_ADDRESS as NXD_IPV6_ADDRESS,
)
from netx_sim.kernel.block_pool import (
    TX_BLOCK_POOL as TX_BLOCK_POOL,
)
from netx_sim.kernel.byte_pool import (
    TX_BYTE_POOL as TX_BYTE_POOL,
)
from netx_sim.kernel.event_flags import (
    TX_EVENT_FLAGS_GROUP as TX_EVENT_FLAGS_GROUP,
)
from netx_sim.kernel.mutex_block import (
    TX_MUTEX as TX_MUTEX,
)
from netx_sim.kernel.queue import (
    TX_QUEUE as TX_QUEUE,
)
from netx_sim.kernel.semaphore import (
    TX_SEMAPHORE as TX_SEMAPHORE,
)
from netx_sim.kernel.simulation import (
    Simulation as Simulation,
    never_waits as never_waits,
    simulation as simulation,
)
from netx_sim.kernel.thread import (
    tx_kernel_enter as tx_kernel_enter,
)
from netx_sim.kernel.thread_block import (
    TX_THREAD as TX_THREAD,
)
from netx_sim.kernel.timer import (
    TX_TIMER as TX_TIMER,
)
from netx_sim.leaks import (
    leak_report as leak_report,
)
from netx_sim.link import (
    NX_INTERFACE as NX_INTERFACE,
    NX_IP_DRIVER as NX_IP_DRIVER,
    _nx_arp_packet_deferred_receive as _nx_arp_packet_deferred_receive,
    _nx_arp_packet_receive as _nx_arp_packet_receive,
    _nx_ip_driver_deferred_processing as _nx_ip_driver_deferred_processing,
    _nx_ip_driver_link_status_event as _nx_ip_driver_link_status_event,
    _nx_ip_packet_deferred_receive as _nx_ip_packet_deferred_receive,
    _nx_ip_packet_receive as _nx_ip_packet_receive,
    _nx_rarp_packet_deferred_receive as _nx_rarp_packet_deferred_receive,
    _nx_rarp_packet_receive as _nx_rarp_packet_receive,
)
from netx_sim.md5 import (
    NX_MD5 as NX_MD5,
    _nx_md5_digest_calculate as _nx_md5_digest_calculate,
    _nx_md5_initialize as _nx_md5_initialize,
    _nx_md5_update as _nx_md5_update,
)
from netx_sim.packet_pool import (
    NX_PACKET as NX_PACKET,
    NX_PACKET_POOL as NX_PACKET_POOL,
    packet_bytes as packet_bytes,
)
from netx_sim.ref import (
    Ref as Ref,
)
from netx_sim.snapshot import (
    netstat as netstat,
)
from netx_sim.status import (
    status_name as status_name,
)
from netx_sim.tcp.block import (
    NX_TCP_SOCKET as NX_TCP_SOCKET,
)
from netx_sim.udp.block import (
    NX_UDP_SOCKET as NX_UDP_SOCKET,
)
