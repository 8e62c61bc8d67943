/* Written by tools/make_services.py: one function for every service, which calls Python through netx_table. */

#include "host.h"

/* A function of the program's own with one of these names is taken instead: a driver, or a service to be mocked. */
#define NETX_STUB __attribute__((weak))

const char *const netx_names[] = {
    "_nx_pop3_client_create",
    "_nxe_pop3_client_create",
    "_nxd_pop3_client_create",
    "_nxde_pop3_client_create",
    "_nx_pop3_client_delete",
    "_nxe_pop3_client_delete",
    "_nx_pop3_client_mail_item_delete",
    "_nxe_pop3_client_mail_item_delete",
    "_nx_pop3_client_mail_item_get",
    "_nxe_pop3_client_mail_item_get",
    "_nx_pop3_client_mail_items_get",
    "_nxe_pop3_client_mail_items_get",
    "_nx_pop3_client_mail_item_message_get",
    "_nxe_pop3_client_mail_item_message_get",
    "_nx_pop3_client_mail_item_size_get",
    "_nxe_pop3_client_mail_item_size_get",
    "_nx_pop3_client_quit",
    "_nxe_pop3_client_quit",
    "_nx_packet_pool_create",
    "_nxe_packet_pool_create",
    "_nx_packet_pool_delete",
    "_nxe_packet_pool_delete",
    "_nx_packet_pool_info_get",
    "_nxe_packet_pool_info_get",
    "_nx_packet_pool_low_watermark_set",
    "_nxe_packet_pool_low_watermark_set",
    "_nx_packet_allocate",
    "_nxe_packet_allocate",
    "_nx_packet_release",
    "_nxe_packet_release",
    "_nx_packet_transmit_release",
    "_nxe_packet_transmit_release",
    "_nx_packet_data_append",
    "_nxe_packet_data_append",
    "_nx_packet_data_retrieve",
    "_nxe_packet_data_retrieve",
    "_nx_packet_data_extract_offset",
    "_nxe_packet_data_extract_offset",
    "_nx_packet_copy",
    "_nxe_packet_copy",
    "_nx_packet_length_get",
    "_nxe_packet_length_get",
    "_nx_packet_data_adjust",
    "_nx_packet_debug_info_get",
    "_nx_system_initialize",
    "_nx_ip_create",
    "_nxe_ip_create",
    "_nx_ip_delete",
    "_nxe_ip_delete",
    "_nx_ip_info_get",
    "_nxe_ip_info_get",
    "_nx_ip_status_check",
    "_nxe_ip_status_check",
    "_nx_ip_interface_status_check",
    "_nxe_ip_interface_status_check",
    "_nx_ip_address_get",
    "_nxe_ip_address_get",
    "_nx_ip_address_set",
    "_nxe_ip_address_set",
    "_nx_ip_address_change_notify",
    "_nxe_ip_address_change_notify",
    "_nx_ip_gateway_address_set",
    "_nxe_ip_gateway_address_set",
    "_nx_ip_gateway_address_get",
    "_nxe_ip_gateway_address_get",
    "_nx_ip_gateway_address_clear",
    "_nxe_ip_gateway_address_clear",
    "_nx_ip_static_route_add",
    "_nxe_ip_static_route_add",
    "_nx_ip_static_route_delete",
    "_nxe_ip_static_route_delete",
    "_nx_ip_interface_attach",
    "_nxe_ip_interface_attach",
    "_nx_ip_interface_detach",
    "_nxe_ip_interface_detach",
    "_nx_ip_interface_info_get",
    "_nxe_ip_interface_info_get",
    "_nx_ip_interface_address_get",
    "_nxe_ip_interface_address_get",
    "_nx_ip_interface_address_set",
    "_nxe_ip_interface_address_set",
    "_nx_ip_interface_mtu_set",
    "_nxe_ip_interface_mtu_set",
    "_nx_ip_interface_physical_address_get",
    "_nxe_ip_interface_physical_address_get",
    "_nx_ip_interface_physical_address_set",
    "_nxe_ip_interface_physical_address_set",
    "_nx_ip_interface_address_mapping_configure",
    "_nxe_ip_interface_address_mapping_configure",
    "_nx_ip_interface_capability_get",
    "_nxe_ip_interface_capability_get",
    "_nx_ip_interface_capability_set",
    "_nxe_ip_interface_capability_set",
    "_nx_ip_driver_direct_command",
    "_nxe_ip_driver_direct_command",
    "_nx_ip_driver_interface_direct_command",
    "_nxe_ip_driver_interface_direct_command",
    "_nx_ip_link_status_change_notify_set",
    "_nxe_ip_link_status_change_notify_set",
    "_nx_ip_fragment_enable",
    "_nxe_ip_fragment_enable",
    "_nx_ip_fragment_disable",
    "_nxe_ip_fragment_disable",
    "_nx_ip_forwarding_enable",
    "_nxe_ip_forwarding_enable",
    "_nx_ip_forwarding_disable",
    "_nxe_ip_forwarding_disable",
    "_nx_ip_max_payload_size_find",
    "_nxe_ip_max_payload_size_find",
    "_nx_ip_auxiliary_packet_pool_set",
    "_nxe_ip_auxiliary_packet_pool_set",
    "_nx_ip_raw_packet_enable",
    "_nxe_ip_raw_packet_enable",
    "_nx_ip_raw_packet_disable",
    "_nxe_ip_raw_packet_disable",
    "_nx_ip_raw_packet_send",
    "_nxe_ip_raw_packet_send",
    "_nx_ip_raw_packet_source_send",
    "_nxe_ip_raw_packet_source_send",
    "_nx_ip_raw_packet_receive",
    "_nxe_ip_raw_packet_receive",
    "_nx_ip_raw_packet_filter_set",
    "_nxe_ip_raw_packet_filter_set",
    "_nx_ip_raw_receive_queue_max_set",
    "_nxe_ip_raw_receive_queue_max_set",
    "_nxd_ip_raw_packet_send",
    "_nxde_ip_raw_packet_send",
    "_nxd_ip_raw_packet_source_send",
    "_nxde_ip_raw_packet_source_send",
    "_nxd_ipv6_enable",
    "_nxde_ipv6_enable",
    "_nxd_ipv6_disable",
    "_nxde_ipv6_disable",
    "_nxd_ipv6_address_set",
    "_nxde_ipv6_address_set",
    "_nxd_ipv6_address_get",
    "_nxde_ipv6_address_get",
    "_nxd_ipv6_address_delete",
    "_nxde_ipv6_address_delete",
    "_nxd_ipv6_default_router_add",
    "_nxde_ipv6_default_router_add",
    "_nxd_ipv6_default_router_delete",
    "_nxde_ipv6_default_router_delete",
    "_nxd_ipv6_default_router_get",
    "_nxde_ipv6_default_router_get",
    "_nxd_ipv6_address_change_notify",
    "_nxde_ipv6_address_change_notify",
    "_nxd_nd_cache_entry_set",
    "_nxde_nd_cache_entry_set",
    "_nxd_nd_cache_entry_delete",
    "_nxde_nd_cache_entry_delete",
    "_nxd_nd_cache_hardware_address_find",
    "_nxde_nd_cache_hardware_address_find",
    "_nxd_nd_cache_ip_address_find",
    "_nxde_nd_cache_ip_address_find",
    "_nxd_nd_cache_invalidate",
    "_nxde_nd_cache_invalidate",
    "_nx_icmp_enable",
    "_nxe_icmp_enable",
    "_nx_icmp_ping",
    "_nxe_icmp_ping",
    "_nx_icmp_info_get",
    "_nxe_icmp_info_get",
    "_nxd_icmp_enable",
    "_nxde_icmp_enable",
    "_nxd_icmp_ping",
    "_nxde_icmp_ping",
    "_nxd_icmp_source_ping",
    "_nxde_icmp_source_ping",
    "_nx_arp_enable",
    "_nxe_arp_enable",
    "_nx_arp_static_entry_create",
    "_nxe_arp_static_entry_create",
    "_nx_arp_static_entry_delete",
    "_nxe_arp_static_entry_delete",
    "_nx_arp_static_entries_delete",
    "_nxe_arp_static_entries_delete",
    "_nx_arp_dynamic_entry_set",
    "_nxe_arp_dynamic_entry_set",
    "_nx_arp_dynamic_entries_invalidate",
    "_nxe_arp_dynamic_entries_invalidate",
    "_nx_arp_entry_delete",
    "_nxe_arp_entry_delete",
    "_nx_arp_info_get",
    "_nxe_arp_info_get",
    "_nx_arp_gratuitous_send",
    "_nxe_arp_gratuitous_send",
    "_nx_arp_hardware_address_find",
    "_nxe_arp_hardware_address_find",
    "_nx_arp_ip_address_find",
    "_nxe_arp_ip_address_find",
    "_nx_tcp_enable",
    "_nxe_tcp_enable",
    "_nx_tcp_info_get",
    "_nxe_tcp_info_get",
    "_nx_tcp_free_port_find",
    "_nxe_tcp_free_port_find",
    "_nx_tcp_client_socket_bind",
    "_nxe_tcp_client_socket_bind",
    "_nx_tcp_client_socket_unbind",
    "_nxe_tcp_client_socket_unbind",
    "_nx_tcp_client_socket_port_get",
    "_nxe_tcp_client_socket_port_get",
    "_nx_tcp_client_socket_connect",
    "_nxe_tcp_client_socket_connect",
    "_nxd_tcp_client_socket_connect",
    "_nxde_tcp_client_socket_connect",
    "_nx_tcp_server_socket_listen",
    "_nxe_tcp_server_socket_listen",
    "_nx_tcp_server_socket_unlisten",
    "_nxe_tcp_server_socket_unlisten",
    "_nx_tcp_server_socket_accept",
    "_nxe_tcp_server_socket_accept",
    "_nx_tcp_server_socket_unaccept",
    "_nxe_tcp_server_socket_unaccept",
    "_nx_tcp_server_socket_relisten",
    "_nxe_tcp_server_socket_relisten",
    "_nx_tcp_socket_create",
    "_nxe_tcp_socket_create",
    "_nx_tcp_socket_delete",
    "_nxe_tcp_socket_delete",
    "_nx_tcp_socket_send",
    "_nxe_tcp_socket_send",
    "_nx_tcp_socket_receive",
    "_nxe_tcp_socket_receive",
    "_nx_tcp_socket_receive_notify",
    "_nxe_tcp_socket_receive_notify",
    "_nx_tcp_socket_disconnect",
    "_nxe_tcp_socket_disconnect",
    "_nx_tcp_socket_state_wait",
    "_nxe_tcp_socket_state_wait",
    "_nx_tcp_socket_info_get",
    "_nxe_tcp_socket_info_get",
    "_nx_tcp_socket_bytes_available",
    "_nxe_tcp_socket_bytes_available",
    "_nx_tcp_socket_mss_get",
    "_nxe_tcp_socket_mss_get",
    "_nx_tcp_socket_mss_set",
    "_nxe_tcp_socket_mss_set",
    "_nx_tcp_socket_mss_peer_get",
    "_nxe_tcp_socket_mss_peer_get",
    "_nx_tcp_socket_peer_info_get",
    "_nxe_tcp_socket_peer_info_get",
    "_nxd_tcp_socket_peer_info_get",
    "_nxde_tcp_socket_peer_info_get",
    "_nx_tcp_socket_timed_wait_callback",
    "_nxe_tcp_socket_timed_wait_callback",
    "_nx_tcp_socket_disconnect_complete_notify",
    "_nxe_tcp_socket_disconnect_complete_notify",
    "_nx_tcp_socket_establish_notify",
    "_nxe_tcp_socket_establish_notify",
    "_nx_tcp_socket_window_update_notify_set",
    "_nxe_tcp_socket_window_update_notify_set",
    "_nx_tcp_socket_transmit_configure",
    "_nxe_tcp_socket_transmit_configure",
    "_nx_tcp_socket_receive_queue_max_set",
    "_nxe_tcp_socket_receive_queue_max_set",
    "_nx_tcp_socket_queue_depth_notify_set",
    "_nxe_tcp_socket_queue_depth_notify_set",
    "_nx_udp_enable",
    "_nxe_udp_enable",
    "_nx_udp_info_get",
    "_nxe_udp_info_get",
    "_nx_udp_free_port_find",
    "_nxe_udp_free_port_find",
    "_nx_udp_socket_create",
    "_nxe_udp_socket_create",
    "_nx_udp_socket_delete",
    "_nxe_udp_socket_delete",
    "_nx_udp_socket_bind",
    "_nxe_udp_socket_bind",
    "_nx_udp_socket_unbind",
    "_nxe_udp_socket_unbind",
    "_nx_udp_socket_port_get",
    "_nxe_udp_socket_port_get",
    "_nx_udp_socket_send",
    "_nxe_udp_socket_send",
    "_nx_udp_socket_source_send",
    "_nxe_udp_socket_source_send",
    "_nxd_udp_socket_send",
    "_nxde_udp_socket_send",
    "_nxd_udp_socket_source_send",
    "_nxde_udp_socket_source_send",
    "_nx_udp_socket_receive",
    "_nxe_udp_socket_receive",
    "_nx_udp_socket_receive_notify",
    "_nxe_udp_socket_receive_notify",
    "_nx_udp_socket_info_get",
    "_nxe_udp_socket_info_get",
    "_nx_udp_socket_bytes_available",
    "_nxe_udp_socket_bytes_available",
    "_nx_udp_socket_checksum_enable",
    "_nxe_udp_socket_checksum_enable",
    "_nx_udp_socket_checksum_disable",
    "_nxe_udp_socket_checksum_disable",
    "_nx_udp_source_extract",
    "_nxe_udp_source_extract",
    "_nxd_udp_source_extract",
    "_nxde_udp_source_extract",
    "_nx_udp_packet_info_extract",
    "_nxe_udp_packet_info_extract",
    "_nxd_udp_packet_info_extract",
    "_nxde_udp_packet_info_extract",
    "_tx_thread_create",
    "_txe_thread_create",
    "_tx_thread_delete",
    "_txe_thread_delete",
    "_tx_thread_entry_exit_notify",
    "_txe_thread_entry_exit_notify",
    "_tx_thread_identify",
    "_tx_thread_info_get",
    "_txe_thread_info_get",
    "_tx_thread_preemption_change",
    "_txe_thread_preemption_change",
    "_tx_thread_priority_change",
    "_txe_thread_priority_change",
    "_tx_thread_relinquish",
    "_txe_thread_relinquish",
    "_tx_thread_reset",
    "_txe_thread_reset",
    "_tx_thread_resume",
    "_txe_thread_resume",
    "_tx_thread_sleep",
    "_tx_thread_suspend",
    "_txe_thread_suspend",
    "_tx_thread_terminate",
    "_txe_thread_terminate",
    "_tx_thread_time_slice_change",
    "_txe_thread_time_slice_change",
    "_tx_thread_wait_abort",
    "_txe_thread_wait_abort",
    "_tx_time_get",
    "_tx_time_set",
    "_tx_timer_activate",
    "_txe_timer_activate",
    "_tx_timer_change",
    "_txe_timer_change",
    "_tx_timer_create",
    "_txe_timer_create",
    "_tx_timer_deactivate",
    "_txe_timer_deactivate",
    "_tx_timer_delete",
    "_txe_timer_delete",
    "_tx_timer_info_get",
    "_txe_timer_info_get",
    "_tx_semaphore_ceiling_put",
    "_txe_semaphore_ceiling_put",
    "_tx_semaphore_create",
    "_txe_semaphore_create",
    "_tx_semaphore_delete",
    "_txe_semaphore_delete",
    "_tx_semaphore_get",
    "_txe_semaphore_get",
    "_tx_semaphore_info_get",
    "_txe_semaphore_info_get",
    "_tx_semaphore_prioritize",
    "_txe_semaphore_prioritize",
    "_tx_semaphore_put",
    "_txe_semaphore_put",
    "_tx_semaphore_put_notify",
    "_txe_semaphore_put_notify",
    "_tx_mutex_create",
    "_txe_mutex_create",
    "_tx_mutex_delete",
    "_txe_mutex_delete",
    "_tx_mutex_get",
    "_txe_mutex_get",
    "_tx_mutex_info_get",
    "_txe_mutex_info_get",
    "_tx_mutex_prioritize",
    "_txe_mutex_prioritize",
    "_tx_mutex_put",
    "_txe_mutex_put",
    "_tx_event_flags_create",
    "_txe_event_flags_create",
    "_tx_event_flags_delete",
    "_txe_event_flags_delete",
    "_tx_event_flags_get",
    "_txe_event_flags_get",
    "_tx_event_flags_info_get",
    "_txe_event_flags_info_get",
    "_tx_event_flags_set",
    "_txe_event_flags_set",
    "_tx_event_flags_set_notify",
    "_txe_event_flags_set_notify",
    "_tx_queue_create",
    "_txe_queue_create",
    "_tx_queue_delete",
    "_txe_queue_delete",
    "_tx_queue_flush",
    "_txe_queue_flush",
    "_tx_queue_front_send",
    "_txe_queue_front_send",
    "_tx_queue_info_get",
    "_txe_queue_info_get",
    "_tx_queue_prioritize",
    "_txe_queue_prioritize",
    "_tx_queue_receive",
    "_txe_queue_receive",
    "_tx_queue_send",
    "_txe_queue_send",
    "_tx_queue_send_notify",
    "_txe_queue_send_notify",
    "_tx_byte_allocate",
    "_txe_byte_allocate",
    "_tx_byte_pool_create",
    "_txe_byte_pool_create",
    "_tx_byte_pool_delete",
    "_txe_byte_pool_delete",
    "_tx_byte_pool_info_get",
    "_txe_byte_pool_info_get",
    "_tx_byte_pool_prioritize",
    "_txe_byte_pool_prioritize",
    "_tx_byte_release",
    "_txe_byte_release",
    "_tx_block_allocate",
    "_txe_block_allocate",
    "_tx_block_pool_create",
    "_txe_block_pool_create",
    "_tx_block_pool_delete",
    "_txe_block_pool_delete",
    "_tx_block_pool_info_get",
    "_txe_block_pool_info_get",
    "_tx_block_pool_prioritize",
    "_txe_block_pool_prioritize",
    "_tx_block_release",
    "_txe_block_release",
    "_tx_interrupt_control",
    "_nx_md5_initialize",
    "_nx_md5_update",
    "_nx_md5_digest_calculate",
    "_nx_ip_packet_receive",
    "_nx_ip_packet_deferred_receive",
    "_nx_arp_packet_receive",
    "_nx_arp_packet_deferred_receive",
    "_nx_rarp_packet_receive",
    "_nx_rarp_packet_deferred_receive",
    "_nx_ip_driver_deferred_processing",
    "_nx_ip_driver_link_status_event",
    "_nx_igmp_enable",
    "_nxe_igmp_enable",
    "_nx_igmp_info_get",
    "_nxe_igmp_info_get",
    "_nx_igmp_loopback_enable",
    "_nxe_igmp_loopback_enable",
    "_nx_igmp_loopback_disable",
    "_nxe_igmp_loopback_disable",
    "_nx_igmp_multicast_join",
    "_nxe_igmp_multicast_join",
    "_nx_igmp_multicast_interface_join",
    "_nxe_igmp_multicast_interface_join",
    "_nx_igmp_multicast_leave",
    "_nxe_igmp_multicast_leave",
    "_nx_igmp_multicast_interface_leave",
    "_nxe_igmp_multicast_interface_leave",
    "_nx_ipv4_multicast_interface_join",
    "_nxe_ipv4_multicast_interface_join",
    "_nx_ipv4_multicast_interface_leave",
    "_nxe_ipv4_multicast_interface_leave",
    "_nxd_icmpv6_ra_flag_callback_set",
    "_nxd_ipv6_multicast_interface_join",
    "_nxde_ipv6_multicast_interface_join",
    "_nxd_ipv6_multicast_interface_leave",
    "_nxde_ipv6_multicast_interface_leave",
    "_nx_ram_network_driver",
    "_nx_ram_network_driver_256",
    "_nx_ram_network_driver_512",
    "_nx_ram_network_driver_1024",
    "_nx_ram_network_driver_1500",
    "_nx_ram_network_driver_3000",
    "_nx_linux_network_driver",
    "nx_host_network_driver",
    "_tx_initialize_kernel_enter",
    "_nx_pop3_parse_response",
    "_nx_tcp_packet_receive",
    "_nx_udp_packet_receive",
    "_nx_icmp_packet_receive",
    "_nx_igmp_packet_receive",
    "_tx_thread_context_save",
    "_tx_thread_context_restore",
    "_tx_timer_interrupt",
    "netx_busy",
    "netx_interrupt",
    "netx_after_us",
    "netx_fd_attach",
    "netx_fd_detach",
    "netx_random",
    "netx_stop",
    "netx_netstat",
    "netx_leaks",
};
const unsigned netx_count = 490;
void *netx_table[490];

