/* Text put together piece by piece in a buffer of fixed size; what does not fit is left out. */

#ifndef TEXT_H
#define TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct text {
    char *start;
    size_t size, limit;
};

struct text text_in(void *buffer, size_t limit);
void text_add_bytes(struct text *text, const void *bytes, size_t size);
void text_add(struct text *text, const char *string);
void text_add_number(struct text *text, uint32_t number);

/* Is this piece of text the string, but for the case of letters? */
bool text_is(const char *piece, size_t size, const char *string);

/* The number that a piece of text is, 0 if it is none; RFC 1939 has no mail 0. */
uint32_t text_number(const char *piece, size_t size);

#endif
