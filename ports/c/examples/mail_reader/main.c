/* The mail reader as a program: mails to standard output, the exit status says whether the last session went well. */

#include "mail_reader.h"

#include <stdio.h>

VOID mail_part(UINT mail, const UCHAR *data, ULONG length, UINT last)
{
    (void)mail;
    fwrite(data, 1, length, stdout);
    if (last)
        fflush(stdout);
}

int main(void)
{
    tx_kernel_enter();
    fprintf(stderr, "%u mails, %u octets, %u failures\n", mail_statistics.collected, mail_statistics.octets,
            mail_statistics.failures);
    return mail_statistics.last_status == NX_SUCCESS ? 0 : 1;
}
