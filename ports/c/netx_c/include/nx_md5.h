/* MD5 digests (RFC 1321). */

#ifndef NX_MD5_H
#define NX_MD5_H

#include "nx_api.h"

#ifdef __cplusplus
extern "C" {
#endif


UINT _nx_md5_initialize(NX_MD5 *context);
UINT _nx_md5_update(NX_MD5 *context, UCHAR *input_ptr, UINT input_length);
UINT _nx_md5_digest_calculate(NX_MD5 *context, UCHAR digest[16]);

#ifdef __cplusplus
}
#endif

#endif
