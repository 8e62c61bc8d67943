/* What the macros of services hand over: a packet by its variable, and the size of a control block.  The services here
   are the test's: they null the variable as the real ones do on success, and remember the size. */

#include "nx_api.h"

int check(VOID);

static UINT size;
static NX_PACKET packet;

UINT _nxe_packet_release(NX_PACKET **packet_ptr_ptr)
{
    *packet_ptr_ptr = NX_NULL;
    return NX_SUCCESS;
}

UINT _nxe_tcp_socket_send(NX_TCP_SOCKET *socket_ptr, NX_PACKET **packet_ptr_ptr, ULONG wait_option)
{
    if (socket_ptr == NX_NULL || wait_option != 7)
        return NX_PTR_ERROR;
    *packet_ptr_ptr = NX_NULL;
    return NX_SUCCESS;
}

UINT _nxde_udp_socket_send(NX_UDP_SOCKET *socket_ptr, NX_PACKET **packet_ptr_ptr, NXD_ADDRESS *ip_address, UINT port)
{
    if (socket_ptr != NX_NULL || ip_address != NX_NULL || port != 9)
        return NX_PTR_ERROR;
    *packet_ptr_ptr = NX_NULL;
    return NX_SUCCESS;
}

UINT _nxde_udp_socket_source_send(NX_UDP_SOCKET *socket_ptr, NX_PACKET *packet_ptr, NXD_ADDRESS *ip_address, UINT port,
                                  UINT address_index)
{
    (void)socket_ptr;
    (void)ip_address;
    (void)port;
    (void)address_index;
    return packet_ptr == &packet ? NX_SUCCESS : NX_PTR_ERROR;
}

UINT _nx_packet_release(NX_PACKET *packet_ptr)
{
    return packet_ptr == &packet ? NX_SUCCESS : NX_PTR_ERROR;
}

UINT _txe_mutex_create(TX_MUTEX *mutex_ptr, NETX_HOST_TEXT name_ptr, UINT inherit, UINT tx_mutex_size)
{
    (void)mutex_ptr;
    (void)inherit;
    size = tx_mutex_size;
    return name_ptr[0] == 'm' ? TX_SUCCESS : TX_PTR_ERROR;
}

UINT _nxe_tcp_socket_create(NX_IP *ip_ptr, NX_TCP_SOCKET *socket_ptr, NETX_HOST_TEXT name, ULONG type_of_service,
                            ULONG fragment, UINT time_to_live, ULONG window_size,
                            VOID (*tcp_urgent_data_callback)(NX_TCP_SOCKET *socket_ptr),
                            VOID (*tcp_disconnect_callback)(NX_TCP_SOCKET *socket_ptr), UINT nx_tcp_socket_size)
{
    (void)ip_ptr;
    (void)socket_ptr;
    (void)name;
    (void)tcp_urgent_data_callback;
    (void)tcp_disconnect_callback;
    size = nx_tcp_socket_size;
    return type_of_service == NX_IP_NORMAL && fragment == NX_FRAGMENT_OKAY && time_to_live == NX_IP_TIME_TO_LIVE &&
           window_size == 1460 ? NX_SUCCESS : NX_OPTION_ERROR;
}

static NX_PACKET **next_variable(NX_PACKET **variables)
{
    static UINT taken;

    return &variables[taken++];
}

/* The line of the first expectation that fails, or 0. */
int check(VOID)
{
    static NX_TCP_SOCKET tcp;
    static TX_MUTEX mutex;
    NX_PACKET *one = &packet, *several[2];

    if (nx_packet_release(one) != NX_SUCCESS || one != NX_NULL)
        return __LINE__;
    several[0] = several[1] = &packet;
    if (nx_packet_release(*next_variable(several)) != NX_SUCCESS || several[0] != NX_NULL || several[1] == NX_NULL)
        return __LINE__;
    if (nx_tcp_socket_send(&tcp, several[1], 7) != NX_SUCCESS || several[1] != NX_NULL)
        return __LINE__;
    one = &packet;
    if (nxd_udp_socket_source_send(NX_NULL, one, NX_NULL, 9, 0) != NX_SUCCESS || one != &packet)
        return __LINE__;
    if (nxd_udp_socket_send(NX_NULL, one, NX_NULL, 9) != NX_SUCCESS || one != NX_NULL)
        return __LINE__;
    if (tx_mutex_create(&mutex, "mutex", TX_NO_INHERIT) != TX_SUCCESS || size != sizeof(TX_MUTEX))
        return __LINE__;
    if (nx_tcp_socket_create(NX_NULL, &tcp, "socket", NX_IP_NORMAL, NX_FRAGMENT_OKAY, NX_IP_TIME_TO_LIVE, 1460, NX_NULL,
                             NX_NULL) != NX_SUCCESS || size != sizeof(NX_TCP_SOCKET))
        return __LINE__;
    one = &packet;
    if (_nx_packet_release(one) != NX_SUCCESS || one != &packet)
        return __LINE__;
    return 0;
}