NETX_STUB uint32_t _nx_pop3_client_create(void *a0, uint32_t a1, void *a2, void *a3, uint32_t a4, uint32_t a5, void *a6, void *a7)
{
    return (uint32_t)netx_service8(0, (netx_word)a0, (netx_word)a1, (netx_word)a2, (netx_word)a3, (netx_word)a4, (netx_word)a5, (netx_word)a6, (netx_word)a7);
}

NETX_STUB uint32_t _nxe_pop3_client_create(void *a0, uint32_t a1, void *a2, void *a3, uint32_t a4, uint32_t a5, void *a6, void *a7)
{
    return (uint32_t)netx_service8(1, (netx_word)a0, (netx_word)a1, (netx_word)a2, (netx_word)a3, (netx_word)a4, (netx_word)a5, (netx_word)a6, (netx_word)a7);
}

NETX_STUB uint32_t _nxd_pop3_client_create(void *a0, uint32_t a1, void *a2, void *a3, void *a4, uint32_t a5, void *a6, void *a7)
{
    return (uint32_t)netx_service8(2, (netx_word)a0, (netx_word)a1, (netx_word)a2, (netx_word)a3, (netx_word)a4, (netx_word)a5, (netx_word)a6, (netx_word)a7);
}

NETX_STUB uint32_t _nxde_pop3_client_create(void *a0, uint32_t a1, void *a2, void *a3, void *a4, uint32_t a5, void *a6, void *a7)
{
    return (uint32_t)netx_service8(3, (netx_word)a0, (netx_word)a1, (netx_word)a2, (netx_word)a3, (netx_word)a4, (netx_word)a5, (netx_word)a6, (netx_word)a7);
}

NETX_STUB uint32_t _nx_pop3_client_delete(void *a0)
{
    return (uint32_t)netx_service1(4, (netx_word)a0);
}

NETX_STUB uint32_t _nxe_pop3_client_delete(void *a0)
{
    return (uint32_t)netx_service1(5, (netx_word)a0);
}

NETX_STUB uint32_t _nx_pop3_client_mail_item_delete(void *a0, uint32_t a1)
{
    return (uint32_t)netx_service2(6, (netx_word)a0, (netx_word)a1);
}

NETX_STUB uint32_t _nxe_pop3_client_mail_item_delete(void *a0, uint32_t a1)
{
    return (uint32_t)netx_service2(7, (netx_word)a0, (netx_word)a1);
}

NETX_STUB uint32_t _nx_pop3_client_mail_item_get(void *a0, uint32_t a1, void *a2)
{
    return (uint32_t)netx_service3(8, (netx_word)a0, (netx_word)a1, (netx_word)a2);
}

NETX_STUB uint32_t _nxe_pop3_client_mail_item_get(void *a0, uint32_t a1, void *a2)
{
    return (uint32_t)netx_service3(9, (netx_word)a0, (netx_word)a1, (netx_word)a2);
}

NETX_STUB uint32_t _nx_pop3_client_mail_items_get(void *a0, void *a1, void *a2)
{
    return (uint32_t)netx_service3(10, (netx_word)a0, (netx_word)a1, (netx_word)a2);
}

NETX_STUB uint32_t _nxe_pop3_client_mail_items_get(void *a0, void *a1, void *a2)
{
    return (uint32_t)netx_service3(11, (netx_word)a0, (netx_word)a1, (netx_word)a2);
}

NETX_STUB uint32_t _nx_pop3_client_mail_item_message_get(void *a0, void *a1, void *a2, void *a3)
{
    return (uint32_t)netx_service4(12, (netx_word)a0, (netx_word)a1, (netx_word)a2, (netx_word)a3);
}

NETX_STUB uint32_t _nxe_pop3_client_mail_item_message_get(void *a0, void *a1, void *a2, void *a3)
{
    return (uint32_t)netx_service4(13, (netx_word)a0, (netx_word)a1, (netx_word)a2, (netx_word)a3);
}

NETX_STUB uint32_t _nx_pop3_client_mail_item_size_get(void *a0, uint32_t a1, void *a2)
{
    return (uint32_t)netx_service3(14, (netx_word)a0, (netx_word)a1, (netx_word)a2);
}

NETX_STUB uint32_t _nxe_pop3_client_mail_item_size_get(void *a0, uint32_t a1, void *a2)
{
    return (uint32_t)netx_service3(15, (netx_word)a0, (netx_word)a1, (netx_word)a2);
}

NETX_STUB uint32_t _nx_pop3_client_quit(void *a0)
{
    return (uint32_t)netx_service1(16, (netx_word)a0);
}

NETX_STUB uint32_t _nxe_pop3_client_quit(void *a0)
{
    return (uint32_t)netx_service1(17, (netx_word)a0);
}

NETX_STUB uint32_t _nx_packet_pool_create(void *a0, void *a1, uint32_t a2, void *a3, uint32_t a4)
{
    return (uint32_t)netx_service5(18, (netx_word)a0, (netx_word)a1, (netx_word)a2, (netx_word)a3, (netx_word)a4);
}

NETX_STUB uint32_t _nxe_packet_pool_create(void *a0, void *a1, uint32_t a2, void *a3, uint32_t a4, uint32_t a5)
{
    return (uint32_t)netx_service6(19, (netx_word)a0, (netx_word)a1, (netx_word)a2, (netx_word)a3, (netx_word)a4, (netx_word)a5);
}

NETX_STUB uint32_t _nx_packet_pool_delete(void *a0)
{
    return (uint32_t)netx_service1(20, (netx_word)a0);
}

NETX_STUB uint32_t _nxe_packet_pool_delete(void *a0)
{
    return (uint32_t)netx_service1(21, (netx_word)a0);
}

NETX_STUB uint32_t _nx_packet_pool_info_get(void *a0, void *a1, void *a2, void *a3, void *a4, void *a5)
{
    return (uint32_t)netx_service6(22, (netx_word)a0, (netx_word)a1, (netx_word)a2, (netx_word)a3, (netx_word)a4, (netx_word)a5);
}

NETX_STUB uint32_t _nxe_packet_pool_info_get(void *a0, void *a1, void *a2, void *a3, void *a4, void *a5)
{
    return (uint32_t)netx_service6(23, (netx_word)a0, (netx_word)a1, (netx_word)a2, (netx_word)a3, (netx_word)a4, (netx_word)a5);
}

NETX_STUB uint32_t _nx_packet_pool_low_watermark_set(void *a0, uint32_t a1)
{
    return (uint32_t)netx_service2(24, (netx_word)a0, (netx_word)a1);
}

NETX_STUB uint32_t _nxe_packet_pool_low_watermark_set(void *a0, uint32_t a1)
{
    return (uint32_t)netx_service2(25, (netx_word)a0, (netx_word)a1);
}

NETX_STUB uint32_t _nx_packet_allocate(void *a0, void *a1, uint32_t a2, uint32_t a3)
{
    return (uint32_t)netx_service4(26, (netx_word)a0, (netx_word)a1, (netx_word)a2, (netx_word)a3);
}

NETX_STUB uint32_t _nxe_packet_allocate(void *a0, void *a1, uint32_t a2, uint32_t a3)
{
    return (uint32_t)netx_service4(27, (netx_word)a0, (netx_word)a1, (netx_word)a2, (netx_word)a3);
}

NETX_STUB uint32_t _nx_packet_release(void *a0)
{
    return (uint32_t)netx_service1(28, (netx_word)a0);
}

NETX_STUB uint32_t _nxe_packet_release(void *a0)
{
    return (uint32_t)netx_service1(29, (netx_word)a0);
}

NETX_STUB uint32_t _nx_packet_transmit_release(void *a0)
{
    return (uint32_t)netx_service1(30, (netx_word)a0);
}

NETX_STUB uint32_t _nxe_packet_transmit_release(void *a0)
{
    return (uint32_t)netx_service1(31, (netx_word)a0);
}

NETX_STUB uint32_t _nx_packet_data_append(void *a0, void *a1, uint32_t a2, void *a3, uint32_t a4)
{
    return (uint32_t)netx_service5(32, (netx_word)a0, (netx_word)a1, (netx_word)a2, (netx_word)a3, (netx_word)a4);
}

NETX_STUB uint32_t _nxe_packet_data_append(void *a0, void *a1, uint32_t a2, void *a3, uint32_t a4)
{
    return (uint32_t)netx_service5(33, (netx_word)a0, (netx_word)a1, (netx_word)a2, (netx_word)a3, (netx_word)a4);
}

NETX_STUB uint32_t _nx_packet_data_retrieve(void *a0, void *a1, void *a2)
{
    return (uint32_t)netx_service3(34, (netx_word)a0, (netx_word)a1, (netx_word)a2);
}

NETX_STUB uint32_t _nxe_packet_data_retrieve(void *a0, void *a1, void *a2)
{
    return (uint32_t)netx_service3(35, (netx_word)a0, (netx_word)a1, (netx_word)a2);
}

NETX_STUB uint32_t _nx_packet_data_extract_offset(void *a0, uint32_t a1, void *a2, uint32_t a3, void *a4)
{
    return (uint32_t)netx_service5(36, (netx_word)a0, (netx_word)a1, (netx_word)a2, (netx_word)a3, (netx_word)a4);
}

NETX_STUB uint32_t _nxe_packet_data_extract_offset(void *a0, uint32_t a1, void *a2, uint32_t a3, void *a4)
{
    return (uint32_t)netx_service5(37, (netx_word)a0, (netx_word)a1, (netx_word)a2, (netx_word)a3, (netx_word)a4);
}

NETX_STUB uint32_t _nx_packet_copy(void *a0, void *a1, void *a2, uint32_t a3)
{
    return (uint32_t)netx_service4(38, (netx_word)a0, (netx_word)a1, (netx_word)a2, (netx_word)a3);
}

NETX_STUB uint32_t _nxe_packet_copy(void *a0, void *a1, void *a2, uint32_t a3)
{
    return (uint32_t)netx_service4(39, (netx_word)a0, (netx_word)a1, (netx_word)a2, (netx_word)a3);
}

NETX_STUB uint32_t _nx_packet_length_get(void *a0, void *a1)
{
    return (uint32_t)netx_service2(40, (netx_word)a0, (netx_word)a1);
}

NETX_STUB uint32_t _nxe_packet_length_get(void *a0, void *a1)
{
    return (uint32_t)netx_service2(41, (netx_word)a0, (netx_word)a1);
}

NETX_STUB uint32_t _nx_packet_data_adjust(void *a0, uint32_t a1)
{
    return (uint32_t)netx_service2(42, (netx_word)a0, (netx_word)a1);
}

NETX_STUB uint32_t _nx_packet_debug_info_get(void *a0, uint32_t a1, void *a2, void *a3, void *a4, void *a5, void *a6)
{
    return (uint32_t)netx_service7(43, (netx_word)a0, (netx_word)a1, (netx_word)a2, (netx_word)a3, (netx_word)a4, (netx_word)a5, (netx_word)a6);
}

NETX_STUB void _nx_system_initialize(void)
{
    netx_service0(44);
}

NETX_STUB uint32_t _nx_ip_create(void *a0, void *a1, uint32_t a2, uint32_t a3, void *a4, void *a5, void *a6, uint32_t a7, uint32_t a8)
{
    return (uint32_t)netx_service9(45, (netx_word)a0, (netx_word)a1, (netx_word)a2, (netx_word)a3, (netx_word)a4, (netx_word)a5, (netx_word)a6, (netx_word)a7, (netx_word)a8);
}

NETX_STUB uint32_t _nxe_ip_create(void *a0, void *a1, uint32_t a2, uint32_t a3, void *a4, void *a5, void *a6, uint32_t a7, uint32_t a8, uint32_t a9)
{
    return (uint32_t)netx_service10(46, (netx_word)a0, (netx_word)a1, (netx_word)a2, (netx_word)a3, (netx_word)a4, (netx_word)a5, (netx_word)a6, (netx_word)a7, (netx_word)a8, (netx_word)a9);
}

NETX_STUB uint32_t _nx_ip_delete(void *a0)
{
    return (uint32_t)netx_service1(47, (netx_word)a0);
}

NETX_STUB uint32_t _nxe_ip_delete(void *a0)
{
    return (uint32_t)netx_service1(48, (netx_word)a0);
}

NETX_STUB uint32_t _nx_ip_info_get(void *a0, void *a1, void *a2, void *a3, void *a4, void *a5, void *a6, void *a7, void *a8, void *a9, void *a10)
{
    return (uint32_t)netx_service11(49, (netx_word)a0, (netx_word)a1, (netx_word)a2, (netx_word)a3, (netx_word)a4, (netx_word)a5, (netx_word)a6, (netx_word)a7, (netx_word)a8, (netx_word)a9, (netx_word)a10);
}

