/* The POP3 client (RFC 1939) of NetX Duo. */

#ifndef NXD_POP3_CLIENT_H
#define NXD_POP3_CLIENT_H

#include "nx_api.h"
#include "nx_md5.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Statuses. */
//@ constants NX_POP3_CLIENT_ERROR_CONSTANT..NX_POP3_CLIENT_INVALID_INDEX hex

/* Sizes and waits. */
//@ constants NX_POP3_MAX_BINARY_MD5..NX_POP3_CLIENT_TCP_WINDOW_SIZE

/* The dialogue. */
//@ constants NX_POP3_POSITIVE_STATUS..NX_POP3_COMMAND_NOOP

//@ structs

/* Services, checked (_nxe_, _nxde_) and unchecked (_nx_, _nxd_). */
//@ prototypes pop3_client

#ifdef NX_DISABLE_ERROR_CHECKING
//@ macros pop3_client unchecked
#else
//@ macros pop3_client checked
#endif

/* How the client reads a reply: word `argument_index` (from 1) of `buffer`, as text or as a number. */
VOID _nx_pop3_parse_response(NETX_HOST_TEXT buffer, UINT argument_index, UINT buffer_length, CHAR *argument,
                             UINT argument_length, UINT convert_to_number, UINT is_last_argument);

/* For the stack: see netx_host_tables.h. */
#ifndef NETX_HOST_NO_TABLES
//@ config pop3
//@ layout pop3
#endif

#ifdef __cplusplus
}
#endif

#endif
