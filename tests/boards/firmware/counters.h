/* What happened on the line so far; UDP port 11 tells. */

#ifndef COUNTERS_H
#define COUNTERS_H

#include <stdint.h>

struct counters {
    uint32_t frames_in;     /* whole packets from the line */
    uint32_t frames_out;
    uint32_t junk;          /* bytes before the first END */
    uint32_t damaged;       /* frames with an ESC without meaning, or with a header that cannot be */
    uint32_t too_long;      /* frames above the MTU */
    uint32_t bad_sums;      /* packets whose checksum is wrong */
    uint32_t fragments;     /* refused */
    uint32_t not_mine;      /* packets for another address, or from one that nobody can have */
    uint32_t unsent;        /* packets dropped because the line was behind */
    uint32_t echo_replies;  /* to our own pings */
    uint32_t resent;        /* TCP segments sent again */
};

extern struct counters counters;

#endif