NETX_STUB uint32_t _nxe_ip_info_get(void *a0, void *a1, void *a2, void *a3, void *a4, void *a5, void *a6, void *a7, void *a8, void *a9, void *a10)
{
    return (uint32_t)netx_service11(50, (netx_word)a0, (netx_word)a1, (netx_word)a2, (netx_word)a3, (netx_word)a4, (netx_word)a5, (netx_word)a6, (netx_word)a7, (netx_word)a8, (netx_word)a9, (netx_word)a10);
}

NETX_STUB uint32_t _nx_ip_status_check(void *a0, uint32_t a1, void *a2, uint32_t a3)
{
    return (uint32_t)netx_service4(51, (netx_word)a0, (netx_word)a1, (netx_word)a2, (netx_word)a3);
}

NETX_STUB uint32_t _nxe_ip_status_check(void *a0, uint32_t a1, void *a2, uint32_t a3)
{
    return (uint32_t)netx_service4(52, (netx_word)a0, (netx_word)a1, (netx_word)a2, (netx_word)a3);
}

NETX_STUB uint32_t _nx_ip_interface_status_check(void *a0, uint32_t a1, uint32_t a2, void *a3, uint32_t a4)
{
    return (uint32_t)netx_service5(53, (netx_word)a0, (netx_word)a1, (netx_word)a2, (netx_word)a3, (netx_word)a4);
}

NETX_STUB uint32_t _nxe_ip_interface_status_check(void *a0, uint32_t a1, uint32_t a2, void *a3, uint32_t a4)
{
    return (uint32_t)netx_service5(54, (netx_word)a0, (netx_word)a1, (netx_word)a2, (netx_word)a3, (netx_word)a4);
}

NETX_STUB uint32_t _nx_ip_address_get(void *a0, void *a1, void *a2)
{
    return (uint32_t)netx_service3(55, (netx_word)a0, (netx_word)a1, (netx_word)a2);
}

NETX_STUB uint32_t _nxe_ip_address_get(void *a0, void *a1, void *a2)
{
    return (uint32_t)netx_service3(56, (netx_word)a0, (netx_word)a1, (netx_word)a2);
}

NETX_STUB uint32_t _nx_ip_address_set(void *a0, uint32_t a1, uint32_t a2)
{
    return (uint32_t)netx_service3(57, (netx_word)a0, (netx_word)a1, (netx_word)a2);
}

NETX_STUB uint32_t _nxe_ip_address_set(void *a0, uint32_t a1, uint32_t a2)
{
    return (uint32_t)netx_service3(58, (netx_word)a0, (netx_word)a1, (netx_word)a2);
}

NETX_STUB uint32_t _nx_ip_address_change_notify(void *a0, void *a1, void *a2)
{
    return (uint32_t)netx_service3(59, (netx_word)a0, (netx_word)a1, (netx_word)a2);
}

NETX_STUB uint32_t _nxe_ip_address_change_notify(void *a0, void *a1, void *a2)
{
    return (uint32_t)netx_service3(60, (netx_word)a0, (netx_word)a1, (netx_word)a2);
}

NETX_STUB uint32_t _nx_ip_gateway_address_set(void *a0, uint32_t a1)
{
    return (uint32_t)netx_service2(61, (netx_word)a0, (netx_word)a1);
}

NETX_STUB uint32_t _nxe_ip_gateway_address_set(void *a0, uint32_t a1)
{
    return (uint32_t)netx_service2(62, (netx_word)a0, (netx_word)a1);
}

NETX_STUB uint32_t _nx_ip_gateway_address_get(void *a0, void *a1)
{
    return (uint32_t)netx_service2(63, (netx_word)a0, (netx_word)a1);
}

NETX_STUB uint32_t _nxe_ip_gateway_address_get(void *a0, void *a1)
{
    return (uint32_t)netx_service2(64, (netx_word)a0, (netx_word)a1);
}

NETX_STUB uint32_t _nx_ip_gateway_address_clear(void *a0)
{
    return (uint32_t)netx_service1(65, (netx_word)a0);
}

NETX_STUB uint32_t _nxe_ip_gateway_address_clear(void *a0)
{
    return (uint32_t)netx_service1(66, (netx_word)a0);
}

NETX_STUB uint32_t _nx_ip_static_route_add(void *a0, uint32_t a1, uint32_t a2, uint32_t a3)
{
    return (uint32_t)netx_service4(67, (netx_word)a0, (netx_word)a1, (netx_word)a2, (netx_word)a3);
}

NETX_STUB uint32_t _nxe_ip_static_route_add(void *a0, uint32_t a1, uint32_t a2, uint32_t a3)
{
    return (uint32_t)netx_service4(68, (netx_word)a0, (netx_word)a1, (netx_word)a2, (netx_word)a3);
}

NETX_STUB uint32_t _nx_ip_static_route_delete(void *a0, uint32_t a1, uint32_t a2)
{
    return (uint32_t)netx_service3(69, (netx_word)a0, (netx_word)a1, (netx_word)a2);
}

NETX_STUB uint32_t _nxe_ip_static_route_delete(void *a0, uint32_t a1, uint32_t a2)
{
    return (uint32_t)netx_service3(70, (netx_word)a0, (netx_word)a1, (netx_word)a2);
}

NETX_STUB uint32_t _nx_ip_interface_attach(void *a0, void *a1, uint32_t a2, uint32_t a3, void *a4)
{
    return (uint32_t)netx_service5(71, (netx_word)a0, (netx_word)a1, (netx_word)a2, (netx_word)a3, (netx_word)a4);
}

NETX_STUB uint32_t _nxe_ip_interface_attach(void *a0, void *a1, uint32_t a2, uint32_t a3, void *a4)
{
    return (uint32_t)netx_service5(72, (netx_word)a0, (netx_word)a1, (netx_word)a2, (netx_word)a3, (netx_word)a4);
}

NETX_STUB uint32_t _nx_ip_interface_detach(void *a0, uint32_t a1)
{
    return (uint32_t)netx_service2(73, (netx_word)a0, (netx_word)a1);
}

NETX_STUB uint32_t _nxe_ip_interface_detach(void *a0, uint32_t a1)
{
    return (uint32_t)netx_service2(74, (netx_word)a0, (netx_word)a1);
}

NETX_STUB uint32_t _nx_ip_interface_info_get(void *a0, uint32_t a1, void *a2, void *a3, void *a4, void *a5, void *a6, void *a7)
{
    return (uint32_t)netx_service8(75, (netx_word)a0, (netx_word)a1, (netx_word)a2, (netx_word)a3, (netx_word)a4, (netx_word)a5, (netx_word)a6, (netx_word)a7);
}

NETX_STUB uint32_t _nxe_ip_interface_info_get(void *a0, uint32_t a1, void *a2, void *a3, void *a4, void *a5, void *a6, void *a7)
{
    return (uint32_t)netx_service8(76, (netx_word)a0, (netx_word)a1, (netx_word)a2, (netx_word)a3, (netx_word)a4, (netx_word)a5, (netx_word)a6, (netx_word)a7);
}

NETX_STUB uint32_t _nx_ip_interface_address_get(void *a0, uint32_t a1, void *a2, void *a3)
{
    return (uint32_t)netx_service4(77, (netx_word)a0, (netx_word)a1, (netx_word)a2, (netx_word)a3);
}

NETX_STUB uint32_t _nxe_ip_interface_address_get(void *a0, uint32_t a1, void *a2, void *a3)
{
    return (uint32_t)netx_service4(78, (netx_word)a0, (netx_word)a1, (netx_word)a2, (netx_word)a3);
}

NETX_STUB uint32_t _nx_ip_interface_address_set(void *a0, uint32_t a1, uint32_t a2, uint32_t a3)
{
    return (uint32_t)netx_service4(79, (netx_word)a0, (netx_word)a1, (netx_word)a2, (netx_word)a3);
}

NETX_STUB uint32_t _nxe_ip_interface_address_set(void *a0, uint32_t a1, uint32_t a2, uint32_t a3)
{
    return (uint32_t)netx_service4(80, (netx_word)a0, (netx_word)a1, (netx_word)a2, (netx_word)a3);
}

NETX_STUB uint32_t _nx_ip_interface_mtu_set(void *a0, uint32_t a1, uint32_t a2)
{
    return (uint32_t)netx_service3(81, (netx_word)a0, (netx_word)a1, (netx_word)a2);
}

NETX_STUB uint32_t _nxe_ip_interface_mtu_set(void *a0, uint32_t a1, uint32_t a2)
{
    return (uint32_t)netx_service3(82, (netx_word)a0, (netx_word)a1, (netx_word)a2);
}

NETX_STUB uint32_t _nx_ip_interface_physical_address_get(void *a0, uint32_t a1, void *a2, void *a3)
{
    return (uint32_t)netx_service4(83, (netx_word)a0, (netx_word)a1, (netx_word)a2, (netx_word)a3);
}

NETX_STUB uint32_t _nxe_ip_interface_physical_address_get(void *a0, uint32_t a1, void *a2, void *a3)
{
    return (uint32_t)netx_service4(84, (netx_word)a0, (netx_word)a1, (netx_word)a2, (netx_word)a3);
}

NETX_STUB uint32_t _nx_ip_interface_physical_address_set(void *a0, uint32_t a1, uint32_t a2, uint32_t a3, uint32_t a4)
{
    return (uint32_t)netx_service5(85, (netx_word)a0, (netx_word)a1, (netx_word)a2, (netx_word)a3, (netx_word)a4);
}

NETX_STUB uint32_t _nxe_ip_interface_physical_address_set(void *a0, uint32_t a1, uint32_t a2, uint32_t a3, uint32_t a4)
{
    return (uint32_t)netx_service5(86, (netx_word)a0, (netx_word)a1, (netx_word)a2, (netx_word)a3, (netx_word)a4);
}

NETX_STUB uint32_t _nx_ip_interface_address_mapping_configure(void *a0, uint32_t a1, uint32_t a2)
{
    return (uint32_t)netx_service3(87, (netx_word)a0, (netx_word)a1, (netx_word)a2);
}

NETX_STUB uint32_t _nxe_ip_interface_address_mapping_configure(void *a0, uint32_t a1, uint32_t a2)
{
    return (uint32_t)netx_service3(88, (netx_word)a0, (netx_word)a1, (netx_word)a2);
}

NETX_STUB uint32_t _nx_ip_interface_capability_get(void *a0, uint32_t a1, void *a2)
{
    return (uint32_t)netx_service3(89, (netx_word)a0, (netx_word)a1, (netx_word)a2);
}

NETX_STUB uint32_t _nxe_ip_interface_capability_get(void *a0, uint32_t a1, void *a2)
{
    return (uint32_t)netx_service3(90, (netx_word)a0, (netx_word)a1, (netx_word)a2);
}

NETX_STUB uint32_t _nx_ip_interface_capability_set(void *a0, uint32_t a1, uint32_t a2)
{
    return (uint32_t)netx_service3(91, (netx_word)a0, (netx_word)a1, (netx_word)a2);
}

NETX_STUB uint32_t _nxe_ip_interface_capability_set(void *a0, uint32_t a1, uint32_t a2)
{
    return (uint32_t)netx_service3(92, (netx_word)a0, (netx_word)a1, (netx_word)a2);
}

NETX_STUB uint32_t _nx_ip_driver_direct_command(void *a0, uint32_t a1, void *a2)
{
    return (uint32_t)netx_service3(93, (netx_word)a0, (netx_word)a1, (netx_word)a2);
}

NETX_STUB uint32_t _nxe_ip_driver_direct_command(void *a0, uint32_t a1, void *a2)
{
    return (uint32_t)netx_service3(94, (netx_word)a0, (netx_word)a1, (netx_word)a2);
}

NETX_STUB uint32_t _nx_ip_driver_interface_direct_command(void *a0, uint32_t a1, uint32_t a2, void *a3)
{
    return (uint32_t)netx_service4(95, (netx_word)a0, (netx_word)a1, (netx_word)a2, (netx_word)a3);
}

NETX_STUB uint32_t _nxe_ip_driver_interface_direct_command(void *a0, uint32_t a1, uint32_t a2, void *a3)
{
    return (uint32_t)netx_service4(96, (netx_word)a0, (netx_word)a1, (netx_word)a2, (netx_word)a3);
}

NETX_STUB uint32_t _nx_ip_link_status_change_notify_set(void *a0, void *a1)
{
    return (uint32_t)netx_service2(97, (netx_word)a0, (netx_word)a1);
}

NETX_STUB uint32_t _nxe_ip_link_status_change_notify_set(void *a0, void *a1)
{
    return (uint32_t)netx_service2(98, (netx_word)a0, (netx_word)a1);
}

NETX_STUB uint32_t _nx_ip_fragment_enable(void *a0)
{
    return (uint32_t)netx_service1(99, (netx_word)a0);
}

NETX_STUB uint32_t _nxe_ip_fragment_enable(void *a0)
{
    return (uint32_t)netx_service1(100, (netx_word)a0);
}

NETX_STUB uint32_t _nx_ip_fragment_disable(void *a0)
{
    return (uint32_t)netx_service1(101, (netx_word)a0);
}

NETX_STUB uint32_t _nxe_ip_fragment_disable(void *a0)
{
    return (uint32_t)netx_service1(102, (netx_word)a0);
}

NETX_STUB uint32_t _nx_ip_forwarding_enable(void *a0)
{
    return (uint32_t)netx_service1(103, (netx_word)a0);
}

NETX_STUB uint32_t _nxe_ip_forwarding_enable(void *a0)
{
    return (uint32_t)netx_service1(104, (netx_word)a0);
}

NETX_STUB uint32_t _nx_ip_forwarding_disable(void *a0)
{
    return (uint32_t)netx_service1(105, (netx_word)a0);
}

NETX_STUB uint32_t _nxe_ip_forwarding_disable(void *a0)
{
    return (uint32_t)netx_service1(106, (netx_word)a0);
}

NETX_STUB uint32_t _nx_ip_max_payload_size_find(void *a0, void *a1, uint32_t a2, uint32_t a3, uint32_t a4, uint32_t a5, void *a6, void *a7)
{
    return (uint32_t)netx_service8(107, (netx_word)a0, (netx_word)a1, (netx_word)a2, (netx_word)a3, (netx_word)a4, (netx_word)a5, (netx_word)a6, (netx_word)a7);
}

NETX_STUB uint32_t _nxe_ip_max_payload_size_find(void *a0, void *a1, uint32_t a2, uint32_t a3, uint32_t a4, uint32_t a5, void *a6, void *a7)
{
    return (uint32_t)netx_service8(108, (netx_word)a0, (netx_word)a1, (netx_word)a2, (netx_word)a3, (netx_word)a4, (netx_word)a5, (netx_word)a6, (netx_word)a7);
}

NETX_STUB uint32_t _nx_ip_auxiliary_packet_pool_set(void *a0, void *a1)
{
    return (uint32_t)netx_service2(109, (netx_word)a0, (netx_word)a1);
}

NETX_STUB uint32_t _nxe_ip_auxiliary_packet_pool_set(void *a0, void *a1)
{
    return (uint32_t)netx_service2(110, (netx_word)a0, (netx_word)a1);
}

NETX_STUB uint32_t _nx_ip_raw_packet_enable(void *a0)
{
    return (uint32_t)netx_service1(111, (netx_word)a0);
}

NETX_STUB uint32_t _nxe_ip_raw_packet_enable(void *a0)
{
    return (uint32_t)netx_service1(112, (netx_word)a0);
}

NETX_STUB uint32_t _nx_ip_raw_packet_disable(void *a0)
{
    return (uint32_t)netx_service1(113, (netx_word)a0);
}

NETX_STUB uint32_t _nxe_ip_raw_packet_disable(void *a0)
{
    return (uint32_t)netx_service1(114, (netx_word)a0);
}

NETX_STUB uint32_t _nx_ip_raw_packet_send(void *a0, void *a1, uint32_t a2, uint32_t a3)
{
    return (uint32_t)netx_service4(115, (netx_word)a0, (netx_word)a1, (netx_word)a2, (netx_word)a3);
}

NETX_STUB uint32_t _nxe_ip_raw_packet_send(void *a0, void *a1, uint32_t a2, uint32_t a3)
{
    return (uint32_t)netx_service4(116, (netx_word)a0, (netx_word)a1, (netx_word)a2, (netx_word)a3);
}

NETX_STUB uint32_t _nx_ip_raw_packet_source_send(void *a0, void *a1, uint32_t a2, uint32_t a3, uint32_t a4)
{
    return (uint32_t)netx_service5(117, (netx_word)a0, (netx_word)a1, (netx_word)a2, (netx_word)a3, (netx_word)a4);
}

NETX_STUB uint32_t _nxe_ip_raw_packet_source_send(void *a0, void *a1, uint32_t a2, uint32_t a3, uint32_t a4)
{
    return (uint32_t)netx_service5(118, (netx_word)a0, (netx_word)a1, (netx_word)a2, (netx_word)a3, (netx_word)a4);
}

NETX_STUB uint32_t _nx_ip_raw_packet_receive(void *a0, void *a1, uint32_t a2)
{
    return (uint32_t)netx_service3(119, (netx_word)a0, (netx_word)a1, (netx_word)a2);
}

