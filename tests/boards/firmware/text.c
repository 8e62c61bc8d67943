#include "text.h"

#include "bytes.h"

enum { DIGITS = 10, LARGEST_NUMBER = 9999 };

struct text text_in(void *buffer, size_t limit)
{
    return (struct text){.start = buffer, .size = 0, .limit = limit};
}

void text_add_bytes(struct text *text, const void *bytes, size_t size)
{
    size_t room = text->limit - text->size;
    if (size > room)
        size = room;
    memcpy(text->start + text->size, bytes, size);
    text->size += size;
}

void text_add(struct text *text, const char *string)
{
    size_t size = 0;
    while (string[size])
        size++;
    text_add_bytes(text, string, size);
}

void text_add_number(struct text *text, uint32_t number)
{
    char digits[DIGITS];
    size_t at = DIGITS;
    do {
        digits[--at] = (char)('0' + number % 10);
        number /= 10;
    } while (number);
    text_add_bytes(text, digits + at, DIGITS - at);
}

static char lower(char letter)
{
    return letter >= 'A' && letter <= 'Z' ? (char)(letter + ('a' - 'A')) : letter;
}

bool text_is(const char *piece, size_t size, const char *string)
{
    for (; size > 0; size--, piece++, string++)
        if (!*string || lower(*piece) != lower(*string))
            return false;
    return !*string;
}

uint32_t text_number(const char *piece, size_t size)
{
    uint32_t number = 0;
    for (; size > 0; size--, piece++) {
        if (*piece < '0' || *piece > '9' || number > LARGEST_NUMBER)
            return 0;
        number = 10 * number + (uint32_t)(*piece - '0');
    }
    return number;
}
