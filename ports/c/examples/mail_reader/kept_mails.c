/* The application of the reader's tests: it keeps the mails for the test to look at. */

#include "mail_reader.h"

#define KEPT 65536

UCHAR kept[KEPT];
ULONG kept_length;
UINT kept_mails;

VOID mail_part(UINT mail, const UCHAR *data, ULONG length, UINT last)
{
    (void)mail;
    if (length <= KEPT - kept_length) {
        memcpy(kept + kept_length, data, length);
        kept_length += length;
    }
    kept_mails += last;
}
