/* The POP3 client (RFC 1939) of NetX Duo. */

#ifndef NXD_POP3_CLIENT_H
#define NXD_POP3_CLIENT_H

#include "nx_api.h"
#include "nx_md5.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Statuses. */
#define NX_POP3_CLIENT_ERROR_CONSTANT           0xB0
#define NX_POP3_PARAM_ERROR                     0xB1
#define NX_POP3_INVALID_MAIL_ITEM               0xB2
#define NX_POP3_APOP_FAILED_MD5_DIGEST          0xB3
#define NX_POP3_SERVER_ERROR_STATUS             0xB4
#define NX_POP3_MAIL_BUFFER_OVERFLOW            0xB5
#define NX_POP3_INSUFFICIENT_PACKET_PAYLOAD     0xB6
#define NX_POP3_CLIENT_INVALID_STATE            0xB7
#define NX_POP3_CLIENT_INVALID_INDEX            0xB8

/* Sizes and waits. */
#define NX_POP3_MAX_BINARY_MD5                  16
#define NX_POP3_MAX_ASCII_MD5                   32
#define NX_POP3_SERVER_PROCESS_ID_SIZE          75
#define NX_POP3_MAX_SERVER_REPLY                512
#define NX_POP3_MAX_CLIENT_COMMAND              150
#define NX_POP3_CODE_INVALID                    0
#define NX_POP3_CODE_OK                         1
#define NX_POP3_CODE_ERR                        2
#ifndef NX_POP3_CLIENT_MAIL_BUFFER_SIZE
#define NX_POP3_CLIENT_MAIL_BUFFER_SIZE         2000
#endif
#ifndef NX_POP3_CLIENT_PACKET_TIMEOUT
#define NX_POP3_CLIENT_PACKET_TIMEOUT           (1 * NX_IP_PERIODIC_RATE)
#endif
#ifndef NX_POP3_TCP_SOCKET_SEND_WAIT
#define NX_POP3_TCP_SOCKET_SEND_WAIT            (10 * NX_IP_PERIODIC_RATE)
#endif
#ifndef NX_POP3_CLIENT_CONNECTION_TIMEOUT
#define NX_POP3_CLIENT_CONNECTION_TIMEOUT       (30 * NX_IP_PERIODIC_RATE)
#endif
#ifndef NX_POP3_CLIENT_DISCONNECT_TIMEOUT
#define NX_POP3_CLIENT_DISCONNECT_TIMEOUT       (10 * NX_IP_PERIODIC_RATE)
#endif
#ifndef NX_POP3_SERVER_REPLY_TIMEOUT
#define NX_POP3_SERVER_REPLY_TIMEOUT            (10 * NX_IP_PERIODIC_RATE)
#endif
#ifndef NX_POP3_MAX_USERNAME
#define NX_POP3_MAX_USERNAME                    40
#endif
#ifndef NX_POP3_MAX_PASSWORD
#define NX_POP3_MAX_PASSWORD                    20
#endif
#ifndef NX_POP3_CLIENT_TCP_WINDOW_SIZE
#define NX_POP3_CLIENT_TCP_WINDOW_SIZE          1460
#endif

/* The dialogue. */
#define NX_POP3_POSITIVE_STATUS                 "+OK"
#define NX_POP3_NEGATIVE_STATUS                 "-ERR"
#define NX_POP3_COMMAND_TERMINATION             "\r\n"
#define NX_POP3_END_OF_MESSAGE_TAG              ".\r\n"
#define NX_POP3_DOT                             "."
#define NX_POP3_END_OF_MESSAGE                  "\r\n.\r\n"
#define NX_POP3_COMMAND_GREETING                "GREETING"
#define NX_POP3_COMMAND_USER                    "USER"
#define NX_POP3_COMMAND_APOP                    "APOP"
#define NX_POP3_COMMAND_PASS                    "PASS"
#define NX_POP3_COMMAND_STAT                    "STAT"
#define NX_POP3_COMMAND_RETR                    "RETR"
#define NX_POP3_COMMAND_DELE                    "DELE"
#define NX_POP3_COMMAND_QUIT                    "QUIT"
#define NX_POP3_COMMAND_LIST                    "LIST"
#define NX_POP3_COMMAND_RSET                    "RSET"
#define NX_POP3_COMMAND_NOOP                    "NOOP"

typedef struct NX_POP3_CLIENT_STRUCT NX_POP3_CLIENT;

