/* Calls a function with floating point arguments for pytest.
 *
 * On x86-64 and AArch64 integers and floating point numbers are passed in registers of their own, counted separately.
 * So one call that fills all of them serves every prototype whose arguments fit into registers; which register has the
 * result, the type of the call says.
 */

/* Every firmware has the tables of these, whatever it includes itself. */
#include "nx_api.h"
#include "nxd_pop3_client.h"

typedef unsigned long W;

#define NETX_TYPES W, W, W, W, W, W, double, double, double, double, double, double, double, double
#define NETX_ARGUMENTS w[0], w[1], w[2], w[3], w[4], w[5], r[0], r[1], r[2], r[3], r[4], r[5], r[6], r[7]

struct netx_invocation {
    union {
        W (*for_word)(NETX_TYPES);
        double (*for_real)(NETX_TYPES);
    } function;
    W words[6];
    double reals[8];
    W gives_real;
    W word;
    double real;
};

#ifdef __cplusplus
extern "C" {
#endif

/* It is compiled with the flags of the firmware, which may be strict. */
void netx_invoke(struct netx_invocation *call);

void netx_invoke(struct netx_invocation *call)
{
    const W *w = call->words;
    const double *r = call->reals;
    if (call->gives_real)
        call->real = call->function.for_real(NETX_ARGUMENTS);
    else
        call->word = call->function.for_word(NETX_ARGUMENTS);
}

#ifdef __cplusplus
}
#endif
