/* SLIP, RFC 1055: packets to bytes and back. */

#ifndef SLIP_H
#define SLIP_H

#include <stddef.h>
#include <stdint.h>

/* Take a byte from the line; the packet that it completes goes to ip_receive(). */
void slip_receive(uint8_t byte);

/* Put a packet on the line. If that is too far behind, the packet is dropped, as links do. */
void slip_send(const uint8_t *packet, size_t size);

#endif