struct NX_POP3_CLIENT_STRUCT
{
    CHAR nx_pop3_client_name[NX_POP3_MAX_USERNAME + 1];
    CHAR nx_pop3_client_password[NX_POP3_MAX_PASSWORD + 1];
    NX_TCP_SOCKET nx_pop3_client_tcp_socket;
    NX_PACKET_POOL *nx_pop3_client_packet_pool_ptr;
    UINT nx_pop3_client_enable_APOP_authentication;
    UINT nx_pop3_client_mail_status;
    UINT nx_pop3_client_maildrop_items;
    UINT nx_pop3_client_maildrop_index;
    ULONG nx_pop3_client_total_message_size;
    UINT nx_pop3_client_ready_to_download;
    CHAR nx_pop3_server_process_id[NX_POP3_SERVER_PROCESS_ID_SIZE + 1];
    NX_MD5 nx_pop3_client_md5data;
    NX_PACKET *nx_pop3_client_message_ptr;
};

/* Services, checked (_nxe_, _nxde_) and unchecked (_nx_, _nxd_). */
UINT _nxe_pop3_client_create(NX_POP3_CLIENT *client_ptr, UINT APOP_authentication, NX_IP *ip_ptr,
                             NX_PACKET_POOL *packet_pool_ptr, ULONG server_ip_address, ULONG server_port,
                             NETX_HOST_TEXT client_name, NETX_HOST_TEXT client_password);
UINT _nx_pop3_client_create(NX_POP3_CLIENT *client_ptr, UINT APOP_authentication, NX_IP *ip_ptr,
                            NX_PACKET_POOL *packet_pool_ptr, ULONG server_ip_address, ULONG server_port,
                            NETX_HOST_TEXT client_name, NETX_HOST_TEXT client_password);
UINT _nxde_pop3_client_create(NX_POP3_CLIENT *client_ptr, UINT APOP_authentication, NX_IP *ip_ptr,
                              NX_PACKET_POOL *packet_pool_ptr, NXD_ADDRESS *server_duo_address, ULONG server_port,
                              NETX_HOST_TEXT client_name, NETX_HOST_TEXT client_password);
UINT _nxd_pop3_client_create(NX_POP3_CLIENT *client_ptr, UINT APOP_authentication, NX_IP *ip_ptr,
                             NX_PACKET_POOL *packet_pool_ptr, NXD_ADDRESS *server_duo_address, ULONG server_port,
                             NETX_HOST_TEXT client_name, NETX_HOST_TEXT client_password);
UINT _nxe_pop3_client_delete(NX_POP3_CLIENT *client_ptr);
UINT _nx_pop3_client_delete(NX_POP3_CLIENT *client_ptr);
UINT _nxe_pop3_client_mail_item_delete(NX_POP3_CLIENT *client_ptr, UINT mail_index);
UINT _nx_pop3_client_mail_item_delete(NX_POP3_CLIENT *client_ptr, UINT mail_index);
UINT _nxe_pop3_client_mail_item_get(NX_POP3_CLIENT *client_ptr, UINT mail_item, ULONG *item_size);
UINT _nx_pop3_client_mail_item_get(NX_POP3_CLIENT *client_ptr, UINT mail_item, ULONG *item_size);
UINT _nxe_pop3_client_mail_items_get(NX_POP3_CLIENT *client_ptr, UINT *number_mail_items, ULONG *maildrop_total_size);
UINT _nx_pop3_client_mail_items_get(NX_POP3_CLIENT *client_ptr, UINT *number_mail_items, ULONG *maildrop_total_size);
UINT _nxe_pop3_client_mail_item_message_get(NX_POP3_CLIENT *client_ptr, NX_PACKET **recv_packet_ptr,
                                            ULONG *bytes_retrieved, UINT *final_packet);
UINT _nx_pop3_client_mail_item_message_get(NX_POP3_CLIENT *client_ptr, NX_PACKET **recv_packet_ptr,
                                           ULONG *bytes_retrieved, UINT *final_packet);
UINT _nxe_pop3_client_mail_item_size_get(NX_POP3_CLIENT *client_ptr, UINT mail_item, ULONG *size);
UINT _nx_pop3_client_mail_item_size_get(NX_POP3_CLIENT *client_ptr, UINT mail_item, ULONG *size);
UINT _nxe_pop3_client_quit(NX_POP3_CLIENT *client_ptr);
UINT _nx_pop3_client_quit(NX_POP3_CLIENT *client_ptr);

