/* IPv4 (RFC 791) of a host with one address on one line: no routing, no options sent, no fragments. */

#ifndef IP_H
#define IP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { IP_HEADER = 20, IP_ICMP = 1, IP_TCP = 6, IP_UDP = 17 };

/* A packet that was found sound. Header and payload are valid until the receiver returns. */
struct ip_packet {
    uint32_t source;
    uint8_t protocol;
    const uint8_t *header;
    size_t header_size;
    const uint8_t *payload;
    size_t size; /* of the payload */
};

/* Take a packet from the line, and hand it to its protocol if it is sound and for us. */
void ip_receive(const uint8_t *packet, size_t size);

/* Where the payload of the next packet is to be written: BOARD_MTU - IP_HEADER bytes. */
uint8_t *ip_payload(void);

/* Send `size` bytes that were written there. */
void ip_send(uint32_t destination, uint8_t protocol, size_t size);

/* Checksum (RFC 1071) of bytes, 0 if they hold a right one. */
uint16_t ip_checksum(const uint8_t *data, size_t size);

/* The same for the payload of a packet between us and `other`, with the pseudo-header of TCP and UDP. */
uint16_t ip_transport_checksum(uint32_t other, uint8_t protocol, const uint8_t *data, size_t size);

#endif
