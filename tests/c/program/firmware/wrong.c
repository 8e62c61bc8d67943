/* Mistakes of the kind that sanitizers find, and a program without one. */

#include "tx_api.h"
#include "nx_api.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static TX_THREAD thread;
static UCHAR stack[4096];
static const char *wanted = "";

static char *keep(const char *text)
{
    return strcpy(malloc(strlen(text) + 1), text);
}

static char copy_subject(const char *text)
{
    char *copy = keep(text);
    volatile size_t end = strlen(text) + 1;
    char after = copy[end];
    free(copy);
    return after;
}

static VOID work(ULONG argument)
{
    char *volatile text;
    volatile int number = INT_MAX;
    (void)argument;
    tx_thread_sleep(5);
    if (strcmp(wanted, "over") == 0)
        printf("%d\n", copy_subject("subject"));
    if (strcmp(wanted, "lost") == 0)
    {
        text = keep("subject");
        text = NULL;
        (void)text;
    }
    if (strcmp(wanted, "number") == 0)
        printf("%d\n", number + 1);
}

VOID tx_application_define(VOID *first_unused_memory)
{
    (void)first_unused_memory;
    tx_thread_create(&thread, "work", work, 0, stack, sizeof stack, 4, 4, TX_NO_TIME_SLICE, TX_AUTO_START);
}

int main(int count, char **words)
{
    if (count > 1)
        wanted = words[1];
    tx_kernel_enter();
    return 0;
}
