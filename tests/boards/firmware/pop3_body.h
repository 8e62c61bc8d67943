/* A mail on its way (RFC 1939 section 3): a line that begins with a dot gets one more, a dot alone is the end. */

#ifndef POP3_BODY_H
#define POP3_BODY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct body {
    size_t mail, offset;
    bool at_line_start, active;
};

void body_begin(struct body *body, size_t mail);

/* Write the next piece, of `limit` bytes at most, which are 16 at least; its size. */
size_t body_next(struct body *body, uint8_t *piece, size_t limit);

#endif
