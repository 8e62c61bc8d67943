/* The board's program: bytes from the line and ticks of the clock, one after the other, and sleep between them. */

#include "board.h"
#include "clock.h"
#include "pop3.h"
#include "slip.h"
#include "tcp.h"
#include "uart.h"

int main(void);

/* As boot loaders do, whether or not somebody waits for SLIP. */
static void say(const char *text)
{
    while (*text)
        uart_put((uint8_t)*text++);
}

static void work(void)
{
    static uint32_t seen;
    uint8_t byte;
    while (uart_take(&byte))
        slip_receive(byte);
    if (clock_now() != seen) {
        seen = clock_now();
        tcp_tick();
    }
}

/* An interrupt that comes behind the last look ends the sleep: it is pending, though it is not taken before cpsie. */
static void sleep_until_interrupt(void)
{
    __asm__ volatile("cpsid i" ::: "memory");
    if (uart_is_empty())
        __asm__ volatile("wfi");
    __asm__ volatile("cpsie i" ::: "memory");
}

int main(void)
{
    uart_start();
    clock_start();
    pop3_start();
    say(BOARD_BANNER);
    for (;;) {
        work();
        sleep_until_interrupt();
    }
}