NETX_STUB uint32_t _nxe_ip_raw_packet_receive(void *a0, void *a1, uint32_t a2)
{
    return (uint32_t)netx_service3(120, (netx_word)a0, (netx_word)a1, (netx_word)a2);
}

NETX_STUB uint32_t _nx_ip_raw_packet_filter_set(void *a0, void *a1)
{
    return (uint32_t)netx_service2(121, (netx_word)a0, (netx_word)a1);
}

NETX_STUB uint32_t _nxe_ip_raw_packet_filter_set(void *a0, void *a1)
{
    return (uint32_t)netx_service2(122, (netx_word)a0, (netx_word)a1);
}

NETX_STUB uint32_t _nx_ip_raw_receive_queue_max_set(void *a0, uint32_t a1)
{
    return (uint32_t)netx_service2(123, (netx_word)a0, (netx_word)a1);
}

NETX_STUB uint32_t _nxe_ip_raw_receive_queue_max_set(void *a0, uint32_t a1)
{
    return (uint32_t)netx_service2(124, (netx_word)a0, (netx_word)a1);
}

NETX_STUB uint32_t _nxd_ip_raw_packet_send(void *a0, void *a1, void *a2, uint32_t a3, uint32_t a4, uint32_t a5)
{
    return (uint32_t)netx_service6(125, (netx_word)a0, (netx_word)a1, (netx_word)a2, (netx_word)a3, (netx_word)a4, (netx_word)a5);
}

NETX_STUB uint32_t _nxde_ip_raw_packet_send(void *a0, void *a1, void *a2, uint32_t a3, uint32_t a4, uint32_t a5)
{
    return (uint32_t)netx_service6(126, (netx_word)a0, (netx_word)a1, (netx_word)a2, (netx_word)a3, (netx_word)a4, (netx_word)a5);
}

NETX_STUB uint32_t _nxd_ip_raw_packet_source_send(void *a0, void *a1, void *a2, uint32_t a3, uint32_t a4, uint32_t a5, uint32_t a6)
{
    return (uint32_t)netx_service7(127, (netx_word)a0, (netx_word)a1, (netx_word)a2, (netx_word)a3, (netx_word)a4, (netx_word)a5, (netx_word)a6);
}

NETX_STUB uint32_t _nxde_ip_raw_packet_source_send(void *a0, void *a1, void *a2, uint32_t a3, uint32_t a4, uint32_t a5, uint32_t a6)
{
    return (uint32_t)netx_service7(128, (netx_word)a0, (netx_word)a1, (netx_word)a2, (netx_word)a3, (netx_word)a4, (netx_word)a5, (netx_word)a6);
}

NETX_STUB uint32_t _nxd_ipv6_enable(void *a0)
{
    return (uint32_t)netx_service1(129, (netx_word)a0);
}

NETX_STUB uint32_t _nxde_ipv6_enable(void *a0)
{
    return (uint32_t)netx_service1(130, (netx_word)a0);
}

NETX_STUB uint32_t _nxd_ipv6_disable(void *a0)
{
    return (uint32_t)netx_service1(131, (netx_word)a0);
}

NETX_STUB uint32_t _nxde_ipv6_disable(void *a0)
{
    return (uint32_t)netx_service1(132, (netx_word)a0);
}

NETX_STUB uint32_t _nxd_ipv6_address_set(void *a0, uint32_t a1, void *a2, uint32_t a3, void *a4)
{
    return (uint32_t)netx_service5(133, (netx_word)a0, (netx_word)a1, (netx_word)a2, (netx_word)a3, (netx_word)a4);
}

NETX_STUB uint32_t _nxde_ipv6_address_set(void *a0, uint32_t a1, void *a2, uint32_t a3, void *a4)
{
    return (uint32_t)netx_service5(134, (netx_word)a0, (netx_word)a1, (netx_word)a2, (netx_word)a3, (netx_word)a4);
}

NETX_STUB uint32_t _nxd_ipv6_address_get(void *a0, uint32_t a1, void *a2, void *a3, void *a4)
{
    return (uint32_t)netx_service5(135, (netx_word)a0, (netx_word)a1, (netx_word)a2, (netx_word)a3, (netx_word)a4);
}

NETX_STUB uint32_t _nxde_ipv6_address_get(void *a0, uint32_t a1, void *a2, void *a3, void *a4)
{
    return (uint32_t)netx_service5(136, (netx_word)a0, (netx_word)a1, (netx_word)a2, (netx_word)a3, (netx_word)a4);
}

NETX_STUB uint32_t _nxd_ipv6_address_delete(void *a0, uint32_t a1)
{
    return (uint32_t)netx_service2(137, (netx_word)a0, (netx_word)a1);
}

NETX_STUB uint32_t _nxde_ipv6_address_delete(void *a0, uint32_t a1)
{
    return (uint32_t)netx_service2(138, (netx_word)a0, (netx_word)a1);
}

NETX_STUB uint32_t _nxd_ipv6_default_router_add(void *a0, void *a1, uint32_t a2, uint32_t a3)
{
    return (uint32_t)netx_service4(139, (netx_word)a0, (netx_word)a1, (netx_word)a2, (netx_word)a3);
}

NETX_STUB uint32_t _nxde_ipv6_default_router_add(void *a0, void *a1, uint32_t a2, uint32_t a3)
{
    return (uint32_t)netx_service4(140, (netx_word)a0, (netx_word)a1, (netx_word)a2, (netx_word)a3);
}

NETX_STUB uint32_t _nxd_ipv6_default_router_delete(void *a0, void *a1)
{
    return (uint32_t)netx_service2(141, (netx_word)a0, (netx_word)a1);
}

NETX_STUB uint32_t _nxde_ipv6_default_router_delete(void *a0, void *a1)
{
    return (uint32_t)netx_service2(142, (netx_word)a0, (netx_word)a1);
}

NETX_STUB uint32_t _nxd_ipv6_default_router_get(void *a0, uint32_t a1, void *a2, void *a3, void *a4)
{
    return (uint32_t)netx_service5(143, (netx_word)a0, (netx_word)a1, (netx_word)a2, (netx_word)a3, (netx_word)a4);
}

NETX_STUB uint32_t _nxde_ipv6_default_router_get(void *a0, uint32_t a1, void *a2, void *a3, void *a4)
{
    return (uint32_t)netx_service5(144, (netx_word)a0, (netx_word)a1, (netx_word)a2, (netx_word)a3, (netx_word)a4);
}

NETX_STUB uint32_t _nxd_ipv6_address_change_notify(void *a0, void *a1)
{
    return (uint32_t)netx_service2(145, (netx_word)a0, (netx_word)a1);
}

NETX_STUB uint32_t _nxde_ipv6_address_change_notify(void *a0, void *a1)
{
    return (uint32_t)netx_service2(146, (netx_word)a0, (netx_word)a1);
}

NETX_STUB uint32_t _nxd_nd_cache_entry_set(void *a0, void *a1, uint32_t a2, void *a3)
{
    return (uint32_t)netx_service4(147, (netx_word)a0, (netx_word)a1, (netx_word)a2, (netx_word)a3);
}

NETX_STUB uint32_t _nxde_nd_cache_entry_set(void *a0, void *a1, uint32_t a2, void *a3)
{
    return (uint32_t)netx_service4(148, (netx_word)a0, (netx_word)a1, (netx_word)a2, (netx_word)a3);
}

NETX_STUB uint32_t _nxd_nd_cache_entry_delete(void *a0, void *a1)
{
    return (uint32_t)netx_service2(149, (netx_word)a0, (netx_word)a1);
}

NETX_STUB uint32_t _nxde_nd_cache_entry_delete(void *a0, void *a1)
{
    return (uint32_t)netx_service2(150, (netx_word)a0, (netx_word)a1);
}

NETX_STUB uint32_t _nxd_nd_cache_hardware_address_find(void *a0, void *a1, void *a2, void *a3, void *a4)
{
    return (uint32_t)netx_service5(151, (netx_word)a0, (netx_word)a1, (netx_word)a2, (netx_word)a3, (netx_word)a4);
}

NETX_STUB uint32_t _nxde_nd_cache_hardware_address_find(void *a0, void *a1, void *a2, void *a3, void *a4)
{
    return (uint32_t)netx_service5(152, (netx_word)a0, (netx_word)a1, (netx_word)a2, (netx_word)a3, (netx_word)a4);
}

NETX_STUB uint32_t _nxd_nd_cache_ip_address_find(void *a0, void *a1, uint32_t a2, uint32_t a3, void *a4)
{
    return (uint32_t)netx_service5(153, (netx_word)a0, (netx_word)a1, (netx_word)a2, (netx_word)a3, (netx_word)a4);
}

NETX_STUB uint32_t _nxde_nd_cache_ip_address_find(void *a0, void *a1, uint32_t a2, uint32_t a3, void *a4)
{
    return (uint32_t)netx_service5(154, (netx_word)a0, (netx_word)a1, (netx_word)a2, (netx_word)a3, (netx_word)a4);
}

NETX_STUB uint32_t _nxd_nd_cache_invalidate(void *a0)
{
    return (uint32_t)netx_service1(155, (netx_word)a0);
}

NETX_STUB uint32_t _nxde_nd_cache_invalidate(void *a0)
{
    return (uint32_t)netx_service1(156, (netx_word)a0);
}

NETX_STUB uint32_t _nx_icmp_enable(void *a0)
{
    return (uint32_t)netx_service1(157, (netx_word)a0);
}

NETX_STUB uint32_t _nxe_icmp_enable(void *a0)
{
    return (uint32_t)netx_service1(158, (netx_word)a0);
}

NETX_STUB uint32_t _nx_icmp_ping(void *a0, uint32_t a1, void *a2, uint32_t a3, void *a4, uint32_t a5)
{
    return (uint32_t)netx_service6(159, (netx_word)a0, (netx_word)a1, (netx_word)a2, (netx_word)a3, (netx_word)a4, (netx_word)a5);
}

NETX_STUB uint32_t _nxe_icmp_ping(void *a0, uint32_t a1, void *a2, uint32_t a3, void *a4, uint32_t a5)
{
    return (uint32_t)netx_service6(160, (netx_word)a0, (netx_word)a1, (netx_word)a2, (netx_word)a3, (netx_word)a4, (netx_word)a5);
}

NETX_STUB uint32_t _nx_icmp_info_get(void *a0, void *a1, void *a2, void *a3, void *a4, void *a5, void *a6)
{
    return (uint32_t)netx_service7(161, (netx_word)a0, (netx_word)a1, (netx_word)a2, (netx_word)a3, (netx_word)a4, (netx_word)a5, (netx_word)a6);
}

NETX_STUB uint32_t _nxe_icmp_info_get(void *a0, void *a1, void *a2, void *a3, void *a4, void *a5, void *a6)
{
    return (uint32_t)netx_service7(162, (netx_word)a0, (netx_word)a1, (netx_word)a2, (netx_word)a3, (netx_word)a4, (netx_word)a5, (netx_word)a6);
}

NETX_STUB uint32_t _nxd_icmp_enable(void *a0)
{
    return (uint32_t)netx_service1(163, (netx_word)a0);
}

NETX_STUB uint32_t _nxde_icmp_enable(void *a0)
{
    return (uint32_t)netx_service1(164, (netx_word)a0);
}

NETX_STUB uint32_t _nxd_icmp_ping(void *a0, void *a1, void *a2, uint32_t a3, void *a4, uint32_t a5)
{
    return (uint32_t)netx_service6(165, (netx_word)a0, (netx_word)a1, (netx_word)a2, (netx_word)a3, (netx_word)a4, (netx_word)a5);
}

NETX_STUB uint32_t _nxde_icmp_ping(void *a0, void *a1, void *a2, uint32_t a3, void *a4, uint32_t a5)
{
    return (uint32_t)netx_service6(166, (netx_word)a0, (netx_word)a1, (netx_word)a2, (netx_word)a3, (netx_word)a4, (netx_word)a5);
}

NETX_STUB uint32_t _nxd_icmp_source_ping(void *a0, void *a1, uint32_t a2, void *a3, uint32_t a4, void *a5, uint32_t a6)
{
    return (uint32_t)netx_service7(167, (netx_word)a0, (netx_word)a1, (netx_word)a2, (netx_word)a3, (netx_word)a4, (netx_word)a5, (netx_word)a6);
}

NETX_STUB uint32_t _nxde_icmp_source_ping(void *a0, void *a1, uint32_t a2, void *a3, uint32_t a4, void *a5, uint32_t a6)
{
    return (uint32_t)netx_service7(168, (netx_word)a0, (netx_word)a1, (netx_word)a2, (netx_word)a3, (netx_word)a4, (netx_word)a5, (netx_word)a6);
}

NETX_STUB uint32_t _nx_arp_enable(void *a0, void *a1, uint32_t a2)
{
    return (uint32_t)netx_service3(169, (netx_word)a0, (netx_word)a1, (netx_word)a2);
}

NETX_STUB uint32_t _nxe_arp_enable(void *a0, void *a1, uint32_t a2)
{
    return (uint32_t)netx_service3(170, (netx_word)a0, (netx_word)a1, (netx_word)a2);
}

NETX_STUB uint32_t _nx_arp_static_entry_create(void *a0, uint32_t a1, uint32_t a2, uint32_t a3)
{
    return (uint32_t)netx_service4(171, (netx_word)a0, (netx_word)a1, (netx_word)a2, (netx_word)a3);
}

NETX_STUB uint32_t _nxe_arp_static_entry_create(void *a0, uint32_t a1, uint32_t a2, uint32_t a3)
{
    return (uint32_t)netx_service4(172, (netx_word)a0, (netx_word)a1, (netx_word)a2, (netx_word)a3);
}

NETX_STUB uint32_t _nx_arp_static_entry_delete(void *a0, uint32_t a1, uint32_t a2, uint32_t a3)
{
    return (uint32_t)netx_service4(173, (netx_word)a0, (netx_word)a1, (netx_word)a2, (netx_word)a3);
}

NETX_STUB uint32_t _nxe_arp_static_entry_delete(void *a0, uint32_t a1, uint32_t a2, uint32_t a3)
{
    return (uint32_t)netx_service4(174, (netx_word)a0, (netx_word)a1, (netx_word)a2, (netx_word)a3);
}

NETX_STUB uint32_t _nx_arp_static_entries_delete(void *a0)
{
    return (uint32_t)netx_service1(175, (netx_word)a0);
}

NETX_STUB uint32_t _nxe_arp_static_entries_delete(void *a0)
{
    return (uint32_t)netx_service1(176, (netx_word)a0);
}

NETX_STUB uint32_t _nx_arp_dynamic_entry_set(void *a0, uint32_t a1, uint32_t a2, uint32_t a3)
{
    return (uint32_t)netx_service4(177, (netx_word)a0, (netx_word)a1, (netx_word)a2, (netx_word)a3);
}

NETX_STUB uint32_t _nxe_arp_dynamic_entry_set(void *a0, uint32_t a1, uint32_t a2, uint32_t a3)
{
    return (uint32_t)netx_service4(178, (netx_word)a0, (netx_word)a1, (netx_word)a2, (netx_word)a3);
}

NETX_STUB uint32_t _nx_arp_dynamic_entries_invalidate(void *a0)
{
    return (uint32_t)netx_service1(179, (netx_word)a0);
}

NETX_STUB uint32_t _nxe_arp_dynamic_entries_invalidate(void *a0)
{
    return (uint32_t)netx_service1(180, (netx_word)a0);
}

NETX_STUB uint32_t _nx_arp_entry_delete(void *a0, uint32_t a1)
{
    return (uint32_t)netx_service2(181, (netx_word)a0, (netx_word)a1);
}

NETX_STUB uint32_t _nxe_arp_entry_delete(void *a0, uint32_t a1)
{
    return (uint32_t)netx_service2(182, (netx_word)a0, (netx_word)a1);
}

NETX_STUB uint32_t _nx_arp_info_get(void *a0, void *a1, void *a2, void *a3, void *a4, void *a5, void *a6, void *a7, void *a8)
{
    return (uint32_t)netx_service9(183, (netx_word)a0, (netx_word)a1, (netx_word)a2, (netx_word)a3, (netx_word)a4, (netx_word)a5, (netx_word)a6, (netx_word)a7, (netx_word)a8);
}

NETX_STUB uint32_t _nxe_arp_info_get(void *a0, void *a1, void *a2, void *a3, void *a4, void *a5, void *a6, void *a7, void *a8)
{
    return (uint32_t)netx_service9(184, (netx_word)a0, (netx_word)a1, (netx_word)a2, (netx_word)a3, (netx_word)a4, (netx_word)a5, (netx_word)a6, (netx_word)a7, (netx_word)a8);
}

NETX_STUB uint32_t _nx_arp_gratuitous_send(void *a0, void *a1)
{
    return (uint32_t)netx_service2(185, (netx_word)a0, (netx_word)a1);
}

