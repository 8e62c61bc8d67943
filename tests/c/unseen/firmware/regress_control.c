/* The frame of such tests: the control thread's part is only to end the program. */
#include "tx_api.h"
#include "nx_api.h"
#include <stdlib.h>

void test_control_return(UINT status);
void regress_hook_application_define(void *first_unused_memory);

void test_control_return(UINT status)
{
    UINT old_posture = TX_INT_ENABLE;
    old_posture = tx_interrupt_control(TX_INT_ENABLE);
    fflush(stdout);
    (void)old_posture;
    exit((int)status);
}

void tx_application_define(void *first_unused_memory)
{
    regress_hook_application_define(first_unused_memory);
}

int main(int argc, char **argv)
{
    NX_PARAMETER_NOT_USED(argc);
    NX_PARAMETER_NOT_USED(argv);
    tx_kernel_enter();
    return 7;
}
