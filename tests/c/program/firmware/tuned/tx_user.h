#define TX_MAX_PRIORITIES                64
#define TX_TIMER_TICKS_PER_SECOND        1000
