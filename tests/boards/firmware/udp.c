#include "udp.h"

#include "board.h"
#include "bytes.h"
#include "clock.h"
#include "counters.h"
#include "icmp.h"
#include "text.h"
#include "uart.h"

enum { SOURCE = 0, DESTINATION = 2, LENGTH = 4, SUM = 6, HEADER = 8 };
enum { LARGEST = BOARD_MTU - IP_HEADER - HEADER };

struct datagram {
    uint32_t source;
    uint16_t source_port, port;
    const uint8_t *data;
    size_t size;
};

/* The data of an answer are written here before answer(). */
static uint8_t *answer_data(void)
{
    return ip_payload() + HEADER;
}

static void answer(const struct datagram *to, size_t size)
{
    uint8_t *out = ip_payload();
    put16(out + SOURCE, to->port);
    put16(out + DESTINATION, to->source_port);
    put16(out + LENGTH, (uint32_t)(HEADER + size));
    put16(out + SUM, 0);
    uint16_t sum = ip_transport_checksum(to->source, IP_UDP, out, HEADER + size);
    put16(out + SUM, sum ? sum : 0xFFFF); /* 0 would mean that there is none */
    ip_send(to->source, IP_UDP, HEADER + size);
}

static void tell(struct text *text, const char *name, uint32_t value)
{
    text_add(text, name);
    text_add(text, " ");
    text_add_number(text, value);
    text_add(text, "\r\n");
}

static void systat(const struct datagram *request)
{
    struct text text = text_in(answer_data(), LARGEST);
    tell(&text, "ticks", clock_now());
    tell(&text, "frames_in", counters.frames_in);
    tell(&text, "frames_out", counters.frames_out);
    tell(&text, "junk", counters.junk);
    tell(&text, "overruns", uart_overruns());
    tell(&text, "damaged", counters.damaged);
    tell(&text, "too_long", counters.too_long);
    tell(&text, "bad_sums", counters.bad_sums);
    tell(&text, "fragments", counters.fragments);
    tell(&text, "not_mine", counters.not_mine);
    tell(&text, "unsent", counters.unsent);
    tell(&text, "echo_replies", counters.echo_replies);
    tell(&text, "resent", counters.resent);
    answer(request, text.size);
}

static void echo(const struct datagram *request)
{
    memcpy(answer_data(), request->data, request->size);
    answer(request, request->size);
}

/* Is the datagram whole? A checksum of 0 says that there is none. */
static bool is_sound(const struct ip_packet *packet)
{
    size_t length = packet->size >= HEADER ? get16(packet->payload + LENGTH) : 0;
    if (length < HEADER || length > packet->size) {
        counters.damaged++;
        return false;
    }
    if (get16(packet->payload + SUM) == 0)
        return true;
    bool right = ip_transport_checksum(packet->source, IP_UDP, packet->payload, length) == 0;
    counters.bad_sums += !right;
    return right;
}

void udp_receive(const struct ip_packet *packet)
{
    if (!is_sound(packet))
        return;
    struct datagram datagram = {
        .source = packet->source,
        .source_port = get16(packet->payload + SOURCE),
        .port = get16(packet->payload + DESTINATION),
        .data = packet->payload + HEADER,
        .size = get16(packet->payload + LENGTH) - (size_t)HEADER,
    };
    if (datagram.port == PORT_ECHO)
        echo(&datagram);
    else if (datagram.port == PORT_SYSTAT)
        systat(&datagram);
    else if (datagram.port == PORT_PING)
        icmp_ping(datagram.source, datagram.data, datagram.size);
    else
        icmp_unreachable(packet, ICMP_NO_PORT);
}
