#include "mails.h"

/* A text, and behind it a log of numbered lines of one length, so that none is like another. */
struct mail {
    const char *text;
    size_t text_size;
    size_t log_lines;
};

#define HEAD(subject)                                                                                                  \
    "From: Board <board@example.net>\r\n"                                                                              \
    "To: Ada <ada@example.net>\r\n"                                                                                    \
    "Subject: " subject "\r\n"                                                                                         \
    "\r\n"

static const char plain[] = HEAD("plain")
    "Good morning.\r\n"
    "\r\n"
    "Nothing special in here.\r\n";

static const char dots[] = HEAD("dots")
    ".\r\n"
    "..\r\n"
    "...\r\n"
    ".leading dot\r\n"
    " in the middle . and\r\n"
    "at the end.\r\n"
    "\r\n"
    ".\r\n"
    ".\r\n";

static const char log_head[] = HEAD("the log of 288 measurements");

/* A line of the log: its number stands behind the first character, which is a dot in every eighth. */
static const char log_line[] = "#0000 \300\333\334\335 0123456789 the quick brown fox jumps over the lazy dog, .\r\n";
enum { LOG_LINE = sizeof log_line - 1, LOG_DIGITS = 4, DOTTED = 8, LOG_LINES = 288 };

static const struct mail mails[MAIL_COUNT] = {
    {plain, sizeof plain - 1, 0},
    {dots, sizeof dots - 1, 0},
    {log_head, sizeof log_head - 1, LOG_LINES},
};

size_t mail_size(size_t mail)
{
    return mails[mail].text_size + mails[mail].log_lines * LOG_LINE;
}

static uint8_t log_byte(size_t line, size_t column)
{
    if (column == 0)
        return line % DOTTED == 0 ? '.' : (uint8_t)log_line[column];
    if (column > LOG_DIGITS)
        return (uint8_t)log_line[column];
    for (; column < LOG_DIGITS; column++)
        line /= 10;
    return (uint8_t)('0' + line % 10);
}

uint8_t mail_byte(size_t mail, size_t offset)
{
    size_t text_size = mails[mail].text_size;
    if (offset < text_size)
        return (uint8_t)mails[mail].text[offset];
    return log_byte((offset - text_size) / LOG_LINE, (offset - text_size) % LOG_LINE);
}
