#ifndef MAIL_TASK_H
#define MAIL_TASK_H

#include "tx_api.h"
#include "nx_api.h"
#include "netx_host.h"

typedef struct CONFIG_STRUCT
{
    UCHAR server[4];
    UINT port;
    const CHAR *user;
    const CHAR *password;
    UINT limit;
} CONFIG;

extern CONFIG config;

int mail_task_run(int limit);

#endif