#ifdef NX_DISABLE_ERROR_CHECKING
#define nx_pop3_client_create                   _nx_pop3_client_create
#define nxd_pop3_client_create                  _nxd_pop3_client_create
#define nx_pop3_client_delete                   _nx_pop3_client_delete
#define nx_pop3_client_mail_item_delete         _nx_pop3_client_mail_item_delete
#define nx_pop3_client_mail_item_get            _nx_pop3_client_mail_item_get
#define nx_pop3_client_mail_items_get           _nx_pop3_client_mail_items_get
#define nx_pop3_client_mail_item_message_get    _nx_pop3_client_mail_item_message_get
#define nx_pop3_client_mail_item_size_get       _nx_pop3_client_mail_item_size_get
#define nx_pop3_client_quit                     _nx_pop3_client_quit
#else
#define nx_pop3_client_create                   _nxe_pop3_client_create
#define nxd_pop3_client_create                  _nxde_pop3_client_create
#define nx_pop3_client_delete                   _nxe_pop3_client_delete
#define nx_pop3_client_mail_item_delete         _nxe_pop3_client_mail_item_delete
#define nx_pop3_client_mail_item_get            _nxe_pop3_client_mail_item_get
#define nx_pop3_client_mail_items_get           _nxe_pop3_client_mail_items_get
#define nx_pop3_client_mail_item_message_get    _nxe_pop3_client_mail_item_message_get
#define nx_pop3_client_mail_item_size_get       _nxe_pop3_client_mail_item_size_get
#define nx_pop3_client_quit                     _nxe_pop3_client_quit
#endif

/* How the client reads a reply: word `argument_index` (from 1) of `buffer`, as text or as a number. */
VOID _nx_pop3_parse_response(NETX_HOST_TEXT buffer, UINT argument_index, UINT buffer_length, CHAR *argument,
                             UINT argument_length, UINT convert_to_number, UINT is_last_argument);

/* For the stack: see netx_host_tables.h. */
#ifndef NETX_HOST_NO_TABLES
NETX_HOST_KEPT const struct netx_host_value netx_host_pop3_config[] = {
    NETX_HOST_VALUE(NX_POP3_CLIENT_PACKET_TIMEOUT),
    NETX_HOST_VALUE(NX_POP3_CLIENT_CONNECTION_TIMEOUT),
    NETX_HOST_VALUE(NX_POP3_CLIENT_DISCONNECT_TIMEOUT),
    NETX_HOST_VALUE(NX_POP3_TCP_SOCKET_SEND_WAIT),
    NETX_HOST_VALUE(NX_POP3_SERVER_REPLY_TIMEOUT),
    NETX_HOST_VALUE(NX_POP3_CLIENT_TCP_WINDOW_SIZE),
    NETX_HOST_VALUE(NX_POP3_MAX_USERNAME),
    NETX_HOST_VALUE(NX_POP3_MAX_PASSWORD),
    NETX_HOST_VALUE(NX_POP3_CLIENT_MAIL_BUFFER_SIZE),
    {0, 0}
};
NETX_HOST_KEPT const struct netx_host_field netx_host_pop3_layout[] = {
    NETX_HOST_STRUCT(NX_POP3_CLIENT),
    NETX_HOST_FIELD(NX_POP3_CLIENT, nx_pop3_client_name),
    NETX_HOST_FIELD(NX_POP3_CLIENT, nx_pop3_client_password),
    NETX_HOST_FIELD(NX_POP3_CLIENT, nx_pop3_client_tcp_socket),
    NETX_HOST_FIELD(NX_POP3_CLIENT, nx_pop3_client_packet_pool_ptr),
    NETX_HOST_FIELD(NX_POP3_CLIENT, nx_pop3_client_enable_APOP_authentication),
    NETX_HOST_FIELD(NX_POP3_CLIENT, nx_pop3_client_mail_status),
    NETX_HOST_FIELD(NX_POP3_CLIENT, nx_pop3_client_maildrop_items),
    NETX_HOST_FIELD(NX_POP3_CLIENT, nx_pop3_client_maildrop_index),
    NETX_HOST_FIELD(NX_POP3_CLIENT, nx_pop3_client_total_message_size),
    NETX_HOST_FIELD(NX_POP3_CLIENT, nx_pop3_client_ready_to_download),
    NETX_HOST_FIELD(NX_POP3_CLIENT, nx_pop3_server_process_id),
    NETX_HOST_FIELD(NX_POP3_CLIENT, nx_pop3_client_md5data),
    NETX_HOST_FIELD(NX_POP3_CLIENT, nx_pop3_client_message_ptr),
    {0, 0, 0}
};
#endif

#ifdef __cplusplus
}
#endif

#endif
