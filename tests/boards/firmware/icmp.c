#include "icmp.h"

#include "board.h"
#include "bytes.h"
#include "counters.h"

enum { TYPE = 0, CODE = 1, SUM = 2, IDENTIFIER = 4, SEQUENCE = 6, HEADER = 8 };
enum { ECHO_REPLY = 0, UNREACHABLE = 3, ECHO_REQUEST = 8 };
enum { QUOTED = 8, OUR_IDENTIFIER = 0xB0AD, LARGEST = BOARD_MTU - IP_HEADER };

static struct {
    uint32_t destination;
    uint16_t sequence;
    uint16_t sum; /* of the data: what comes back has the same */
    bool waiting;
} ping;

static void send(uint32_t destination, uint8_t type, uint8_t code, size_t size)
{
    uint8_t *message = ip_payload();
    message[TYPE] = type;
    message[CODE] = code;
    put16(message + SUM, 0);
    put16(message + SUM, ip_checksum(message, size));
    ip_send(destination, IP_ICMP, size);
}

static void hear_reply(const struct ip_packet *packet)
{
    const uint8_t *message = packet->payload;
    if (!ping.waiting || packet->source != ping.destination || get16(message + IDENTIFIER) != OUR_IDENTIFIER ||
        get16(message + SEQUENCE) != ping.sequence || ip_checksum(message + HEADER, packet->size - HEADER) != ping.sum)
        return;
    ping.waiting = false;
    counters.echo_replies++;
}

void icmp_receive(const struct ip_packet *packet)
{
    if (packet->size < HEADER) {
        counters.damaged++;
    } else if (ip_checksum(packet->payload, packet->size) != 0) {
        counters.bad_sums++;
    } else if (packet->payload[TYPE] == ECHO_REQUEST && packet->payload[CODE] == 0) {
        memcpy(ip_payload(), packet->payload, packet->size);
        send(packet->source, ECHO_REPLY, 0, packet->size);
    } else if (packet->payload[TYPE] == ECHO_REPLY) {
        hear_reply(packet);
    }
}

void icmp_unreachable(const struct ip_packet *packet, uint8_t code)
{
    uint8_t *message = ip_payload();
    size_t quoted = packet->header_size + (packet->size < QUOTED ? packet->size : QUOTED);
    put32(message + IDENTIFIER, 0);
    memcpy(message + HEADER, packet->header, quoted);
    send(packet->source, UNREACHABLE, code, HEADER + quoted);
}

void icmp_ping(uint32_t destination, const uint8_t *data, size_t size)
{
    uint8_t *message = ip_payload();
    if (size > LARGEST - HEADER)
        size = LARGEST - HEADER;
    ping.destination = destination;
    ping.sequence++;
    ping.sum = ip_checksum(data, size);
    ping.waiting = true;
    put16(message + IDENTIFIER, OUR_IDENTIFIER);
    put16(message + SEQUENCE, ping.sequence);
    memcpy(message + HEADER, data, size);
    send(destination, ECHO_REQUEST, 0, HEADER + size);
}
