/* Lines of JSON in memory, which grows as they come. */

#include "report.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

extern volatile ULONG _tx_timer_system_clock; /* ThreadX has it in a header of its own */

CHAR *report_text;
unsigned long report_length;

static unsigned long room;
static int comma; /* whether the next value needs one before it */

static void append(const CHAR *text, unsigned long length)
{
    if (report_length + length > room)
    {
        room = 2 * (report_length + length) + 65536;
        report_text = (CHAR *)realloc(report_text, room);
        if (report_text == NULL)
        {
            abort();
        }
    }
    memcpy(report_text + report_length, text, length);
    report_length += length;
}

static void value(const CHAR *text)
{
    if (comma)
    {
        append(",", 1);
    }
    append(text, strlen(text));
    comma = 1;
}

void report_clear(void)
{
    report_length = 0;
}

void report_line(const CHAR *kind)
{
    comma = 0;
    append("[", 1);
    report_string(kind);
}

void report_number(unsigned long number)
{
    CHAR digits[24];

    snprintf(digits, sizeof digits, "%lu", number);
    value(digits);
}

void report_null(void)
{
    value("null");
}

void report_string(const CHAR *text)
{
    CHAR escaped[8];

    value("\"");
    for (; *text != '\0'; text++)
    {
        if (*text < ' ' || *text > '~' || *text == '"' || *text == '\\')
        {
            snprintf(escaped, sizeof escaped, "\\u%04x", (unsigned int)(unsigned char)*text);
            append(escaped, 6);
        }
        else
        {
            append(text, 1);
        }
    }
    append("\"", 1);
}

static void digits_of(const UCHAR *bytes, unsigned long length)
{
    static const CHAR digits[] = "0123456789abcdef";
    CHAR pair[2];
    unsigned long i;

    for (i = 0; i < length; i++)
    {
        pair[0] = digits[bytes[i] >> 4];
        pair[1] = digits[bytes[i] & 15];
        append(pair, 2);
    }
}

void report_bytes(const UCHAR *bytes, unsigned long length)
{
    value("\"");
    digits_of(bytes, length);
    append("\"", 1);
}

void report_open(void)
{
    value("[");
    comma = 0;
}

void report_close(void)
{
    append("]", 1);
    comma = 1;
}

void report_end(void)
{
    append("]\n", 2);
}

ULONG report_tick(void)
{
    return (ULONG)_tx_timer_system_clock;
}

/* None in a packet that was trimmed beyond its end, as a client does with some replies. */
static unsigned long bytes_in(const NX_PACKET *packet)
{
    long length = (long)(packet -> nx_packet_append_ptr - packet -> nx_packet_prepend_ptr);

    return length > 0 ? (unsigned long)length : 0;
}

void report_chain(const NX_PACKET *packet)
{
    const NX_PACKET *link;

    report_open();
    for (link = packet; link != NX_NULL; link = link -> nx_packet_next)
    {
        report_number(bytes_in(link));
    }
    report_close();
    value("\"");
    for (link = packet; link != NX_NULL; link = link -> nx_packet_next)
    {
        digits_of(link -> nx_packet_prepend_ptr, bytes_in(link));
    }
    append("\"", 1);
}
