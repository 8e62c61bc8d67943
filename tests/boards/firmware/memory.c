/* The functions of <string.h> that the compiler calls by itself; there is no C library on this board. */

#include "bytes.h"

void *memcpy(void *restrict to, const void *restrict from, size_t size)
{
    uint8_t *target = to;
    const uint8_t *source = from;
    while (size-- > 0)
        *target++ = *source++;
    return to;
}

void *memset(void *to, int value, size_t size)
{
    uint8_t *target = to;
    while (size-- > 0)
        *target++ = (uint8_t)value;
    return to;
}

int memcmp(const void *left, const void *right, size_t size)
{
    const uint8_t *one = left, *other = right;
    for (; size > 0; size--, one++, other++)
        if (*one != *other)
            return *one - *other;
    return 0;
}

void *memmove(void *to, const void *from, size_t size)
{
    uint8_t *target = to;
    const uint8_t *source = from;
    if (target <= source)
        return memcpy(to, from, size);
    while (size-- > 0)
        target[size] = source[size];
    return to;
}
