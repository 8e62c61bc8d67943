/* ARM's CMSDK APB UART. Each ring has one writer and one reader, an interrupt and the main loop; head and tail count on
   for ever and are used modulo the ring's size, a power of two. */

#include "uart.h"

#include "board.h"

struct uart {
    volatile uint32_t data, state, control, interrupts, divider;
};
#define UART ((struct uart *)0x40004000U)
enum { TRANSMIT_FULL = 1, RECEIVE_FULL = 2 };                                      /* state */
enum { TRANSMIT = 1, RECEIVE = 2, TRANSMIT_INTERRUPT = 4, RECEIVE_INTERRUPT = 8 }; /* control */
enum { TRANSMITTED = 1, RECEIVED = 2 };                                            /* interrupts, cleared by writing */

/* The interrupt controller; these are lines 0 (receive) and 1 (transmit). */
#define INTERRUPT_ENABLE (*(volatile uint32_t *)0xE000E100U)
enum { UART_LINES = 3 };

enum { IN_SIZE = 4096, OUT_SIZE = 8192 };

static volatile uint8_t in[IN_SIZE], out[OUT_SIZE];
static volatile uint32_t in_head, in_tail, out_head, out_tail;
static volatile uint32_t overruns;

void uart_start(void)
{
    UART->divider = BOARD_CLOCK_HZ / BOARD_BAUD;
    UART->control = TRANSMIT | RECEIVE | TRANSMIT_INTERRUPT | RECEIVE_INTERRUPT;
    INTERRUPT_ENABLE = UART_LINES;
}

bool uart_is_empty(void)
{
    return in_head == in_tail;
}

bool uart_take(uint8_t *byte)
{
    if (uart_is_empty())
        return false;
    *byte = in[in_tail % IN_SIZE];
    in_tail++;
    return true;
}

void uart_receive_interrupt(void)
{
    UART->interrupts = RECEIVED;
    while (UART->state & RECEIVE_FULL) {
        uint8_t byte = (uint8_t)UART->data;
        if (in_head - in_tail == IN_SIZE) {
            overruns++;
        } else {
            in[in_head % IN_SIZE] = byte;
            in_head++;
        }
    }
}

size_t uart_room(void)
{
    return OUT_SIZE - (out_head - out_tail);
}

/* Hand the port what it takes. In the interrupt, or with interrupts off. */
static void feed(void)
{
    while (out_head != out_tail && !(UART->state & TRANSMIT_FULL)) {
        UART->data = out[out_tail % OUT_SIZE];
        out_tail++;
    }
}

void uart_put(uint8_t byte)
{
    out[out_head % OUT_SIZE] = byte;
    __asm__ volatile("cpsid i" ::: "memory");
    out_head++;
    feed();
    __asm__ volatile("cpsie i" ::: "memory");
}

void uart_transmit_interrupt(void)
{
    UART->interrupts = TRANSMITTED;
    feed();
}

uint32_t uart_overruns(void)
{
    return overruns;
}
