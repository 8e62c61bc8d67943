/* MD5 digests (RFC 1321). */

#ifndef NX_MD5_H
#define NX_MD5_H

#include "nx_api.h"

#ifdef __cplusplus
extern "C" {
#endif

//@ structs

//@ prototypes md5

#ifdef __cplusplus
}
#endif

#endif
