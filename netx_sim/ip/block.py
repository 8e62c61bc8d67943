"""NX_IP: the control block of an IP instance, with the slots into which protocols plug themselves.

Fields named ``nx_ip*`` are C's; those with a leading underscore are the host's.  A protocol that is
not enabled is not loaded: its ``enable`` service puts its functions into the slots below, as NetX
does with function pointers.  The class has no ``__slots__`` on purpose: IPv6 and other protocols add
fields of their own when they are enabled.
"""

from netx_sim.kernel.event_flags import TX_EVENT_FLAGS_GROUP

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from netx_sim.kernel import Simulation
    from netx_sim.kernel.clock import PeriodicEvent
    from netx_sim.kernel.mutex_block import TX_MUTEX
    from netx_sim.kernel.thread_block import TX_THREAD
    from netx_sim.link import NX_INTERFACE, NX_IP_DRIVER
    from netx_sim.packet import NX_PACKET

    PacketSlot = Callable[["NX_IP", "NX_PACKET"], None] | None
    EventSlot = Callable[["NX_IP"], None] | None


class NX_IPV4_MULTICAST_ENTRY:
    """A joined IPv4 multicast group of one interface."""

    __slots__ = (
        "nx_ipv4_multicast_join_count",
        "nx_ipv4_multicast_join_interface_list",
        "nx_ipv4_multicast_join_list",
        "nx_ipv4_multicast_loopback_enable",
        "nx_ipv4_multicast_update_time",
    )

    def __init__(self, group: int, interface: "NX_INTERFACE") -> None:
        self.nx_ipv4_multicast_join_list = group
        self.nx_ipv4_multicast_join_interface_list = interface
        self.nx_ipv4_multicast_join_count = 1
        self.nx_ipv4_multicast_loopback_enable = True
        self.nx_ipv4_multicast_update_time = 0


