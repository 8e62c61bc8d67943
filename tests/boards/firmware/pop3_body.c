#include "pop3_body.h"

#include "bytes.h"
#include "mails.h"

static const char end_mark[] = ".\r\n";
enum { END_MARK = sizeof end_mark - 1, LINE_END = 2, STUFFED = 1 };

void body_begin(struct body *body, size_t mail)
{
    *body = (struct body){.mail = mail, .at_line_start = true, .active = true};
}

static size_t add_byte(struct body *body, uint8_t *piece, size_t size)
{
    uint8_t byte = mail_byte(body->mail, body->offset++);
    if (body->at_line_start && byte == '.')
        piece[size++] = '.';
    piece[size++] = byte;
    body->at_line_start = byte == '\n';
    return size;
}

/* A client may look for CR LF . CR LF in one packet, so the mail's last line end and the end mark are in one piece, and
   something before them. */
size_t body_next(struct body *body, uint8_t *piece, size_t limit)
{
    size_t size = 0, total = mail_size(body->mail), most = limit - STUFFED - LINE_END - END_MARK;
    while (body->offset < total && size < most)
        size = add_byte(body, piece, size);
    if (total - body->offset > LINE_END)
        return size;
    while (body->offset < total)
        size = add_byte(body, piece, size);
    memcpy(piece + size, end_mark, END_MARK);
    body->active = false;
    return size + END_MARK;
}
