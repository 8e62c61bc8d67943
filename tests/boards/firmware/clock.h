/* Time, in ticks of a hundredth of a second since reset, by the processor's own timer. */

#ifndef CLOCK_H
#define CLOCK_H

#include <stdbool.h>
#include <stdint.h>

enum { TICKS_PER_SECOND = 100 };

void clock_start(void);
uint32_t clock_now(void);

/* A number that grows all the time, 2,500 a tick and never the same twice within a tick: RFC 9293 section 3.4.1 wants
   initial sequence numbers from a clock of about 4 microseconds. */
uint32_t clock_fine(void);

/* Has the moment come? Ticks wrap around after 497 days; a deadline may be 248 days away. */
static inline bool clock_reached(uint32_t deadline)
{
    return (int32_t)(clock_now() - deadline) >= 0;
}

void clock_interrupt(void);

#endif
