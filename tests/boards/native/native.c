/* The board's program without the board, for a computer's sanitizers: its line is a pipe, its clock is turned by hand.

   Read from standard input, each answered on standard output with what the board put on its line meanwhile, behind four
   bytes that say how much that is:
     b and two bytes of size    bytes from the line
     p and two bytes of size    a packet, in memory of exactly that size
     t                          a tick of the clock */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clock.h"
#include "ip.h"
#include "pop3.h"
#include "slip.h"
#include "tcp.h"
#include "uart.h"

enum { LINE_SIZE = 1 << 20 };

static uint8_t line[LINE_SIZE];
static size_t line_used;
static uint32_t now, looks;

size_t uart_room(void)
{
    return LINE_SIZE - line_used;
}

void uart_put(uint8_t byte)
{
    line[line_used++] = byte;
}

uint32_t uart_overruns(void)
{
    return 0;
}

uint32_t clock_now(void)
{
    return now;
}

uint32_t clock_fine(void)
{
    return now * 2500 + ++looks;
}

static void tick(void)
{
    now++;
    tcp_tick();
}

static void take(int kind)
{
    int high = getchar(), low = getchar();
    size_t size = (size_t)(high << 8 | low);
    uint8_t *data = malloc(size);
    if (high == EOF || low == EOF || !data || fread(data, 1, size, stdin) != size)
        exit(2);
    if (kind == 'p')
        ip_receive(data, size);
    for (size_t at = 0; kind == 'b' && at < size; at++)
        slip_receive(data[at]);
    free(data);
}

static void answer(void)
{
    for (int shift = 24; shift >= 0; shift -= 8)
        putchar((int)(line_used >> shift & 0xFF));
    fwrite(line, 1, line_used, stdout);
    fflush(stdout);
    line_used = 0;
}

int main(void)
{
    pop3_start();
    for (int kind = getchar(); kind != EOF; kind = getchar()) {
        if (kind == 't')
            tick();
        else
            take(kind);
        answer();
    }
    return 0;
}