NETX_STUB uint32_t _nxe_arp_gratuitous_send(void *a0, void *a1)
{
    return (uint32_t)netx_service2(186, (netx_word)a0, (netx_word)a1);
}

NETX_STUB uint32_t _nx_arp_hardware_address_find(void *a0, uint32_t a1, void *a2, void *a3)
{
    return (uint32_t)netx_service4(187, (netx_word)a0, (netx_word)a1, (netx_word)a2, (netx_word)a3);
}

NETX_STUB uint32_t _nxe_arp_hardware_address_find(void *a0, uint32_t a1, void *a2, void *a3)
{
    return (uint32_t)netx_service4(188, (netx_word)a0, (netx_word)a1, (netx_word)a2, (netx_word)a3);
}

NETX_STUB uint32_t _nx_arp_ip_address_find(void *a0, void *a1, uint32_t a2, uint32_t a3)
{
    return (uint32_t)netx_service4(189, (netx_word)a0, (netx_word)a1, (netx_word)a2, (netx_word)a3);
}

NETX_STUB uint32_t _nxe_arp_ip_address_find(void *a0, void *a1, uint32_t a2, uint32_t a3)
{
    return (uint32_t)netx_service4(190, (netx_word)a0, (netx_word)a1, (netx_word)a2, (netx_word)a3);
}

NETX_STUB uint32_t _nx_tcp_enable(void *a0)
{
    return (uint32_t)netx_service1(191, (netx_word)a0);
}

NETX_STUB uint32_t _nxe_tcp_enable(void *a0)
{
    return (uint32_t)netx_service1(192, (netx_word)a0);
}

NETX_STUB uint32_t _nx_tcp_info_get(void *a0, void *a1, void *a2, void *a3, void *a4, void *a5, void *a6, void *a7, void *a8, void *a9, void *a10, void *a11)
{
    return (uint32_t)netx_service12(193, (netx_word)a0, (netx_word)a1, (netx_word)a2, (netx_word)a3, (netx_word)a4, (netx_word)a5, (netx_word)a6, (netx_word)a7, (netx_word)a8, (netx_word)a9, (netx_word)a10, (netx_word)a11);
}

NETX_STUB uint32_t _nxe_tcp_info_get(void *a0, void *a1, void *a2, void *a3, void *a4, void *a5, void *a6, void *a7, void *a8, void *a9, void *a10, void *a11)
{
    return (uint32_t)netx_service12(194, (netx_word)a0, (netx_word)a1, (netx_word)a2, (netx_word)a3, (netx_word)a4, (netx_word)a5, (netx_word)a6, (netx_word)a7, (netx_word)a8, (netx_word)a9, (netx_word)a10, (netx_word)a11);
}

NETX_STUB uint32_t _nx_tcp_free_port_find(void *a0, uint32_t a1, void *a2)
{
    return (uint32_t)netx_service3(195, (netx_word)a0, (netx_word)a1, (netx_word)a2);
}

NETX_STUB uint32_t _nxe_tcp_free_port_find(void *a0, uint32_t a1, void *a2)
{
    return (uint32_t)netx_service3(196, (netx_word)a0, (netx_word)a1, (netx_word)a2);
}

NETX_STUB uint32_t _nx_tcp_client_socket_bind(void *a0, uint32_t a1, uint32_t a2)
{
    return (uint32_t)netx_service3(197, (netx_word)a0, (netx_word)a1, (netx_word)a2);
}

NETX_STUB uint32_t _nxe_tcp_client_socket_bind(void *a0, uint32_t a1, uint32_t a2)
{
    return (uint32_t)netx_service3(198, (netx_word)a0, (netx_word)a1, (netx_word)a2);
}

NETX_STUB uint32_t _nx_tcp_client_socket_unbind(void *a0)
{
    return (uint32_t)netx_service1(199, (netx_word)a0);
}

NETX_STUB uint32_t _nxe_tcp_client_socket_unbind(void *a0)
{
    return (uint32_t)netx_service1(200, (netx_word)a0);
}

NETX_STUB uint32_t _nx_tcp_client_socket_port_get(void *a0, void *a1)
{
    return (uint32_t)netx_service2(201, (netx_word)a0, (netx_word)a1);
}

NETX_STUB uint32_t _nxe_tcp_client_socket_port_get(void *a0, void *a1)
{
    return (uint32_t)netx_service2(202, (netx_word)a0, (netx_word)a1);
}

NETX_STUB uint32_t _nx_tcp_client_socket_connect(void *a0, uint32_t a1, uint32_t a2, uint32_t a3)
{
    return (uint32_t)netx_service4(203, (netx_word)a0, (netx_word)a1, (netx_word)a2, (netx_word)a3);
}

NETX_STUB uint32_t _nxe_tcp_client_socket_connect(void *a0, uint32_t a1, uint32_t a2, uint32_t a3)
{
    return (uint32_t)netx_service4(204, (netx_word)a0, (netx_word)a1, (netx_word)a2, (netx_word)a3);
}

NETX_STUB uint32_t _nxd_tcp_client_socket_connect(void *a0, void *a1, uint32_t a2, uint32_t a3)
{
    return (uint32_t)netx_service4(205, (netx_word)a0, (netx_word)a1, (netx_word)a2, (netx_word)a3);
}

NETX_STUB uint32_t _nxde_tcp_client_socket_connect(void *a0, void *a1, uint32_t a2, uint32_t a3)
{
    return (uint32_t)netx_service4(206, (netx_word)a0, (netx_word)a1, (netx_word)a2, (netx_word)a3);
}

NETX_STUB uint32_t _nx_tcp_server_socket_listen(void *a0, uint32_t a1, void *a2, uint32_t a3, void *a4)
{
    return (uint32_t)netx_service5(207, (netx_word)a0, (netx_word)a1, (netx_word)a2, (netx_word)a3, (netx_word)a4);
}

NETX_STUB uint32_t _nxe_tcp_server_socket_listen(void *a0, uint32_t a1, void *a2, uint32_t a3, void *a4)
{
    return (uint32_t)netx_service5(208, (netx_word)a0, (netx_word)a1, (netx_word)a2, (netx_word)a3, (netx_word)a4);
}

NETX_STUB uint32_t _nx_tcp_server_socket_unlisten(void *a0, uint32_t a1)
{
    return (uint32_t)netx_service2(209, (netx_word)a0, (netx_word)a1);
}

NETX_STUB uint32_t _nxe_tcp_server_socket_unlisten(void *a0, uint32_t a1)
{
    return (uint32_t)netx_service2(210, (netx_word)a0, (netx_word)a1);
}

NETX_STUB uint32_t _nx_tcp_server_socket_accept(void *a0, uint32_t a1)
{
    return (uint32_t)netx_service2(211, (netx_word)a0, (netx_word)a1);
}

NETX_STUB uint32_t _nxe_tcp_server_socket_accept(void *a0, uint32_t a1)
{
    return (uint32_t)netx_service2(212, (netx_word)a0, (netx_word)a1);
}

NETX_STUB uint32_t _nx_tcp_server_socket_unaccept(void *a0)
{
    return (uint32_t)netx_service1(213, (netx_word)a0);
}

NETX_STUB uint32_t _nxe_tcp_server_socket_unaccept(void *a0)
{
    return (uint32_t)netx_service1(214, (netx_word)a0);
}

NETX_STUB uint32_t _nx_tcp_server_socket_relisten(void *a0, uint32_t a1, void *a2)
{
    return (uint32_t)netx_service3(215, (netx_word)a0, (netx_word)a1, (netx_word)a2);
}

NETX_STUB uint32_t _nxe_tcp_server_socket_relisten(void *a0, uint32_t a1, void *a2)
{
    return (uint32_t)netx_service3(216, (netx_word)a0, (netx_word)a1, (netx_word)a2);
}

NETX_STUB uint32_t _nx_tcp_socket_create(void *a0, void *a1, void *a2, uint32_t a3, uint32_t a4, uint32_t a5, uint32_t a6, void *a7, void *a8)
{
    return (uint32_t)netx_service9(217, (netx_word)a0, (netx_word)a1, (netx_word)a2, (netx_word)a3, (netx_word)a4, (netx_word)a5, (netx_word)a6, (netx_word)a7, (netx_word)a8);
}

NETX_STUB uint32_t _nxe_tcp_socket_create(void *a0, void *a1, void *a2, uint32_t a3, uint32_t a4, uint32_t a5, uint32_t a6, void *a7, void *a8, uint32_t a9)
{
    return (uint32_t)netx_service10(218, (netx_word)a0, (netx_word)a1, (netx_word)a2, (netx_word)a3, (netx_word)a4, (netx_word)a5, (netx_word)a6, (netx_word)a7, (netx_word)a8, (netx_word)a9);
}

NETX_STUB uint32_t _nx_tcp_socket_delete(void *a0)
{
    return (uint32_t)netx_service1(219, (netx_word)a0);
}

NETX_STUB uint32_t _nxe_tcp_socket_delete(void *a0)
{
    return (uint32_t)netx_service1(220, (netx_word)a0);
}

NETX_STUB uint32_t _nx_tcp_socket_send(void *a0, void *a1, uint32_t a2)
{
    return (uint32_t)netx_service3(221, (netx_word)a0, (netx_word)a1, (netx_word)a2);
}

NETX_STUB uint32_t _nxe_tcp_socket_send(void *a0, void *a1, uint32_t a2)
{
    return (uint32_t)netx_service3(222, (netx_word)a0, (netx_word)a1, (netx_word)a2);
}

NETX_STUB uint32_t _nx_tcp_socket_receive(void *a0, void *a1, uint32_t a2)
{
    return (uint32_t)netx_service3(223, (netx_word)a0, (netx_word)a1, (netx_word)a2);
}

NETX_STUB uint32_t _nxe_tcp_socket_receive(void *a0, void *a1, uint32_t a2)
{
    return (uint32_t)netx_service3(224, (netx_word)a0, (netx_word)a1, (netx_word)a2);
}

NETX_STUB uint32_t _nx_tcp_socket_receive_notify(void *a0, void *a1)
{
    return (uint32_t)netx_service2(225, (netx_word)a0, (netx_word)a1);
}

NETX_STUB uint32_t _nxe_tcp_socket_receive_notify(void *a0, void *a1)
{
    return (uint32_t)netx_service2(226, (netx_word)a0, (netx_word)a1);
}

NETX_STUB uint32_t _nx_tcp_socket_disconnect(void *a0, uint32_t a1)
{
    return (uint32_t)netx_service2(227, (netx_word)a0, (netx_word)a1);
}

NETX_STUB uint32_t _nxe_tcp_socket_disconnect(void *a0, uint32_t a1)
{
    return (uint32_t)netx_service2(228, (netx_word)a0, (netx_word)a1);
}

NETX_STUB uint32_t _nx_tcp_socket_state_wait(void *a0, uint32_t a1, uint32_t a2)
{
    return (uint32_t)netx_service3(229, (netx_word)a0, (netx_word)a1, (netx_word)a2);
}

NETX_STUB uint32_t _nxe_tcp_socket_state_wait(void *a0, uint32_t a1, uint32_t a2)
{
    return (uint32_t)netx_service3(230, (netx_word)a0, (netx_word)a1, (netx_word)a2);
}

NETX_STUB uint32_t _nx_tcp_socket_info_get(void *a0, void *a1, void *a2, void *a3, void *a4, void *a5, void *a6, void *a7, void *a8, void *a9, void *a10, void *a11)
{
    return (uint32_t)netx_service12(231, (netx_word)a0, (netx_word)a1, (netx_word)a2, (netx_word)a3, (netx_word)a4, (netx_word)a5, (netx_word)a6, (netx_word)a7, (netx_word)a8, (netx_word)a9, (netx_word)a10, (netx_word)a11);
}

NETX_STUB uint32_t _nxe_tcp_socket_info_get(void *a0, void *a1, void *a2, void *a3, void *a4, void *a5, void *a6, void *a7, void *a8, void *a9, void *a10, void *a11)
{
    return (uint32_t)netx_service12(232, (netx_word)a0, (netx_word)a1, (netx_word)a2, (netx_word)a3, (netx_word)a4, (netx_word)a5, (netx_word)a6, (netx_word)a7, (netx_word)a8, (netx_word)a9, (netx_word)a10, (netx_word)a11);
}

NETX_STUB uint32_t _nx_tcp_socket_bytes_available(void *a0, void *a1)
{
    return (uint32_t)netx_service2(233, (netx_word)a0, (netx_word)a1);
}

NETX_STUB uint32_t _nxe_tcp_socket_bytes_available(void *a0, void *a1)
{
    return (uint32_t)netx_service2(234, (netx_word)a0, (netx_word)a1);
}

NETX_STUB uint32_t _nx_tcp_socket_mss_get(void *a0, void *a1)
{
    return (uint32_t)netx_service2(235, (netx_word)a0, (netx_word)a1);
}

NETX_STUB uint32_t _nxe_tcp_socket_mss_get(void *a0, void *a1)
{
    return (uint32_t)netx_service2(236, (netx_word)a0, (netx_word)a1);
}

NETX_STUB uint32_t _nx_tcp_socket_mss_set(void *a0, uint32_t a1)
{
    return (uint32_t)netx_service2(237, (netx_word)a0, (netx_word)a1);
}

NETX_STUB uint32_t _nxe_tcp_socket_mss_set(void *a0, uint32_t a1)
{
    return (uint32_t)netx_service2(238, (netx_word)a0, (netx_word)a1);
}

NETX_STUB uint32_t _nx_tcp_socket_mss_peer_get(void *a0, void *a1)
{
    return (uint32_t)netx_service2(239, (netx_word)a0, (netx_word)a1);
}

NETX_STUB uint32_t _nxe_tcp_socket_mss_peer_get(void *a0, void *a1)
{
    return (uint32_t)netx_service2(240, (netx_word)a0, (netx_word)a1);
}

NETX_STUB uint32_t _nx_tcp_socket_peer_info_get(void *a0, void *a1, void *a2)
{
    return (uint32_t)netx_service3(241, (netx_word)a0, (netx_word)a1, (netx_word)a2);
}

NETX_STUB uint32_t _nxe_tcp_socket_peer_info_get(void *a0, void *a1, void *a2)
{
    return (uint32_t)netx_service3(242, (netx_word)a0, (netx_word)a1, (netx_word)a2);
}

NETX_STUB uint32_t _nxd_tcp_socket_peer_info_get(void *a0, void *a1, void *a2)
{
    return (uint32_t)netx_service3(243, (netx_word)a0, (netx_word)a1, (netx_word)a2);
}

NETX_STUB uint32_t _nxde_tcp_socket_peer_info_get(void *a0, void *a1, void *a2)
{
    return (uint32_t)netx_service3(244, (netx_word)a0, (netx_word)a1, (netx_word)a2);
}

NETX_STUB uint32_t _nx_tcp_socket_timed_wait_callback(void *a0, void *a1)
{
    return (uint32_t)netx_service2(245, (netx_word)a0, (netx_word)a1);
}

NETX_STUB uint32_t _nxe_tcp_socket_timed_wait_callback(void *a0, void *a1)
{
    return (uint32_t)netx_service2(246, (netx_word)a0, (netx_word)a1);
}

NETX_STUB uint32_t _nx_tcp_socket_disconnect_complete_notify(void *a0, void *a1)
{
    return (uint32_t)netx_service2(247, (netx_word)a0, (netx_word)a1);
}

NETX_STUB uint32_t _nxe_tcp_socket_disconnect_complete_notify(void *a0, void *a1)
{
    return (uint32_t)netx_service2(248, (netx_word)a0, (netx_word)a1);
}

NETX_STUB uint32_t _nx_tcp_socket_establish_notify(void *a0, void *a1)
{
    return (uint32_t)netx_service2(249, (netx_word)a0, (netx_word)a1);
}

NETX_STUB uint32_t _nxe_tcp_socket_establish_notify(void *a0, void *a1)
{
    return (uint32_t)netx_service2(250, (netx_word)a0, (netx_word)a1);
}

NETX_STUB uint32_t _nx_tcp_socket_window_update_notify_set(void *a0, void *a1)
{
    return (uint32_t)netx_service2(251, (netx_word)a0, (netx_word)a1);
}

NETX_STUB uint32_t _nxe_tcp_socket_window_update_notify_set(void *a0, void *a1)
{
    return (uint32_t)netx_service2(252, (netx_word)a0, (netx_word)a1);
}

NETX_STUB uint32_t _nx_tcp_socket_transmit_configure(void *a0, uint32_t a1, uint32_t a2, uint32_t a3, uint32_t a4)
{
    return (uint32_t)netx_service5(253, (netx_word)a0, (netx_word)a1, (netx_word)a2, (netx_word)a3, (netx_word)a4);
}

NETX_STUB uint32_t _nxe_tcp_socket_transmit_configure(void *a0, uint32_t a1, uint32_t a2, uint32_t a3, uint32_t a4)
{
    return (uint32_t)netx_service5(254, (netx_word)a0, (netx_word)a1, (netx_word)a2, (netx_word)a3, (netx_word)a4);
}

