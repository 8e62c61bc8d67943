#include "slip.h"

#include <stdbool.h>

#include "board.h"
#include "counters.h"
#include "ip.h"
#include "uart.h"

enum { END = 0xC0, ESC = 0xDB, ESC_END = 0xDC, ESC_ESC = 0xDD };

static uint8_t frame[BOARD_MTU];
static size_t frame_size;
static bool synchronous; /* an END was seen: what came before is noise */
static bool escaped, damaged, too_long;

static void begin(void)
{
    frame_size = 0;
    escaped = damaged = too_long = false;
}

/* An END came. Nothing between two of them is no packet: one ends the noise before a frame. */
static void finish(void)
{
    if (too_long) {
        counters.too_long++;
    } else if (damaged || escaped) {
        counters.damaged++;
    } else if (frame_size > 0) {
        counters.frames_in++;
        ip_receive(frame, frame_size);
    }
    begin();
}

static void store(uint8_t byte)
{
    if (frame_size == sizeof frame)
        too_long = true;
    else
        frame[frame_size++] = byte;
}

static void unescape(uint8_t byte)
{
    escaped = false;
    if (byte == ESC_END)
        store(END);
    else if (byte == ESC_ESC)
        store(ESC);
    else
        damaged = true;
}

void slip_receive(uint8_t byte)
{
    if (!synchronous) {
        synchronous = byte == END;
        counters.junk += !synchronous;
    } else if (byte == END) {
        finish();
    } else if (escaped) {
        unescape(byte);
    } else if (byte == ESC) {
        escaped = true;
    } else {
        store(byte);
    }
}

static void put_escaped(uint8_t byte)
{
    if (byte == END || byte == ESC) {
        uart_put(ESC);
        byte = byte == END ? ESC_END : ESC_ESC;
    }
    uart_put(byte);
}

void slip_send(const uint8_t *packet, size_t size)
{
    if (uart_room() < 2 * size + 2) {
        counters.unsent++;
        return;
    }
    counters.frames_out++;
    uart_put(END);
    for (size_t at = 0; at < size; at++)
        put_escaped(packet[at]);
    uart_put(END);
}
