"""NX_POP3_CLIENT, the control block of one POP3 client.  Fields are C's."""

from netx_sim.md5 import NX_MD5
from netx_sim.tcp.block import NX_TCP_SOCKET

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from netx_sim.packet import NX_PACKET, NX_PACKET_POOL


class NX_POP3_CLIENT:
    """One client: created empty by the caller, filled by nx_pop3_client_create, emptied by nx_pop3_client_delete.

    The fields that C has as character arrays hold bytes, without the closing NUL.
    """

    __slots__ = (
        "_dots_told",
        "_logged_in",
        "_quit_done",
        "_tail",
        "_unread",
        "_watch",
        "nx_pop3_client_enable_APOP_authentication",
        "nx_pop3_client_mail_status",
        "nx_pop3_client_maildrop_index",
        "nx_pop3_client_maildrop_items",
        "nx_pop3_client_md5data",
        "nx_pop3_client_message_ptr",
        "nx_pop3_client_name",
        "nx_pop3_client_packet_pool_ptr",
        "nx_pop3_client_password",
        "nx_pop3_client_ready_to_download",
        "nx_pop3_client_tcp_socket",
        "nx_pop3_client_total_message_size",
        "nx_pop3_server_process_id",
    )

    def __init__(self) -> None:
        self.nx_pop3_client_tcp_socket = NX_TCP_SOCKET()
        self.nx_pop3_client_md5data = NX_MD5()
        # Sees each command and each packet of a reply as it came: called with (sent, bytes).  A device has none.
        self._watch: "Callable[[bool, bytes], None] | None" = None
        self._zero()

    def _zero(self) -> None:
        """What a device's memset does to all but the socket."""
        self.nx_pop3_client_name = b""
        self.nx_pop3_client_password = b""
        self.nx_pop3_client_packet_pool_ptr: "NX_PACKET_POOL | None" = None
        self.nx_pop3_client_enable_APOP_authentication = 0
        self.nx_pop3_client_mail_status = 0
        self.nx_pop3_client_maildrop_items = 0
        self.nx_pop3_client_maildrop_index = 0
        self.nx_pop3_client_total_message_size = 0
        self.nx_pop3_client_ready_to_download = 0
        self.nx_pop3_server_process_id = b""
        self.nx_pop3_client_message_ptr: "NX_PACKET | None" = None
        # For the diagnostics alone: what a device does not remember.
        self._tail = b""  # the last bytes of the message so far
        self._unread = False  # parts of a message are still to come
        self._dots_told = False
        self._logged_in = False
        self._quit_done = False

    def __repr__(self) -> str:
        return "<NX_POP3_CLIENT " + repr(self.nx_pop3_client_name) + " " + repr(self.nx_pop3_client_tcp_socket) + ">"
