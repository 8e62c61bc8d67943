/* How the values fixed when firmware is compiled reach the stack: every translation unit that includes tx_api.h,
   nx_api.h or nxd_pop3_client.h holds weak tables of its tunables, its build flags (only those that are on) and of the
   layout of its control blocks.  The linker keeps one of each.  A table that nobody includes is not there: its address
   is then 0.  NETX_HOST_NO_TABLES leaves them out, for the port's own C.

   Below it: the casts of these headers, in the form that C and C++ compilers ask for. */

#ifndef NETX_HOST_TABLES_H
#define NETX_HOST_TABLES_H

#include <stddef.h>

#ifdef __cplusplus
#define NETX_HOST_CAST(type, value)         (static_cast<type>(value))
#define NETX_HOST_POINTER(type, value)      (reinterpret_cast<type>(value))
#define NETX_HOST_SIZE(type, field)         sizeof(type::field)
#define NETX_HOST_TEXT                      const CHAR *
#define NETX_HOST_NAME(text)                (text)
#else
#define NETX_HOST_CAST(type, value)         ((type)(value))
#define NETX_HOST_POINTER(type, value)      ((type)(value))
#define NETX_HOST_SIZE(type, field)         sizeof(((type *)0)->field)
#define NETX_HOST_TEXT                      CHAR *
#define NETX_HOST_NAME(text)                ((CHAR *)(text))
#endif

/* One of each per program, found at run time whatever is hidden or left out as unused at link time. */
#define NETX_HOST_TABLE                     __attribute__((weak, visibility("default")))
#ifdef __has_attribute
#if __has_attribute(retain)
#define NETX_HOST_KEPT                      __attribute__((used, retain))
#endif
#endif
#ifndef NETX_HOST_KEPT
#define NETX_HOST_KEPT                      __attribute__((used))
#endif

/* Headers have to do for ISO C90, too. */
#define NETX_HOST_INLINE                    static __inline__

#define NETX_HOST_UINT(value)               NETX_HOST_CAST(unsigned int, value)
#define NETX_HOST_VALUE(name)               {#name, NETX_HOST_CAST(netx_host_word, name)}
#define NETX_HOST_FLAG(name)                {name, 1}
#define NETX_HOST_STRUCT(type)              {#type, 0, NETX_HOST_UINT(sizeof(type))}
#define NETX_HOST_FIELD(type, field)        NETX_HOST_MEMBER(type, field, field)
/* A member of a union: all of them begin where the union does. */
#define NETX_HOST_MEMBER(type, holder, field) \
    {#field, NETX_HOST_UINT(offsetof(type, holder)), NETX_HOST_UINT(NETX_HOST_SIZE(type, field))}

#ifdef __cplusplus
extern "C" {
#endif

__extension__ typedef unsigned long long netx_host_word;

/* A name of 0 ends each table. */
struct netx_host_value
{
    const char *name;
    netx_host_word value;
};

/* The name of a type, with offset 0 and its size, is followed by its fields. */
struct netx_host_field
{
    const char *name;
    unsigned int offset;
    unsigned int size;
};

extern const struct netx_host_value netx_host_tx_config[] NETX_HOST_TABLE;
extern const struct netx_host_field netx_host_tx_layout[] NETX_HOST_TABLE;
extern const struct netx_host_value netx_host_nx_config[] NETX_HOST_TABLE;
extern const struct netx_host_field netx_host_nx_layout[] NETX_HOST_TABLE;
extern const struct netx_host_value netx_host_pop3_config[] NETX_HOST_TABLE;
extern const struct netx_host_field netx_host_pop3_layout[] NETX_HOST_TABLE;

#ifdef __cplusplus
}
#endif

#endif