class NX_IP:
    """One IP instance.  Created empty by the caller, filled by ``nx_ip_create``."""

    def __init__(self) -> None:
        self.nx_ip_id = 0
        self._reset()

    def _reset(self) -> None:
        """All fields but the id as in a zeroed control block."""
        self._instance_fields()
        self._statistics_fields()
        self._event_fields()
        self._protocol_slots()
        self._arp_fields()
        self._icmp_igmp_fields()
        self._tcp_fields()
        self._tcp_statistics()
        self._udp_fields()
        self._ipv6_fields()

    def _instance_fields(self) -> None:
        self._sim: "Simulation" = None  # type: ignore[assignment]
        self.nx_ip_name: "Any" = None
        self.nx_ip_gateway_address = 0
        self.nx_ip_gateway_interface: "NX_INTERFACE | None" = None
        self.nx_ip_interface: "list[NX_INTERFACE]" = []  # the physical ones, then loopback
        self.nx_ip_packet_id = 0
        self.nx_ip_default_packet_pool: "Any" = None
        self.nx_ip_auxiliary_packet_pool: "Any" = None
        self._small_pool: "Any" = None  # for what the stack itself sends: the auxiliary pool if there is one
        self.nx_ip_protection: "TX_MUTEX" = None  # type: ignore[assignment]
        self.nx_ip_initialize_done = 0
        self.nx_ip_thread: "TX_THREAD" = None  # type: ignore[assignment]
        self.nx_ip_forward_packet_process: "PacketSlot" = None
        self.nx_ip_fragment_processing: "Callable[[NX_IP_DRIVER], None] | None" = None
        self.nx_ip_address_change_notify: "Callable[[NX_IP, Any], None] | None" = None
        self.nx_ip_address_change_notify_additional_info: "Any" = None
        self.nx_ip_link_status_change_callback: "Callable[[NX_IP, int, int], None] | None" = None
        self.nx_ip_routing_table: "list[Any]" = []
        self._loopback_index = 0

    def _statistics_fields(self) -> None:
        self.nx_ip_total_packet_send_requests = 0
        self.nx_ip_total_packets_sent = 0
        self.nx_ip_total_bytes_sent = 0
        self.nx_ip_total_packets_received = 0
        self.nx_ip_total_packets_delivered = 0
        self.nx_ip_total_bytes_received = 0
        self.nx_ip_packets_forwarded = 0
        self.nx_ip_packets_reassembled = 0
        self.nx_ip_reassembly_failures = 0
        self.nx_ip_invalid_packets = 0
        self.nx_ip_invalid_transmit_packets = 0
        self.nx_ip_invalid_receive_address = 0
        self.nx_ip_unknown_protocols_received = 0
        self.nx_ip_transmit_resource_errors = 0
        self.nx_ip_transmit_no_route_errors = 0
        self.nx_ip_receive_packets_dropped = 0
        self.nx_ip_receive_checksum_errors = 0
        self.nx_ip_send_packets_dropped = 0
        self.nx_ip_total_fragment_requests = 0
        self.nx_ip_successful_fragment_requests = 0
        self.nx_ip_fragment_failures = 0
        self.nx_ip_total_fragments_sent = 0
        self.nx_ip_total_fragments_received = 0

    def _event_fields(self) -> None:
        self._events = 0  # of the IP thread, set since it woke; and those that woke it
        self._woken_by = 0
        self._deferred_received: "list[NX_PACKET]" = []
        self._arp_deferred_received: "list[NX_PACKET]" = []
        self._rarp_deferred_received: "list[NX_PACKET]" = []
        self._driver_deferred_received: "list[NX_PACKET]" = []
        self._driver_packet_handler: "Callable[[NX_PACKET], None] | None" = None
        self._fragment_received: "list[NX_PACKET]" = []
        self._fragment_assemblies: "dict[Any, Any]" = {}
        self._fast_event: "PeriodicEvent | None" = None
        self._fast_processed = -1
        self._periodic_event: "PeriodicEvent" = None  # type: ignore[assignment]
        self._periodic_processed = -1

    def _protocol_slots(self) -> None:
        self._ip_receive: "PacketSlot" = None
        self._rarp_receive: "PacketSlot" = None
        self._tcp_receive: "PacketSlot" = None
        self._tcp_queue_process: "EventSlot" = None
        self._tcp_fast: "EventSlot" = None
        self._tcp_periodic: "EventSlot" = None
        self._tcp_cleanup_deferred: "EventSlot" = None
        self._tcp_interface_detach: "Callable[[NX_IP, NX_INTERFACE], None] | None" = None
        self._udp_receive: "PacketSlot" = None
        self._icmp_receive: "PacketSlot" = None
        self._icmp_queue_process: "EventSlot" = None
        self._icmp_error: "Callable[[NX_IP, NX_PACKET, int, int], None] | None" = None
        self._igmp_receive: "PacketSlot" = None
        self._igmp_periodic: "EventSlot" = None
        self._igmp_process: "EventSlot" = None
        self._igmp_interface_detach: "Callable[[NX_IP, NX_INTERFACE], None] | None" = None
        self._ipv6_receive: "PacketSlot" = None
        self._ipv6_fast: "EventSlot" = None
        self._ipv6_periodic: "EventSlot" = None
        # (ip_ptr, address index, protocol, start_offset_ptr, payload_length_ptr) -> status
        self._ipv6_payload: "Callable[[NX_IP, int, int, Any, Any], int] | None" = None
        # (socket, packet, address, port, address index or None): a status, as nxd_udp_socket_send's.
        self._ipv6_udp_send: "Callable[[Any, NX_PACKET, Any, int, int | None], int] | None" = None
        # (instance, address, address index or None, data, size, response, wait): as nxd_icmp_ping's.
        self._ipv6_ping: "Callable[[NX_IP, Any, int | None, Any, int, Any, int], int] | None" = None
        # (instance, complete segment, NXD_IPV6_ADDRESS to send from, peer's address key).
        self._ipv6_tcp_send: "Callable[[NX_IP, NX_PACKET, Any, int], None] | None" = None
        # (instance, peer's address key, interface or None): the NXD_IPV6_ADDRESS to speak from, or None.
        self._ipv6_tcp_source: "Callable[[NX_IP, int, Any], Any] | None" = None
        # Of a received packet: its source as an address key, and the rest of its pseudo header's sum.
        self._ipv6_peer: "Callable[[NX_PACKET], tuple[int, int]] | None" = None
        self._icmpv6_wanted = False  # nxd_icmp_enable was called, perhaps before nxd_ipv6_enable
        self._icmpv6_enable: "Callable[[NX_IP], None] | None" = None
        self._icmpv6_receive: "PacketSlot" = None
        # (instance, offending packet, type, code, pointer or other second word).
        self._icmpv6_error: "Callable[[NX_IP, NX_PACKET, int, int, int], None] | None" = None
        self._ipv6_interface_start: "Callable[[NX_IP, NX_INTERFACE], None] | None" = None
        self._ipv6_fragment_receive: "PacketSlot" = None
        self._ipv6_fragment_delete: "EventSlot" = None
        self._ipv6_address_used: "Callable[[NX_IP, int], bool] | None" = None
        # (ip_ptr, packet, NXD_ADDRESS, address index or -1, protocol, ttl, tos) -> status
        self._ipv6_raw_send: "Callable[[NX_IP, NX_PACKET, Any, int, int, int, int], int] | None" = None
        self._ipv6_interface_attach: "Callable[[NX_IP, NX_INTERFACE], int] | None" = None
        self._ipv6_interface_detach: "Callable[[NX_IP, NX_INTERFACE], None] | None" = None
        self._fragment_assembly: "EventSlot" = None
        self._fragment_timeout: "EventSlot" = None
        self._fragment_delete: "EventSlot" = None
        self._raw_receive: "Callable[[NX_IP, NX_PACKET], None] | None" = None
        self._delete_hooks: "list[Callable[[NX_IP], None]]" = []  # called by nx_ip_delete, oldest first

    def _arp_fields(self) -> None:
        self._arp: "Any" = None  # the ARP cache, once nx_arp_enable made it
        self._arp_receive: "PacketSlot" = None
        self._arp_periodic: "EventSlot" = None
        # (ip_ptr, packet, interface, next_hop): send now if the address is known, else keep and ask.
        self._arp_resolve_send: "Callable[[NX_IP, NX_PACKET, NX_INTERFACE, int], None] | None" = None
        self._arp_interface_detach: "Callable[[NX_IP, NX_INTERFACE], None] | None" = None
        # Next hop -> resolved entry, for the packets of established traffic.
        self._arp_resolved: "dict[int, Any]" = {}
        self.nx_ip_arp_requests_sent = 0
        self.nx_ip_arp_requests_received = 0
        self.nx_ip_arp_responses_sent = 0
        self.nx_ip_arp_responses_received = 0
        self.nx_ip_arp_aged_entries = 0
        self.nx_ip_arp_invalid_messages = 0
        self.nx_ip_arp_dynamic_active_count = 0
        self.nx_ip_arp_static_entries = 0
        self.nx_ip_arp_gratuitous_response_handler: "Callable[[NX_IP, NX_PACKET], None] | None" = None

    def _icmp_igmp_fields(self) -> None:
        self.nx_ip_pings_sent = 0
        self.nx_ip_ping_timeouts = 0
        self.nx_ip_ping_threads_suspended = 0
        self.nx_ip_ping_responses_received = 0
        self.nx_ip_pings_received = 0
        self.nx_ip_pings_responded_to = 0
        self.nx_ip_icmp_total_messages_received = 0
        self.nx_ip_icmp_invalid_packets = 0
        self.nx_ip_icmp_checksum_errors = 0
        self.nx_ip_icmp_unhandled_messages = 0
        self.nx_ip_icmp_sequence = 0
        self.nx_ip_icmp_queue: "list[NX_PACKET]" = []
        self.nx_ip_icmp_ping_suspension_list: "list[TX_THREAD]" = []
        self.nx_ip_raw_ip_processing = 0
        self.nx_ip_raw_received_packet_queue: "list[NX_PACKET]" = []
        self.nx_ip_raw_received_packet_max = 0
        self.nx_ip_raw_packet_suspension_list: "list[TX_THREAD]" = []
        self.nx_ipv4_multicast_entry: "list[NX_IPV4_MULTICAST_ENTRY]" = []
        self.nx_ip_igmp_queue: "list[NX_PACKET]" = []
        self.nx_ip_igmp_invalid_packets = 0
        self.nx_ip_igmp_reports_sent = 0
        self.nx_ip_igmp_queries_received = 0
        self.nx_ip_igmp_checksum_errors = 0
        self.nx_ip_igmp_groups_joined = 0
        self.nx_ip_igmp_router_version = 0
        self.nx_ip_igmp_global_loopback_enable = 0

    def _tcp_fields(self) -> None:
        self._tcp: "Any" = None  # what TCP keeps of an instance, once nx_tcp_enable made it
        self.nx_ip_tcp_queue: "list[NX_PACKET]" = []
        self.nx_ip_tcp_port_table: "Any" = None
        self.nx_ip_tcp_created_sockets_ptr: "list[Any]" = []
        self.nx_ip_tcp_created_sockets_count = 0
        self.nx_ip_tcp_active_listen_requests: "Any" = None
        self.nx_ip_tcp_available_listen_requests: "Any" = None
        self.nx_ip_tcp_fast_periodic_timer_created = 0

    def _tcp_statistics(self) -> None:
        self.nx_ip_tcp_packets_sent = 0
        self.nx_ip_tcp_bytes_sent = 0
        self.nx_ip_tcp_packets_received = 0
        self.nx_ip_tcp_bytes_received = 0
        self.nx_ip_tcp_invalid_packets = 0
        self.nx_ip_tcp_receive_packets_dropped = 0
        self.nx_ip_tcp_checksum_errors = 0
        self.nx_ip_tcp_connections = 0
        self.nx_ip_tcp_passive_connections = 0
        self.nx_ip_tcp_active_connections = 0
        self.nx_ip_tcp_disconnections = 0
        self.nx_ip_tcp_connections_dropped = 0
        self.nx_ip_tcp_retransmit_packets = 0
        self.nx_ip_tcp_resets_received = 0
        self.nx_ip_tcp_resets_sent = 0

    def _udp_fields(self) -> None:
        self.nx_ip_udp_port_table: "Any" = None
        self.nx_ip_udp_created_sockets_ptr: "list[Any]" = []
        self.nx_ip_udp_created_sockets_count = 0
        self.nx_ip_udp_packets_sent = 0
        self.nx_ip_udp_bytes_sent = 0
        self.nx_ip_udp_packets_received = 0
        self.nx_ip_udp_bytes_received = 0
        self.nx_ip_udp_invalid_packets = 0
        self.nx_ip_udp_no_port_for_delivery = 0
        self.nx_ip_udp_receive_packets_dropped = 0
        self.nx_ip_udp_checksum_errors = 0

    @property
    def nx_ip_events(self) -> "TX_EVENT_FLAGS_GROUP":
        """What the IP thread has to do, as an event flags group; a copy, since no service waits for it."""
        group = TX_EVENT_FLAGS_GROUP()
        group.tx_event_flags_group_name = self.nx_ip_name
        group.tx_event_flags_group_current = self._events
        return group

    def _ipv6_fields(self) -> None:
        self._ipv6: "Any" = None  # what IPv6 keeps of an instance, once a service made it
        self.nx_ipv6_address: "list[Any]" = []  # the table, then ::1
        self.nx_ipv6_nd_cache: "list[Any]" = []  # entries in use, oldest first
        self.nx_ipv6_hop_limit = 0
        self.nx_ipv6_retrans_timer_ticks = 0  # fast events between solicitations, less one
        self.nx_ipv6_reachable_timer = 0  # seconds

    def __repr__(self) -> str:
        return "<NX_IP " + str(self.nx_ip_name) + ">"