NETX_STUB uint32_t _nx_tcp_socket_receive_queue_max_set(void *a0, uint32_t a1)
{
    return (uint32_t)netx_service2(255, (netx_word)a0, (netx_word)a1);
}

NETX_STUB uint32_t _nxe_tcp_socket_receive_queue_max_set(void *a0, uint32_t a1)
{
    return (uint32_t)netx_service2(256, (netx_word)a0, (netx_word)a1);
}

NETX_STUB uint32_t _nx_tcp_socket_queue_depth_notify_set(void *a0, void *a1)
{
    return (uint32_t)netx_service2(257, (netx_word)a0, (netx_word)a1);
}

NETX_STUB uint32_t _nxe_tcp_socket_queue_depth_notify_set(void *a0, void *a1)
{
    return (uint32_t)netx_service2(258, (netx_word)a0, (netx_word)a1);
}

NETX_STUB uint32_t _nx_udp_enable(void *a0)
{
    return (uint32_t)netx_service1(259, (netx_word)a0);
}

NETX_STUB uint32_t _nxe_udp_enable(void *a0)
{
    return (uint32_t)netx_service1(260, (netx_word)a0);
}

NETX_STUB uint32_t _nx_udp_info_get(void *a0, void *a1, void *a2, void *a3, void *a4, void *a5, void *a6, void *a7)
{
    return (uint32_t)netx_service8(261, (netx_word)a0, (netx_word)a1, (netx_word)a2, (netx_word)a3, (netx_word)a4, (netx_word)a5, (netx_word)a6, (netx_word)a7);
}

NETX_STUB uint32_t _nxe_udp_info_get(void *a0, void *a1, void *a2, void *a3, void *a4, void *a5, void *a6, void *a7)
{
    return (uint32_t)netx_service8(262, (netx_word)a0, (netx_word)a1, (netx_word)a2, (netx_word)a3, (netx_word)a4, (netx_word)a5, (netx_word)a6, (netx_word)a7);
}

NETX_STUB uint32_t _nx_udp_free_port_find(void *a0, uint32_t a1, void *a2)
{
    return (uint32_t)netx_service3(263, (netx_word)a0, (netx_word)a1, (netx_word)a2);
}

NETX_STUB uint32_t _nxe_udp_free_port_find(void *a0, uint32_t a1, void *a2)
{
    return (uint32_t)netx_service3(264, (netx_word)a0, (netx_word)a1, (netx_word)a2);
}

NETX_STUB uint32_t _nx_udp_socket_create(void *a0, void *a1, void *a2, uint32_t a3, uint32_t a4, uint32_t a5, uint32_t a6)
{
    return (uint32_t)netx_service7(265, (netx_word)a0, (netx_word)a1, (netx_word)a2, (netx_word)a3, (netx_word)a4, (netx_word)a5, (netx_word)a6);
}

NETX_STUB uint32_t _nxe_udp_socket_create(void *a0, void *a1, void *a2, uint32_t a3, uint32_t a4, uint32_t a5, uint32_t a6, uint32_t a7)
{
    return (uint32_t)netx_service8(266, (netx_word)a0, (netx_word)a1, (netx_word)a2, (netx_word)a3, (netx_word)a4, (netx_word)a5, (netx_word)a6, (netx_word)a7);
}

NETX_STUB uint32_t _nx_udp_socket_delete(void *a0)
{
    return (uint32_t)netx_service1(267, (netx_word)a0);
}

NETX_STUB uint32_t _nxe_udp_socket_delete(void *a0)
{
    return (uint32_t)netx_service1(268, (netx_word)a0);
}

NETX_STUB uint32_t _nx_udp_socket_bind(void *a0, uint32_t a1, uint32_t a2)
{
    return (uint32_t)netx_service3(269, (netx_word)a0, (netx_word)a1, (netx_word)a2);
}

NETX_STUB uint32_t _nxe_udp_socket_bind(void *a0, uint32_t a1, uint32_t a2)
{
    return (uint32_t)netx_service3(270, (netx_word)a0, (netx_word)a1, (netx_word)a2);
}

NETX_STUB uint32_t _nx_udp_socket_unbind(void *a0)
{
    return (uint32_t)netx_service1(271, (netx_word)a0);
}

NETX_STUB uint32_t _nxe_udp_socket_unbind(void *a0)
{
    return (uint32_t)netx_service1(272, (netx_word)a0);
}

NETX_STUB uint32_t _nx_udp_socket_port_get(void *a0, void *a1)
{
    return (uint32_t)netx_service2(273, (netx_word)a0, (netx_word)a1);
}

NETX_STUB uint32_t _nxe_udp_socket_port_get(void *a0, void *a1)
{
    return (uint32_t)netx_service2(274, (netx_word)a0, (netx_word)a1);
}

NETX_STUB uint32_t _nx_udp_socket_send(void *a0, void *a1, uint32_t a2, uint32_t a3)
{
    return (uint32_t)netx_service4(275, (netx_word)a0, (netx_word)a1, (netx_word)a2, (netx_word)a3);
}

NETX_STUB uint32_t _nxe_udp_socket_send(void *a0, void *a1, uint32_t a2, uint32_t a3)
{
    return (uint32_t)netx_service4(276, (netx_word)a0, (netx_word)a1, (netx_word)a2, (netx_word)a3);
}

NETX_STUB uint32_t _nx_udp_socket_source_send(void *a0, void *a1, uint32_t a2, uint32_t a3, uint32_t a4)
{
    return (uint32_t)netx_service5(277, (netx_word)a0, (netx_word)a1, (netx_word)a2, (netx_word)a3, (netx_word)a4);
}

NETX_STUB uint32_t _nxe_udp_socket_source_send(void *a0, void *a1, uint32_t a2, uint32_t a3, uint32_t a4)
{
    return (uint32_t)netx_service5(278, (netx_word)a0, (netx_word)a1, (netx_word)a2, (netx_word)a3, (netx_word)a4);
}

NETX_STUB uint32_t _nxd_udp_socket_send(void *a0, void *a1, void *a2, uint32_t a3)
{
    return (uint32_t)netx_service4(279, (netx_word)a0, (netx_word)a1, (netx_word)a2, (netx_word)a3);
}

NETX_STUB uint32_t _nxde_udp_socket_send(void *a0, void *a1, void *a2, uint32_t a3)
{
    return (uint32_t)netx_service4(280, (netx_word)a0, (netx_word)a1, (netx_word)a2, (netx_word)a3);
}

NETX_STUB uint32_t _nxd_udp_socket_source_send(void *a0, void *a1, void *a2, uint32_t a3, uint32_t a4)
{
    return (uint32_t)netx_service5(281, (netx_word)a0, (netx_word)a1, (netx_word)a2, (netx_word)a3, (netx_word)a4);
}

NETX_STUB uint32_t _nxde_udp_socket_source_send(void *a0, void *a1, void *a2, uint32_t a3, uint32_t a4)
{
    return (uint32_t)netx_service5(282, (netx_word)a0, (netx_word)a1, (netx_word)a2, (netx_word)a3, (netx_word)a4);
}

NETX_STUB uint32_t _nx_udp_socket_receive(void *a0, void *a1, uint32_t a2)
{
    return (uint32_t)netx_service3(283, (netx_word)a0, (netx_word)a1, (netx_word)a2);
}

NETX_STUB uint32_t _nxe_udp_socket_receive(void *a0, void *a1, uint32_t a2)
{
    return (uint32_t)netx_service3(284, (netx_word)a0, (netx_word)a1, (netx_word)a2);
}

NETX_STUB uint32_t _nx_udp_socket_receive_notify(void *a0, void *a1)
{
    return (uint32_t)netx_service2(285, (netx_word)a0, (netx_word)a1);
}

NETX_STUB uint32_t _nxe_udp_socket_receive_notify(void *a0, void *a1)
{
    return (uint32_t)netx_service2(286, (netx_word)a0, (netx_word)a1);
}

NETX_STUB uint32_t _nx_udp_socket_info_get(void *a0, void *a1, void *a2, void *a3, void *a4, void *a5, void *a6, void *a7)
{
    return (uint32_t)netx_service8(287, (netx_word)a0, (netx_word)a1, (netx_word)a2, (netx_word)a3, (netx_word)a4, (netx_word)a5, (netx_word)a6, (netx_word)a7);
}

NETX_STUB uint32_t _nxe_udp_socket_info_get(void *a0, void *a1, void *a2, void *a3, void *a4, void *a5, void *a6, void *a7)
{
    return (uint32_t)netx_service8(288, (netx_word)a0, (netx_word)a1, (netx_word)a2, (netx_word)a3, (netx_word)a4, (netx_word)a5, (netx_word)a6, (netx_word)a7);
}

NETX_STUB uint32_t _nx_udp_socket_bytes_available(void *a0, void *a1)
{
    return (uint32_t)netx_service2(289, (netx_word)a0, (netx_word)a1);
}

NETX_STUB uint32_t _nxe_udp_socket_bytes_available(void *a0, void *a1)
{
    return (uint32_t)netx_service2(290, (netx_word)a0, (netx_word)a1);
}

NETX_STUB uint32_t _nx_udp_socket_checksum_enable(void *a0)
{
    return (uint32_t)netx_service1(291, (netx_word)a0);
}

NETX_STUB uint32_t _nxe_udp_socket_checksum_enable(void *a0)
{
    return (uint32_t)netx_service1(292, (netx_word)a0);
}

NETX_STUB uint32_t _nx_udp_socket_checksum_disable(void *a0)
{
    return (uint32_t)netx_service1(293, (netx_word)a0);
}

NETX_STUB uint32_t _nxe_udp_socket_checksum_disable(void *a0)
{
    return (uint32_t)netx_service1(294, (netx_word)a0);
}

NETX_STUB uint32_t _nx_udp_source_extract(void *a0, void *a1, void *a2)
{
    return (uint32_t)netx_service3(295, (netx_word)a0, (netx_word)a1, (netx_word)a2);
}

NETX_STUB uint32_t _nxe_udp_source_extract(void *a0, void *a1, void *a2)
{
    return (uint32_t)netx_service3(296, (netx_word)a0, (netx_word)a1, (netx_word)a2);
}

NETX_STUB uint32_t _nxd_udp_source_extract(void *a0, void *a1, void *a2)
{
    return (uint32_t)netx_service3(297, (netx_word)a0, (netx_word)a1, (netx_word)a2);
}

NETX_STUB uint32_t _nxde_udp_source_extract(void *a0, void *a1, void *a2)
{
    return (uint32_t)netx_service3(298, (netx_word)a0, (netx_word)a1, (netx_word)a2);
}

NETX_STUB uint32_t _nx_udp_packet_info_extract(void *a0, void *a1, void *a2, void *a3, void *a4)
{
    return (uint32_t)netx_service5(299, (netx_word)a0, (netx_word)a1, (netx_word)a2, (netx_word)a3, (netx_word)a4);
}

NETX_STUB uint32_t _nxe_udp_packet_info_extract(void *a0, void *a1, void *a2, void *a3, void *a4)
{
    return (uint32_t)netx_service5(300, (netx_word)a0, (netx_word)a1, (netx_word)a2, (netx_word)a3, (netx_word)a4);
}

NETX_STUB uint32_t _nxd_udp_packet_info_extract(void *a0, void *a1, void *a2, void *a3, void *a4)
{
    return (uint32_t)netx_service5(301, (netx_word)a0, (netx_word)a1, (netx_word)a2, (netx_word)a3, (netx_word)a4);
}

NETX_STUB uint32_t _nxde_udp_packet_info_extract(void *a0, void *a1, void *a2, void *a3, void *a4)
{
    return (uint32_t)netx_service5(302, (netx_word)a0, (netx_word)a1, (netx_word)a2, (netx_word)a3, (netx_word)a4);
}

NETX_STUB uint32_t _tx_thread_create(void *a0, void *a1, void *a2, uint32_t a3, void *a4, uint32_t a5, uint32_t a6, uint32_t a7, uint32_t a8, uint32_t a9)
{
    return (uint32_t)netx_service10(303, (netx_word)a0, (netx_word)a1, (netx_word)a2, (netx_word)a3, (netx_word)a4, (netx_word)a5, (netx_word)a6, (netx_word)a7, (netx_word)a8, (netx_word)a9);
}

NETX_STUB uint32_t _txe_thread_create(void *a0, void *a1, void *a2, uint32_t a3, void *a4, uint32_t a5, uint32_t a6, uint32_t a7, uint32_t a8, uint32_t a9, uint32_t a10)
{
    return (uint32_t)netx_service11(304, (netx_word)a0, (netx_word)a1, (netx_word)a2, (netx_word)a3, (netx_word)a4, (netx_word)a5, (netx_word)a6, (netx_word)a7, (netx_word)a8, (netx_word)a9, (netx_word)a10);
}

NETX_STUB uint32_t _tx_thread_delete(void *a0)
{
    return (uint32_t)netx_service1(305, (netx_word)a0);
}

NETX_STUB uint32_t _txe_thread_delete(void *a0)
{
    return (uint32_t)netx_service1(306, (netx_word)a0);
}

NETX_STUB uint32_t _tx_thread_entry_exit_notify(void *a0, void *a1)
{
    return (uint32_t)netx_service2(307, (netx_word)a0, (netx_word)a1);
}

NETX_STUB uint32_t _txe_thread_entry_exit_notify(void *a0, void *a1)
{
    return (uint32_t)netx_service2(308, (netx_word)a0, (netx_word)a1);
}

NETX_STUB void *_tx_thread_identify(void)
{
    return (void *)netx_service0(309);
}

NETX_STUB uint32_t _tx_thread_info_get(void *a0, void *a1, void *a2, void *a3, void *a4, void *a5, void *a6, void *a7, void *a8)
{
    return (uint32_t)netx_service9(310, (netx_word)a0, (netx_word)a1, (netx_word)a2, (netx_word)a3, (netx_word)a4, (netx_word)a5, (netx_word)a6, (netx_word)a7, (netx_word)a8);
}

NETX_STUB uint32_t _txe_thread_info_get(void *a0, void *a1, void *a2, void *a3, void *a4, void *a5, void *a6, void *a7, void *a8)
{
    return (uint32_t)netx_service9(311, (netx_word)a0, (netx_word)a1, (netx_word)a2, (netx_word)a3, (netx_word)a4, (netx_word)a5, (netx_word)a6, (netx_word)a7, (netx_word)a8);
}

NETX_STUB uint32_t _tx_thread_preemption_change(void *a0, uint32_t a1, void *a2)
{
    return (uint32_t)netx_service3(312, (netx_word)a0, (netx_word)a1, (netx_word)a2);
}

NETX_STUB uint32_t _txe_thread_preemption_change(void *a0, uint32_t a1, void *a2)
{
    return (uint32_t)netx_service3(313, (netx_word)a0, (netx_word)a1, (netx_word)a2);
}

NETX_STUB uint32_t _tx_thread_priority_change(void *a0, uint32_t a1, void *a2)
{
    return (uint32_t)netx_service3(314, (netx_word)a0, (netx_word)a1, (netx_word)a2);
}

NETX_STUB uint32_t _txe_thread_priority_change(void *a0, uint32_t a1, void *a2)
{
    return (uint32_t)netx_service3(315, (netx_word)a0, (netx_word)a1, (netx_word)a2);
}

NETX_STUB void _tx_thread_relinquish(void)
{
    netx_service0(316);
}

NETX_STUB void _txe_thread_relinquish(void)
{
    netx_service0(317);
}

NETX_STUB uint32_t _tx_thread_reset(void *a0)
{
    return (uint32_t)netx_service1(318, (netx_word)a0);
}

NETX_STUB uint32_t _txe_thread_reset(void *a0)
{
    return (uint32_t)netx_service1(319, (netx_word)a0);
}

NETX_STUB uint32_t _tx_thread_resume(void *a0)
{
    return (uint32_t)netx_service1(320, (netx_word)a0);
}

NETX_STUB uint32_t _txe_thread_resume(void *a0)
{
    return (uint32_t)netx_service1(321, (netx_word)a0);
}

NETX_STUB uint32_t _tx_thread_sleep(uint32_t a0)
{
    return (uint32_t)netx_service1(322, (netx_word)a0);
}

NETX_STUB uint32_t _tx_thread_suspend(void *a0)
{
    return (uint32_t)netx_service1(323, (netx_word)a0);
}

NETX_STUB uint32_t _txe_thread_suspend(void *a0)
{
    return (uint32_t)netx_service1(324, (netx_word)a0);
}

NETX_STUB uint32_t _tx_thread_terminate(void *a0)
{
    return (uint32_t)netx_service1(325, (netx_word)a0);
}

NETX_STUB uint32_t _txe_thread_terminate(void *a0)
{
    return (uint32_t)netx_service1(326, (netx_word)a0);
}

