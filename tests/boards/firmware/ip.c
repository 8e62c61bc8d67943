#include "ip.h"

#include "board.h"
#include "bytes.h"
#include "counters.h"
#include "icmp.h"
#include "slip.h"
#include "tcp.h"
#include "udp.h"

/* Places in the header. */
enum { VERSION = 0, LENGTH = 2, IDENTIFICATION = 4, FRAGMENT = 6, TIME_TO_LIVE = 8, PROTOCOL = 9, SUM = 10, SOURCE = 12,
       DESTINATION = 16 };
enum { VERSION_4 = 0x45, DONT_FRAGMENT = 0x4000, FRAGMENT_BITS = 0x3FFF, HOPS = 64 };

struct counters counters;

static uint8_t outgoing[BOARD_MTU];
static uint16_t identification;

/* -- checksums ----------------------------------------------------------------------------------------------------- */

static uint32_t add_words(uint32_t sum, const uint8_t *data, size_t size)
{
    for (; size >= 2; size -= 2, data += 2)
        sum += get16(data);
    return size ? sum + (uint32_t)(*data << 8) : sum;
}

static uint16_t fold(uint32_t sum)
{
    while (sum >> 16)
        sum = (sum & 0xFFFF) + (sum >> 16);
    return (uint16_t)~sum;
}

uint16_t ip_checksum(const uint8_t *data, size_t size)
{
    return fold(add_words(0, data, size));
}

uint16_t ip_transport_checksum(uint32_t other, uint8_t protocol, const uint8_t *data, size_t size)
{
    uint32_t sum = (BOARD_ADDRESS >> 16) + (BOARD_ADDRESS & 0xFFFF) + (other >> 16) + (other & 0xFFFF);
    return fold(add_words(sum + protocol + (uint32_t)size, data, size));
}

/* -- receiving ----------------------------------------------------------------------------------------------------- */

/* Can there be a host with this address, other than us? */
static bool is_host(uint32_t address)
{
    return address >> 24 != 0 && address >> 24 != 127 && address >> 24 < 224 && address != BOARD_ADDRESS;
}

/* The first reason to drop a packet is counted. */
static bool is_sound(const uint8_t *packet, size_t size, size_t header_size)
{
    size_t length = size >= IP_HEADER ? get16(packet + LENGTH) : 0;
    uint32_t *reason = 0;
    if (length > size || length < header_size || header_size < IP_HEADER || packet[VERSION] >> 4 != 4)
        reason = &counters.damaged;
    else if (ip_checksum(packet, header_size) != 0)
        reason = &counters.bad_sums;
    else if (get32(packet + DESTINATION) != BOARD_ADDRESS || !is_host(get32(packet + SOURCE)))
        reason = &counters.not_mine;
    else if (get16(packet + FRAGMENT) & FRAGMENT_BITS)
        reason = &counters.fragments;
    if (reason)
        (*reason)++;
    return !reason;
}

void ip_receive(const uint8_t *packet, size_t size)
{
    size_t header_size = 4 * (size_t)(packet[VERSION] & 15);
    if (!is_sound(packet, size, header_size))
        return;
    struct ip_packet received = {
        .source = get32(packet + SOURCE),
        .protocol = packet[PROTOCOL],
        .header = packet,
        .header_size = header_size,
        .payload = packet + header_size,
        .size = get16(packet + LENGTH) - header_size,
    };
    if (received.protocol == IP_ICMP)
        icmp_receive(&received);
    else if (received.protocol == IP_UDP)
        udp_receive(&received);
    else if (received.protocol == IP_TCP)
        tcp_receive(&received);
    else
        icmp_unreachable(&received, ICMP_NO_PROTOCOL);
}

/* -- sending ------------------------------------------------------------------------------------------------------- */

uint8_t *ip_payload(void)
{
    return outgoing + IP_HEADER;
}

void ip_send(uint32_t destination, uint8_t protocol, size_t size)
{
    memset(outgoing, 0, IP_HEADER);
    outgoing[VERSION] = VERSION_4;
    put16(outgoing + LENGTH, (uint32_t)size + IP_HEADER);
    put16(outgoing + IDENTIFICATION, identification++);
    put16(outgoing + FRAGMENT, DONT_FRAGMENT);
    outgoing[TIME_TO_LIVE] = HOPS;
    outgoing[PROTOCOL] = protocol;
    put32(outgoing + SOURCE, BOARD_ADDRESS);
    put32(outgoing + DESTINATION, destination);
    put16(outgoing + SUM, ip_checksum(outgoing, IP_HEADER));
    slip_send(outgoing, size + IP_HEADER);
}
