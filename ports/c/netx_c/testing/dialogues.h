/* What the C programs generated from POP3 dialogues share: the device, its client thread, and what is told of calls. */

#ifndef NETX_DIALOGUES_H
#define NETX_DIALOGUES_H

#include "nx_api.h"
#include "nxd_pop3_client.h"
#include "netx_host.h"

#ifdef __cplusplus
extern "C" {
#endif

#define SERVER      IP_ADDRESS(1, 2, 3, 4)
#define POP3_PORT   110U
#define SENTINEL    0xA5A5A5A5U

/* One call of the client: `CALL("nx_pop3_client_create") { ... }`. */
#define CALL(name) for (int going = dialogue_call(name); going; going = dialogue_returned())

extern NX_IP ip;
extern NX_PACKET_POOL pool;
extern NX_POP3_CLIENT client;
extern NX_PACKET *packet;
extern ULONG size, total;
extern UINT items, bytes, final;

/* In the initialisation: the device, with a pool of `packets` packets, and its thread, which runs `script`. */
void dialogue_device(ULONG payload, ULONG packets, VOID (*script)(ULONG));

int dialogue_call(const CHAR *name);
int dialogue_returned(void);

/* What a call gave. */
void dialogue_status(UINT status);
void dialogue_out(const CHAR *name, ULONG value);
void dialogue_held(void);                  /* the length of the packet that the client keeps, if it keeps one */
void dialogue_received(UINT release);      /* `packet`, which is released if wanted */
int dialogue_more(void);                   /* whether the last call gave a packet which is not the final one */

#ifdef __cplusplus
}
#endif
#endif