NETX_STUB uint32_t _tx_thread_time_slice_change(void *a0, uint32_t a1, void *a2)
{
    return (uint32_t)netx_service3(327, (netx_word)a0, (netx_word)a1, (netx_word)a2);
}

NETX_STUB uint32_t _txe_thread_time_slice_change(void *a0, uint32_t a1, void *a2)
{
    return (uint32_t)netx_service3(328, (netx_word)a0, (netx_word)a1, (netx_word)a2);
}

NETX_STUB uint32_t _tx_thread_wait_abort(void *a0)
{
    return (uint32_t)netx_service1(329, (netx_word)a0);
}

NETX_STUB uint32_t _txe_thread_wait_abort(void *a0)
{
    return (uint32_t)netx_service1(330, (netx_word)a0);
}

NETX_STUB uint32_t _tx_time_get(void)
{
    return (uint32_t)netx_service0(331);
}

NETX_STUB void _tx_time_set(uint32_t a0)
{
    netx_service1(332, (netx_word)a0);
}

NETX_STUB uint32_t _tx_timer_activate(void *a0)
{
    return (uint32_t)netx_service1(333, (netx_word)a0);
}

NETX_STUB uint32_t _txe_timer_activate(void *a0)
{
    return (uint32_t)netx_service1(334, (netx_word)a0);
}

NETX_STUB uint32_t _tx_timer_change(void *a0, uint32_t a1, uint32_t a2)
{
    return (uint32_t)netx_service3(335, (netx_word)a0, (netx_word)a1, (netx_word)a2);
}

NETX_STUB uint32_t _txe_timer_change(void *a0, uint32_t a1, uint32_t a2)
{
    return (uint32_t)netx_service3(336, (netx_word)a0, (netx_word)a1, (netx_word)a2);
}

NETX_STUB uint32_t _tx_timer_create(void *a0, void *a1, void *a2, uint32_t a3, uint32_t a4, uint32_t a5, uint32_t a6)
{
    return (uint32_t)netx_service7(337, (netx_word)a0, (netx_word)a1, (netx_word)a2, (netx_word)a3, (netx_word)a4, (netx_word)a5, (netx_word)a6);
}

NETX_STUB uint32_t _txe_timer_create(void *a0, void *a1, void *a2, uint32_t a3, uint32_t a4, uint32_t a5, uint32_t a6, uint32_t a7)
{
    return (uint32_t)netx_service8(338, (netx_word)a0, (netx_word)a1, (netx_word)a2, (netx_word)a3, (netx_word)a4, (netx_word)a5, (netx_word)a6, (netx_word)a7);
}

NETX_STUB uint32_t _tx_timer_deactivate(void *a0)
{
    return (uint32_t)netx_service1(339, (netx_word)a0);
}

NETX_STUB uint32_t _txe_timer_deactivate(void *a0)
{
    return (uint32_t)netx_service1(340, (netx_word)a0);
}

NETX_STUB uint32_t _tx_timer_delete(void *a0)
{
    return (uint32_t)netx_service1(341, (netx_word)a0);
}

NETX_STUB uint32_t _txe_timer_delete(void *a0)
{
    return (uint32_t)netx_service1(342, (netx_word)a0);
}

NETX_STUB uint32_t _tx_timer_info_get(void *a0, void *a1, void *a2, void *a3, void *a4, void *a5)
{
    return (uint32_t)netx_service6(343, (netx_word)a0, (netx_word)a1, (netx_word)a2, (netx_word)a3, (netx_word)a4, (netx_word)a5);
}

NETX_STUB uint32_t _txe_timer_info_get(void *a0, void *a1, void *a2, void *a3, void *a4, void *a5)
{
    return (uint32_t)netx_service6(344, (netx_word)a0, (netx_word)a1, (netx_word)a2, (netx_word)a3, (netx_word)a4, (netx_word)a5);
}

NETX_STUB uint32_t _tx_semaphore_ceiling_put(void *a0, uint32_t a1)
{
    return (uint32_t)netx_service2(345, (netx_word)a0, (netx_word)a1);
}

NETX_STUB uint32_t _txe_semaphore_ceiling_put(void *a0, uint32_t a1)
{
    return (uint32_t)netx_service2(346, (netx_word)a0, (netx_word)a1);
}

NETX_STUB uint32_t _tx_semaphore_create(void *a0, void *a1, uint32_t a2)
{
    return (uint32_t)netx_service3(347, (netx_word)a0, (netx_word)a1, (netx_word)a2);
}

NETX_STUB uint32_t _txe_semaphore_create(void *a0, void *a1, uint32_t a2, uint32_t a3)
{
    return (uint32_t)netx_service4(348, (netx_word)a0, (netx_word)a1, (netx_word)a2, (netx_word)a3);
}

NETX_STUB uint32_t _tx_semaphore_delete(void *a0)
{
    return (uint32_t)netx_service1(349, (netx_word)a0);
}

NETX_STUB uint32_t _txe_semaphore_delete(void *a0)
{
    return (uint32_t)netx_service1(350, (netx_word)a0);
}

NETX_STUB uint32_t _tx_semaphore_get(void *a0, uint32_t a1)
{
    return (uint32_t)netx_service2(351, (netx_word)a0, (netx_word)a1);
}

NETX_STUB uint32_t _txe_semaphore_get(void *a0, uint32_t a1)
{
    return (uint32_t)netx_service2(352, (netx_word)a0, (netx_word)a1);
}

NETX_STUB uint32_t _tx_semaphore_info_get(void *a0, void *a1, void *a2, void *a3, void *a4, void *a5)
{
    return (uint32_t)netx_service6(353, (netx_word)a0, (netx_word)a1, (netx_word)a2, (netx_word)a3, (netx_word)a4, (netx_word)a5);
}

NETX_STUB uint32_t _txe_semaphore_info_get(void *a0, void *a1, void *a2, void *a3, void *a4, void *a5)
{
    return (uint32_t)netx_service6(354, (netx_word)a0, (netx_word)a1, (netx_word)a2, (netx_word)a3, (netx_word)a4, (netx_word)a5);
}

NETX_STUB uint32_t _tx_semaphore_prioritize(void *a0)
{
    return (uint32_t)netx_service1(355, (netx_word)a0);
}

NETX_STUB uint32_t _txe_semaphore_prioritize(void *a0)
{
    return (uint32_t)netx_service1(356, (netx_word)a0);
}

NETX_STUB uint32_t _tx_semaphore_put(void *a0)
{
    return (uint32_t)netx_service1(357, (netx_word)a0);
}

NETX_STUB uint32_t _txe_semaphore_put(void *a0)
{
    return (uint32_t)netx_service1(358, (netx_word)a0);
}

NETX_STUB uint32_t _tx_semaphore_put_notify(void *a0, void *a1)
{
    return (uint32_t)netx_service2(359, (netx_word)a0, (netx_word)a1);
}

NETX_STUB uint32_t _txe_semaphore_put_notify(void *a0, void *a1)
{
    return (uint32_t)netx_service2(360, (netx_word)a0, (netx_word)a1);
}

NETX_STUB uint32_t _tx_mutex_create(void *a0, void *a1, uint32_t a2)
{
    return (uint32_t)netx_service3(361, (netx_word)a0, (netx_word)a1, (netx_word)a2);
}

NETX_STUB uint32_t _txe_mutex_create(void *a0, void *a1, uint32_t a2, uint32_t a3)
{
    return (uint32_t)netx_service4(362, (netx_word)a0, (netx_word)a1, (netx_word)a2, (netx_word)a3);
}

NETX_STUB uint32_t _tx_mutex_delete(void *a0)
{
    return (uint32_t)netx_service1(363, (netx_word)a0);
}

NETX_STUB uint32_t _txe_mutex_delete(void *a0)
{
    return (uint32_t)netx_service1(364, (netx_word)a0);
}

NETX_STUB uint32_t _tx_mutex_get(void *a0, uint32_t a1)
{
    return (uint32_t)netx_service2(365, (netx_word)a0, (netx_word)a1);
}

NETX_STUB uint32_t _txe_mutex_get(void *a0, uint32_t a1)
{
    return (uint32_t)netx_service2(366, (netx_word)a0, (netx_word)a1);
}

NETX_STUB uint32_t _tx_mutex_info_get(void *a0, void *a1, void *a2, void *a3, void *a4, void *a5, void *a6)
{
    return (uint32_t)netx_service7(367, (netx_word)a0, (netx_word)a1, (netx_word)a2, (netx_word)a3, (netx_word)a4, (netx_word)a5, (netx_word)a6);
}

NETX_STUB uint32_t _txe_mutex_info_get(void *a0, void *a1, void *a2, void *a3, void *a4, void *a5, void *a6)
{
    return (uint32_t)netx_service7(368, (netx_word)a0, (netx_word)a1, (netx_word)a2, (netx_word)a3, (netx_word)a4, (netx_word)a5, (netx_word)a6);
}

NETX_STUB uint32_t _tx_mutex_prioritize(void *a0)
{
    return (uint32_t)netx_service1(369, (netx_word)a0);
}

NETX_STUB uint32_t _txe_mutex_prioritize(void *a0)
{
    return (uint32_t)netx_service1(370, (netx_word)a0);
}

NETX_STUB uint32_t _tx_mutex_put(void *a0)
{
    return (uint32_t)netx_service1(371, (netx_word)a0);
}

NETX_STUB uint32_t _txe_mutex_put(void *a0)
{
    return (uint32_t)netx_service1(372, (netx_word)a0);
}

NETX_STUB uint32_t _tx_event_flags_create(void *a0, void *a1)
{
    return (uint32_t)netx_service2(373, (netx_word)a0, (netx_word)a1);
}

NETX_STUB uint32_t _txe_event_flags_create(void *a0, void *a1, uint32_t a2)
{
    return (uint32_t)netx_service3(374, (netx_word)a0, (netx_word)a1, (netx_word)a2);
}

NETX_STUB uint32_t _tx_event_flags_delete(void *a0)
{
    return (uint32_t)netx_service1(375, (netx_word)a0);
}

NETX_STUB uint32_t _txe_event_flags_delete(void *a0)
{
    return (uint32_t)netx_service1(376, (netx_word)a0);
}

NETX_STUB uint32_t _tx_event_flags_get(void *a0, uint32_t a1, uint32_t a2, void *a3, uint32_t a4)
{
    return (uint32_t)netx_service5(377, (netx_word)a0, (netx_word)a1, (netx_word)a2, (netx_word)a3, (netx_word)a4);
}

NETX_STUB uint32_t _txe_event_flags_get(void *a0, uint32_t a1, uint32_t a2, void *a3, uint32_t a4)
{
    return (uint32_t)netx_service5(378, (netx_word)a0, (netx_word)a1, (netx_word)a2, (netx_word)a3, (netx_word)a4);
}

NETX_STUB uint32_t _tx_event_flags_info_get(void *a0, void *a1, void *a2, void *a3, void *a4, void *a5)
{
    return (uint32_t)netx_service6(379, (netx_word)a0, (netx_word)a1, (netx_word)a2, (netx_word)a3, (netx_word)a4, (netx_word)a5);
}

NETX_STUB uint32_t _txe_event_flags_info_get(void *a0, void *a1, void *a2, void *a3, void *a4, void *a5)
{
    return (uint32_t)netx_service6(380, (netx_word)a0, (netx_word)a1, (netx_word)a2, (netx_word)a3, (netx_word)a4, (netx_word)a5);
}

NETX_STUB uint32_t _tx_event_flags_set(void *a0, uint32_t a1, uint32_t a2)
{
    return (uint32_t)netx_service3(381, (netx_word)a0, (netx_word)a1, (netx_word)a2);
}

NETX_STUB uint32_t _txe_event_flags_set(void *a0, uint32_t a1, uint32_t a2)
{
    return (uint32_t)netx_service3(382, (netx_word)a0, (netx_word)a1, (netx_word)a2);
}

NETX_STUB uint32_t _tx_event_flags_set_notify(void *a0, void *a1)
{
    return (uint32_t)netx_service2(383, (netx_word)a0, (netx_word)a1);
}

NETX_STUB uint32_t _txe_event_flags_set_notify(void *a0, void *a1)
{
    return (uint32_t)netx_service2(384, (netx_word)a0, (netx_word)a1);
}

NETX_STUB uint32_t _tx_queue_create(void *a0, void *a1, uint32_t a2, void *a3, uint32_t a4)
{
    return (uint32_t)netx_service5(385, (netx_word)a0, (netx_word)a1, (netx_word)a2, (netx_word)a3, (netx_word)a4);
}

NETX_STUB uint32_t _txe_queue_create(void *a0, void *a1, uint32_t a2, void *a3, uint32_t a4, uint32_t a5)
{
    return (uint32_t)netx_service6(386, (netx_word)a0, (netx_word)a1, (netx_word)a2, (netx_word)a3, (netx_word)a4, (netx_word)a5);
}

NETX_STUB uint32_t _tx_queue_delete(void *a0)
{
    return (uint32_t)netx_service1(387, (netx_word)a0);
}

NETX_STUB uint32_t _txe_queue_delete(void *a0)
{
    return (uint32_t)netx_service1(388, (netx_word)a0);
}

NETX_STUB uint32_t _tx_queue_flush(void *a0)
{
    return (uint32_t)netx_service1(389, (netx_word)a0);
}

NETX_STUB uint32_t _txe_queue_flush(void *a0)
{
    return (uint32_t)netx_service1(390, (netx_word)a0);
}

NETX_STUB uint32_t _tx_queue_front_send(void *a0, void *a1, uint32_t a2)
{
    return (uint32_t)netx_service3(391, (netx_word)a0, (netx_word)a1, (netx_word)a2);
}

NETX_STUB uint32_t _txe_queue_front_send(void *a0, void *a1, uint32_t a2)
{
    return (uint32_t)netx_service3(392, (netx_word)a0, (netx_word)a1, (netx_word)a2);
}

NETX_STUB uint32_t _tx_queue_info_get(void *a0, void *a1, void *a2, void *a3, void *a4, void *a5, void *a6)
{
    return (uint32_t)netx_service7(393, (netx_word)a0, (netx_word)a1, (netx_word)a2, (netx_word)a3, (netx_word)a4, (netx_word)a5, (netx_word)a6);
}

NETX_STUB uint32_t _txe_queue_info_get(void *a0, void *a1, void *a2, void *a3, void *a4, void *a5, void *a6)
{
    return (uint32_t)netx_service7(394, (netx_word)a0, (netx_word)a1, (netx_word)a2, (netx_word)a3, (netx_word)a4, (netx_word)a5, (netx_word)a6);
}

NETX_STUB uint32_t _tx_queue_prioritize(void *a0)
{
    return (uint32_t)netx_service1(395, (netx_word)a0);
}

NETX_STUB uint32_t _txe_queue_prioritize(void *a0)
{
    return (uint32_t)netx_service1(396, (netx_word)a0);
}

NETX_STUB uint32_t _tx_queue_receive(void *a0, void *a1, uint32_t a2)
{
    return (uint32_t)netx_service3(397, (netx_word)a0, (netx_word)a1, (netx_word)a2);
}

NETX_STUB uint32_t _txe_queue_receive(void *a0, void *a1, uint32_t a2)
{
    return (uint32_t)netx_service3(398, (netx_word)a0, (netx_word)a1, (netx_word)a2);
}

NETX_STUB uint32_t _tx_queue_send(void *a0, void *a1, uint32_t a2)
{
    return (uint32_t)netx_service3(399, (netx_word)a0, (netx_word)a1, (netx_word)a2);
}

NETX_STUB uint32_t _txe_queue_send(void *a0, void *a1, uint32_t a2)
{
    return (uint32_t)netx_service3(400, (netx_word)a0, (netx_word)a1, (netx_word)a2);
}

NETX_STUB uint32_t _tx_queue_send_notify(void *a0, void *a1)
{
    return (uint32_t)netx_service2(401, (netx_word)a0, (netx_word)a1);
}

NETX_STUB uint32_t _txe_queue_send_notify(void *a0, void *a1)
{
    return (uint32_t)netx_service2(402, (netx_word)a0, (netx_word)a1);
}

NETX_STUB uint32_t _tx_byte_allocate(void *a0, void *a1, uint32_t a2, uint32_t a3)
{
    return (uint32_t)netx_service4(403, (netx_word)a0, (netx_word)a1, (netx_word)a2, (netx_word)a3);
}

NETX_STUB uint32_t _txe_byte_allocate(void *a0, void *a1, uint32_t a2, uint32_t a3)
{
    return (uint32_t)netx_service4(404, (netx_word)a0, (netx_word)a1, (netx_word)a2, (netx_word)a3);
}

NETX_STUB uint32_t _tx_byte_pool_create(void *a0, void *a1, void *a2, uint32_t a3)
{
    return (uint32_t)netx_service4(405, (netx_word)a0, (netx_word)a1, (netx_word)a2, (netx_word)a3);
}

NETX_STUB uint32_t _txe_byte_pool_create(void *a0, void *a1, void *a2, uint32_t a3, uint32_t a4)
{
    return (uint32_t)netx_service5(406, (netx_word)a0, (netx_word)a1, (netx_word)a2, (netx_word)a3, (netx_word)a4);
}

