#include "clock.h"

#include "board.h"

/* SysTick of the ARMv7-M architecture. */
struct systick {
    volatile uint32_t control, reload, current;
};
#define SYSTICK ((struct systick *)0xE000E010U)
enum { ENABLE = 1, INTERRUPT = 2, PROCESSOR_CLOCK = 4 };

enum { CYCLES_PER_TICK = BOARD_CLOCK_HZ / TICKS_PER_SECOND, FINE_PER_TICK = 2500 };

static volatile uint32_t ticks;

void clock_start(void)
{
    SYSTICK->reload = CYCLES_PER_TICK - 1;
    SYSTICK->current = 0;
    SYSTICK->control = ENABLE | INTERRUPT | PROCESSOR_CLOCK;
}

uint32_t clock_now(void)
{
    return ticks;
}

uint32_t clock_fine(void)
{
    uint32_t elapsed = CYCLES_PER_TICK - 1 - SYSTICK->current;
    return ticks * FINE_PER_TICK + elapsed / (CYCLES_PER_TICK / FINE_PER_TICK);
}

void clock_interrupt(void)
{
    ticks++;
}
