/* TCP (RFC 9293) for services that answer: connections are accepted, never opened.

   What a service writes is a piece, and a piece is sent as one segment, so a reply is not torn unless the peer's
   segments or its window are too small for it. Input is kept until the service takes it; the window says how much more
   there is room for.

   Two connections. One more makes the one go that has been silent longest: behind a serial line, that is a host that
   was switched off. */

#ifndef TCP_H
#define TCP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ip.h"

enum { TCP_CONNECTIONS = 2, TCP_INPUT = 512 };

struct tcp_connection;

/* What a service does. A connection may be closed or written to in any of these but `gone`. */
struct tcp_service {
    void (*opened)(struct tcp_connection *connection);
    void (*ready)(struct tcp_connection *connection); /* there is input, or room for output, or the peer has ended */
    void (*gone)(struct tcp_connection *connection);  /* for whatever reason */
};

/* Have a service accept connections to a port. There is one such port. */
void tcp_listen(uint16_t port, const struct tcp_service *service);

void tcp_receive(const struct ip_packet *packet);

/* To be called at every tick of the clock. */
void tcp_tick(void);

/* From 0 to TCP_CONNECTIONS - 1: where a service keeps what it knows of the connection. */
size_t tcp_number(const struct tcp_connection *connection);
struct tcp_connection *tcp_numbered(size_t number);

/* Input that was not taken yet, and taking some of it. */
const uint8_t *tcp_input(const struct tcp_connection *connection, size_t *size);
void tcp_take(struct tcp_connection *connection, size_t size);
bool tcp_peer_ended(const struct tcp_connection *connection);

/* Is there room for a piece, how large may it be, and sending it. */
bool tcp_has_room(const struct tcp_connection *connection);
size_t tcp_piece_limit(const struct tcp_connection *connection);
void tcp_write(struct tcp_connection *connection, const void *data, size_t size);

/* End our side when everything is sent; or end at once, with a reset. */
void tcp_close(struct tcp_connection *connection);
void tcp_abort(struct tcp_connection *connection);

#endif
