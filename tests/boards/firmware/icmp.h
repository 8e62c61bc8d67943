/* ICMP (RFC 792): answers to echo requests, pings of our own, and word of what cannot be reached here. */

#ifndef ICMP_H
#define ICMP_H

#include <stddef.h>
#include <stdint.h>

#include "ip.h"

enum { ICMP_NO_PROTOCOL = 2, ICMP_NO_PORT = 3 };

void icmp_receive(const struct ip_packet *packet);

/* Tell the sender of a packet that it reached nobody. */
void icmp_unreachable(const struct ip_packet *packet, uint8_t code);

/* Send an echo request; its answer is counted. */
void icmp_ping(uint32_t destination, const uint8_t *data, size_t size);

#endif