NETX_STUB uint32_t _tx_byte_pool_delete(void *a0)
{
    return (uint32_t)netx_service1(407, (netx_word)a0);
}

NETX_STUB uint32_t _txe_byte_pool_delete(void *a0)
{
    return (uint32_t)netx_service1(408, (netx_word)a0);
}

NETX_STUB uint32_t _tx_byte_pool_info_get(void *a0, void *a1, void *a2, void *a3, void *a4, void *a5, void *a6)
{
    return (uint32_t)netx_service7(409, (netx_word)a0, (netx_word)a1, (netx_word)a2, (netx_word)a3, (netx_word)a4, (netx_word)a5, (netx_word)a6);
}

NETX_STUB uint32_t _txe_byte_pool_info_get(void *a0, void *a1, void *a2, void *a3, void *a4, void *a5, void *a6)
{
    return (uint32_t)netx_service7(410, (netx_word)a0, (netx_word)a1, (netx_word)a2, (netx_word)a3, (netx_word)a4, (netx_word)a5, (netx_word)a6);
}

NETX_STUB uint32_t _tx_byte_pool_prioritize(void *a0)
{
    return (uint32_t)netx_service1(411, (netx_word)a0);
}

NETX_STUB uint32_t _txe_byte_pool_prioritize(void *a0)
{
    return (uint32_t)netx_service1(412, (netx_word)a0);
}

NETX_STUB uint32_t _tx_byte_release(void *a0)
{
    return (uint32_t)netx_service1(413, (netx_word)a0);
}

NETX_STUB uint32_t _txe_byte_release(void *a0)
{
    return (uint32_t)netx_service1(414, (netx_word)a0);
}

NETX_STUB uint32_t _tx_block_allocate(void *a0, void *a1, uint32_t a2)
{
    return (uint32_t)netx_service3(415, (netx_word)a0, (netx_word)a1, (netx_word)a2);
}

NETX_STUB uint32_t _txe_block_allocate(void *a0, void *a1, uint32_t a2)
{
    return (uint32_t)netx_service3(416, (netx_word)a0, (netx_word)a1, (netx_word)a2);
}

NETX_STUB uint32_t _tx_block_pool_create(void *a0, void *a1, uint32_t a2, void *a3, uint32_t a4)
{
    return (uint32_t)netx_service5(417, (netx_word)a0, (netx_word)a1, (netx_word)a2, (netx_word)a3, (netx_word)a4);
}

NETX_STUB uint32_t _txe_block_pool_create(void *a0, void *a1, uint32_t a2, void *a3, uint32_t a4, uint32_t a5)
{
    return (uint32_t)netx_service6(418, (netx_word)a0, (netx_word)a1, (netx_word)a2, (netx_word)a3, (netx_word)a4, (netx_word)a5);
}

NETX_STUB uint32_t _tx_block_pool_delete(void *a0)
{
    return (uint32_t)netx_service1(419, (netx_word)a0);
}

NETX_STUB uint32_t _txe_block_pool_delete(void *a0)
{
    return (uint32_t)netx_service1(420, (netx_word)a0);
}

NETX_STUB uint32_t _tx_block_pool_info_get(void *a0, void *a1, void *a2, void *a3, void *a4, void *a5, void *a6)
{
    return (uint32_t)netx_service7(421, (netx_word)a0, (netx_word)a1, (netx_word)a2, (netx_word)a3, (netx_word)a4, (netx_word)a5, (netx_word)a6);
}

NETX_STUB uint32_t _txe_block_pool_info_get(void *a0, void *a1, void *a2, void *a3, void *a4, void *a5, void *a6)
{
    return (uint32_t)netx_service7(422, (netx_word)a0, (netx_word)a1, (netx_word)a2, (netx_word)a3, (netx_word)a4, (netx_word)a5, (netx_word)a6);
}

NETX_STUB uint32_t _tx_block_pool_prioritize(void *a0)
{
    return (uint32_t)netx_service1(423, (netx_word)a0);
}

NETX_STUB uint32_t _txe_block_pool_prioritize(void *a0)
{
    return (uint32_t)netx_service1(424, (netx_word)a0);
}

NETX_STUB uint32_t _tx_block_release(void *a0)
{
    return (uint32_t)netx_service1(425, (netx_word)a0);
}

NETX_STUB uint32_t _txe_block_release(void *a0)
{
    return (uint32_t)netx_service1(426, (netx_word)a0);
}

NETX_STUB uint32_t _tx_interrupt_control(uint32_t a0)
{
    return (uint32_t)netx_service1(427, (netx_word)a0);
}

NETX_STUB uint32_t _nx_md5_initialize(void *a0)
{
    return (uint32_t)netx_service1(428, (netx_word)a0);
}

NETX_STUB uint32_t _nx_md5_update(void *a0, void *a1, uint32_t a2)
{
    return (uint32_t)netx_service3(429, (netx_word)a0, (netx_word)a1, (netx_word)a2);
}

NETX_STUB uint32_t _nx_md5_digest_calculate(void *a0, void *a1)
{
    return (uint32_t)netx_service2(430, (netx_word)a0, (netx_word)a1);
}

NETX_STUB void _nx_ip_packet_receive(void *a0, void *a1)
{
    netx_service2(431, (netx_word)a0, (netx_word)a1);
}

NETX_STUB void _nx_ip_packet_deferred_receive(void *a0, void *a1)
{
    netx_service2(432, (netx_word)a0, (netx_word)a1);
}

NETX_STUB void _nx_arp_packet_receive(void *a0, void *a1)
{
    netx_service2(433, (netx_word)a0, (netx_word)a1);
}

NETX_STUB void _nx_arp_packet_deferred_receive(void *a0, void *a1)
{
    netx_service2(434, (netx_word)a0, (netx_word)a1);
}

NETX_STUB void _nx_rarp_packet_receive(void *a0, void *a1)
{
    netx_service2(435, (netx_word)a0, (netx_word)a1);
}

NETX_STUB void _nx_rarp_packet_deferred_receive(void *a0, void *a1)
{
    netx_service2(436, (netx_word)a0, (netx_word)a1);
}

NETX_STUB void _nx_ip_driver_deferred_processing(void *a0)
{
    netx_service1(437, (netx_word)a0);
}

NETX_STUB void _nx_ip_driver_link_status_event(void *a0, uint32_t a1)
{
    netx_service2(438, (netx_word)a0, (netx_word)a1);
}

NETX_STUB uint32_t _nx_igmp_enable(void *a0)
{
    return (uint32_t)netx_service1(439, (netx_word)a0);
}

NETX_STUB uint32_t _nxe_igmp_enable(void *a0)
{
    return (uint32_t)netx_service1(440, (netx_word)a0);
}

NETX_STUB uint32_t _nx_igmp_info_get(void *a0, void *a1, void *a2, void *a3, void *a4)
{
    return (uint32_t)netx_service5(441, (netx_word)a0, (netx_word)a1, (netx_word)a2, (netx_word)a3, (netx_word)a4);
}

NETX_STUB uint32_t _nxe_igmp_info_get(void *a0, void *a1, void *a2, void *a3, void *a4)
{
    return (uint32_t)netx_service5(442, (netx_word)a0, (netx_word)a1, (netx_word)a2, (netx_word)a3, (netx_word)a4);
}

NETX_STUB uint32_t _nx_igmp_loopback_enable(void *a0)
{
    return (uint32_t)netx_service1(443, (netx_word)a0);
}

NETX_STUB uint32_t _nxe_igmp_loopback_enable(void *a0)
{
    return (uint32_t)netx_service1(444, (netx_word)a0);
}

NETX_STUB uint32_t _nx_igmp_loopback_disable(void *a0)
{
    return (uint32_t)netx_service1(445, (netx_word)a0);
}

NETX_STUB uint32_t _nxe_igmp_loopback_disable(void *a0)
{
    return (uint32_t)netx_service1(446, (netx_word)a0);
}

NETX_STUB uint32_t _nx_igmp_multicast_join(void *a0, uint32_t a1)
{
    return (uint32_t)netx_service2(447, (netx_word)a0, (netx_word)a1);
}

NETX_STUB uint32_t _nxe_igmp_multicast_join(void *a0, uint32_t a1)
{
    return (uint32_t)netx_service2(448, (netx_word)a0, (netx_word)a1);
}

NETX_STUB uint32_t _nx_igmp_multicast_interface_join(void *a0, uint32_t a1, uint32_t a2)
{
    return (uint32_t)netx_service3(449, (netx_word)a0, (netx_word)a1, (netx_word)a2);
}

NETX_STUB uint32_t _nxe_igmp_multicast_interface_join(void *a0, uint32_t a1, uint32_t a2)
{
    return (uint32_t)netx_service3(450, (netx_word)a0, (netx_word)a1, (netx_word)a2);
}

NETX_STUB uint32_t _nx_igmp_multicast_leave(void *a0, uint32_t a1)
{
    return (uint32_t)netx_service2(451, (netx_word)a0, (netx_word)a1);
}

NETX_STUB uint32_t _nxe_igmp_multicast_leave(void *a0, uint32_t a1)
{
    return (uint32_t)netx_service2(452, (netx_word)a0, (netx_word)a1);
}

NETX_STUB uint32_t _nx_igmp_multicast_interface_leave(void *a0, uint32_t a1, uint32_t a2)
{
    return (uint32_t)netx_service3(453, (netx_word)a0, (netx_word)a1, (netx_word)a2);
}

NETX_STUB uint32_t _nxe_igmp_multicast_interface_leave(void *a0, uint32_t a1, uint32_t a2)
{
    return (uint32_t)netx_service3(454, (netx_word)a0, (netx_word)a1, (netx_word)a2);
}

NETX_STUB uint32_t _nx_ipv4_multicast_interface_join(void *a0, uint32_t a1, uint32_t a2)
{
    return (uint32_t)netx_service3(455, (netx_word)a0, (netx_word)a1, (netx_word)a2);
}

NETX_STUB uint32_t _nxe_ipv4_multicast_interface_join(void *a0, uint32_t a1, uint32_t a2)
{
    return (uint32_t)netx_service3(456, (netx_word)a0, (netx_word)a1, (netx_word)a2);
}

NETX_STUB uint32_t _nx_ipv4_multicast_interface_leave(void *a0, uint32_t a1, uint32_t a2)
{
    return (uint32_t)netx_service3(457, (netx_word)a0, (netx_word)a1, (netx_word)a2);
}

NETX_STUB uint32_t _nxe_ipv4_multicast_interface_leave(void *a0, uint32_t a1, uint32_t a2)
{
    return (uint32_t)netx_service3(458, (netx_word)a0, (netx_word)a1, (netx_word)a2);
}

NETX_STUB uint32_t _nxd_icmpv6_ra_flag_callback_set(void *a0, void *a1)
{
    return (uint32_t)netx_service2(459, (netx_word)a0, (netx_word)a1);
}

NETX_STUB uint32_t _nxd_ipv6_multicast_interface_join(void *a0, void *a1, uint32_t a2)
{
    return (uint32_t)netx_service3(460, (netx_word)a0, (netx_word)a1, (netx_word)a2);
}

NETX_STUB uint32_t _nxde_ipv6_multicast_interface_join(void *a0, void *a1, uint32_t a2)
{
    return (uint32_t)netx_service3(461, (netx_word)a0, (netx_word)a1, (netx_word)a2);
}

NETX_STUB uint32_t _nxd_ipv6_multicast_interface_leave(void *a0, void *a1, uint32_t a2)
{
    return (uint32_t)netx_service3(462, (netx_word)a0, (netx_word)a1, (netx_word)a2);
}

NETX_STUB uint32_t _nxde_ipv6_multicast_interface_leave(void *a0, void *a1, uint32_t a2)
{
    return (uint32_t)netx_service3(463, (netx_word)a0, (netx_word)a1, (netx_word)a2);
}

NETX_STUB void _nx_ram_network_driver(void *a0)
{
    netx_service1(464, (netx_word)a0);
}

NETX_STUB void _nx_ram_network_driver_256(void *a0)
{
    netx_service1(465, (netx_word)a0);
}

NETX_STUB void _nx_ram_network_driver_512(void *a0)
{
    netx_service1(466, (netx_word)a0);
}

NETX_STUB void _nx_ram_network_driver_1024(void *a0)
{
    netx_service1(467, (netx_word)a0);
}

NETX_STUB void _nx_ram_network_driver_1500(void *a0)
{
    netx_service1(468, (netx_word)a0);
}

NETX_STUB void _nx_ram_network_driver_3000(void *a0)
{
    netx_service1(469, (netx_word)a0);
}

NETX_STUB void _nx_linux_network_driver(void *a0)
{
    netx_service1(470, (netx_word)a0);
}

NETX_STUB void nx_host_network_driver(void *a0)
{
    netx_service1(471, (netx_word)a0);
}

NETX_STUB void _tx_initialize_kernel_enter(void)
{
    netx_service0(472);
}

NETX_STUB void _nx_pop3_parse_response(void *a0, uint32_t a1, uint32_t a2, void *a3, uint32_t a4, uint32_t a5, uint32_t a6)
{
    netx_service7(473, (netx_word)a0, (netx_word)a1, (netx_word)a2, (netx_word)a3, (netx_word)a4, (netx_word)a5, (netx_word)a6);
}

NETX_STUB void _nx_tcp_packet_receive(void *a0, void *a1)
{
    netx_service2(474, (netx_word)a0, (netx_word)a1);
}

NETX_STUB void _nx_udp_packet_receive(void *a0, void *a1)
{
    netx_service2(475, (netx_word)a0, (netx_word)a1);
}

NETX_STUB void _nx_icmp_packet_receive(void *a0, void *a1)
{
    netx_service2(476, (netx_word)a0, (netx_word)a1);
}

NETX_STUB void _nx_igmp_packet_receive(void *a0, void *a1)
{
    netx_service2(477, (netx_word)a0, (netx_word)a1);
}

NETX_STUB void _tx_thread_context_save(void)
{
    netx_service0(478);
}

NETX_STUB void _tx_thread_context_restore(void)
{
    netx_service0(479);
}

NETX_STUB void _tx_timer_interrupt(void)
{
    netx_service0(480);
}

NETX_STUB void netx_busy(uint32_t a0)
{
    netx_service1(481, (netx_word)a0);
}

NETX_STUB void netx_interrupt(void *a0, uint32_t a1)
{
    netx_service2(482, (netx_word)a0, (netx_word)a1);
}

NETX_STUB void netx_after_us(uint32_t a0, void *a1, uint32_t a2)
{
    netx_service3(483, (netx_word)a0, (netx_word)a1, (netx_word)a2);
}

NETX_STUB uint32_t netx_fd_attach(uint32_t a0, void *a1, uint32_t a2)
{
    return (uint32_t)netx_service3(484, (netx_word)a0, (netx_word)a1, (netx_word)a2);
}

NETX_STUB uint32_t netx_fd_detach(uint32_t a0)
{
    return (uint32_t)netx_service1(485, (netx_word)a0);
}

NETX_STUB uint32_t netx_random(void)
{
    return (uint32_t)netx_service0(486);
}

NETX_STUB void netx_stop(void)
{
    netx_service0(487);
}

NETX_STUB void netx_netstat(void)
{
    netx_service0(488);
}

NETX_STUB uint32_t netx_leaks(void)
{
    return (uint32_t)netx_service0(489);
}

NETX_STUB void tx_kernel_enter(void)
{
    _tx_initialize_kernel_enter();
}

NETX_STUB void nx_ram_network_driver(void *request)
{
    _nx_ram_network_driver(request);
}

NETX_STUB void nx_linux_network_driver(void *request)
{
    _nx_linux_network_driver(request);
}

/* By these names the drivers here are known, whatever the program has. */
void netx_own__nx_ram_network_driver(void *request) __attribute__((alias("_nx_ram_network_driver")));
void netx_own__nx_ram_network_driver_256(void *request) __attribute__((alias("_nx_ram_network_driver_256")));
void netx_own__nx_ram_network_driver_512(void *request) __attribute__((alias("_nx_ram_network_driver_512")));
void netx_own__nx_ram_network_driver_1024(void *request) __attribute__((alias("_nx_ram_network_driver_1024")));
void netx_own__nx_ram_network_driver_1500(void *request) __attribute__((alias("_nx_ram_network_driver_1500")));
void netx_own__nx_ram_network_driver_3000(void *request) __attribute__((alias("_nx_ram_network_driver_3000")));
void netx_own__nx_linux_network_driver(void *request) __attribute__((alias("_nx_linux_network_driver")));
void netx_own_nx_host_network_driver(void *request) __attribute__((alias("nx_host_network_driver")));
void netx_own_nx_ram_network_driver(void *request) __attribute__((alias("nx_ram_network_driver")));
void netx_own_nx_linux_network_driver(void *request) __attribute__((alias("nx_linux_network_driver")));
