/* From reset to main(): the vector table, and memory as C expects it. */

#include <stdint.h>

#include "clock.h"
#include "uart.h"

/* From board.ld. */
extern uint32_t stack_top[], data_image[], data_start[], data_end[], bss_start[], bss_end[];

int main(void);
void reset(void);

struct vectors {
    uint32_t *stack;
    void (*system[15])(void);
    void (*uart_receive)(void);
    void (*uart_transmit)(void);
};

/* A fault stops the board: who waits for its answer will notice. */
static void stop(void)
{
    for (;;)
        __asm__ volatile("wfi");
}

__attribute__((section(".vectors"), used)) static const struct vectors vectors = {
    .stack = stack_top,
    /* Reset; NMI and the faults; SVCall, debug monitor and PendSV, which nobody uses; SysTick. */
    .system = {reset, stop, stop, stop, stop, stop, 0, 0, 0, 0, stop, stop, 0, stop, clock_interrupt},
    .uart_receive = uart_receive_interrupt,
    .uart_transmit = uart_transmit_interrupt,
};

void reset(void)
{
    const uint32_t *from = data_image;
    for (uint32_t *to = data_start; to < data_end;)
        *to++ = *from++;
    for (uint32_t *to = bss_start; to < bss_end;)
        *to++ = 0;
    main();
    stop();
}
