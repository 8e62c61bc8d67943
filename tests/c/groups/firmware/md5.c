/* MD5: the digests of RFC 1321, at once and in pieces, and the context's fields. */

#include "check.h"
#include "nx_md5.h"

static NX_MD5 context;

static void digest_is(const char *text, const char *expected, UINT piece)
{
    UCHAR digest[17];
    char hex[33];
    UINT length = (UINT)strlen(text), at, byte;
    digest[16] = 0xEE;
    DONE(_nx_md5_initialize(&context));
    EQUAL(context.nx_md5_states[0], 0x67452301U);
    EQUAL(context.nx_md5_bit_count[0], 0);
    for (at = 0; at < length; at += piece)
        DONE(_nx_md5_update(&context, (UCHAR *)text + at, length - at < piece ? length - at : piece));
    EQUAL(context.nx_md5_bit_count[0], 8 * length);
    EQUAL(context.nx_md5_bit_count[1], 0);
    if (length && length < 64)
        EQUAL(context.nx_md5_buffer[length - 1], (UCHAR)text[length - 1]);
    DONE(_nx_md5_digest_calculate(&context, digest));
    for (byte = 0; byte < 16; byte++)
        snprintf(hex + 2 * byte, 3, "%02x", digest[byte]);
    TEXT(hex, expected);
    EQUAL(digest[16], 0xEE);
}

GROUP(md5)
{
    static const char digits[] =
        "12345678901234567890123456789012345678901234567890123456789012345678901234567890";
    UINT piece;
    digest_is("", "d41d8cd98f00b204e9800998ecf8427e", 1);
    digest_is("abc", "900150983cd24fb0d6963f7d28e17f72", 3);
    digest_is("message digest", "f96b697d7cb7938d525a2f31aaf161d0", 5);
    for (piece = 1; piece <= 80; piece += 13)
        digest_is(digits, "57edf4a22be3c955ac49da2e2107b67a", piece);
    EQUAL(_nx_md5_initialize(NULL), NX_PTR_ERROR);
    EQUAL(_nx_md5_update(NULL, (UCHAR *)"x", 1), NX_PTR_ERROR);
}
