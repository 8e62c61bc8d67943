/* The mail reader and its server in one program, which says when the first mail is there. */

#include "mail_reader.h"

#include <stdio.h>

VOID server_start(VOID);
VOID reader_start(VOID);

VOID mail_part(UINT mail, const UCHAR *data, ULONG length, UINT last)
{
    (void)data;
    (void)length;
    if (mail == 1 && last) {
        puts("+OK");
        fflush(stdout);
    }
}

VOID tx_application_define(VOID *first_unused_memory)
{
    NX_PARAMETER_NOT_USED(first_unused_memory);
    server_start();
    reader_start();
}

int main(void)
{
    tx_kernel_enter();
    return 0;
}
