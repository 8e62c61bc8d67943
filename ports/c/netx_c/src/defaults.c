/* The tables of tunables and layouts as they are without a nx_user.h: for firmware that includes only some headers.
   The linker takes those of the firmware where it has them, for they come first. */

#include "nx_api.h"
#include "nxd_pop3_client.h"
#include "program.h"

const char netx_defaults = 1;
