/* MD5, RFC 1321: for APOP, and for nothing that should withstand an attack. */

#ifndef MD5_H
#define MD5_H

#include <stddef.h>
#include <stdint.h>

enum { MD5_DIGEST = 16, MD5_BLOCK = 64 };

struct md5 {
    uint32_t words[4]; /* A, B, C, D */
    uint64_t size;     /* of the message so far */
    uint8_t block[MD5_BLOCK];
};

void md5_begin(struct md5 *md5);
void md5_add(struct md5 *md5, const void *data, size_t size);
void md5_end(struct md5 *md5, uint8_t digest[MD5_DIGEST]);

#endif
