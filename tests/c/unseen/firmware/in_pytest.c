/* The frame of such tests where pytest runs them: the result is a variable. */
#include "tx_api.h"

void test_control_return(UINT status);
void regress_hook_application_define(void *first_unused_memory);

UINT result = 77;

void test_control_return(UINT status)
{
    result = status;
}

void tx_application_define(void *first_unused_memory)
{
    regress_hook_application_define(first_unused_memory);
}
