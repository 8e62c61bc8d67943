/* The mails that this board holds, in program memory, as they are before dots are stuffed. */

#ifndef MAILS_H
#define MAILS_H

#include <stddef.h>
#include <stdint.h>

enum { MAIL_COUNT = 3 };

size_t mail_size(size_t mail);
uint8_t mail_byte(size_t mail, size_t offset);

#endif
