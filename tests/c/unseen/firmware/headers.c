/* Every header that firmware names, and macros in all places. */
#include "tx_api.h"
#include "tx_block_pool.h"
#include "tx_byte_pool.h"
#include "tx_event_flags.h"
#include "tx_initialize.h"
#include "tx_mutex.h"
#include "tx_queue.h"
#include "tx_semaphore.h"
#include "tx_thread.h"
#include "tx_timer.h"
#include "tx_trace.h"
#include "nx_api.h"
#include "nx_arp.h"
#include "nx_icmp.h"
#include "nx_icmpv4.h"
#include "nx_icmpv6.h"
#include "nx_igmp.h"
#include "nx_ip.h"
#include "nx_ipv4.h"
#include "nx_ipv6.h"
#include "nx_nd_cache.h"
#include "nx_packet.h"
#include "nx_rarp.h"
#include "nx_system.h"
#include "nx_tcp.h"
#include "nx_udp.h"
#include "nx_md5.h"
#include "nxd_pop3_client.h"

static UINT e;
#define C(x) do { if (!(x)) { e++; printf("%d: %s\n", __LINE__, #x); } } while (0)
static TX_THREAD th; static ULONG st[300];
static VOID *object;
static VOID entry(ULONG i)
{
    ULONG word = 0x12345678; USHORT half = 0x1234; UCHAR bytes[8] = {1, 2, 3, 4, 5, 6, 7, 8}, *p; ULONG *q; ALIGN_TYPE a; ULONG64 big = 1;
    NX_ASSERT(i == 0)
    NX_CHANGE_ULONG_ENDIAN(word); C(word == 0x78563412);
    NX_CHANGE_USHORT_ENDIAN(half); C(half == 0x3412);
    C(htonl(1) == 0x01000000 && ntohs(0x0100) == 1);
    p = TX_UCHAR_POINTER_ADD(bytes, 3); C(*p == 4);
    p = TX_UCHAR_POINTER_SUB(p, 2); C(*p == 2);
    C(TX_UCHAR_POINTER_DIF(p, bytes) == 1);
    q = TX_VOID_TO_ULONG_POINTER_CONVERT(&word); C(*q == word);
    p = TX_VOID_TO_UCHAR_POINTER_CONVERT(&word); C(*p == 0x12);
    object = TX_UCHAR_TO_VOID_POINTER_CONVERT(p); C(object == &word);
    a = TX_POINTER_TO_ALIGN_TYPE_CONVERT(object); C(TX_ALIGN_TYPE_TO_POINTER_CONVERT(a) == object);
    C(TX_POINTER_TO_ULONG_CONVERT(object) == (ULONG)(ALIGN_TYPE)object);
    TX_MEMSET(bytes, 0, sizeof bytes); C(bytes[7] == 0);
    C(sizeof(ULONG) == 4 && sizeof(USHORT) == 2 && sizeof(ULONG64) == 8 && sizeof(ALIGN_TYPE) == sizeof(VOID *) && big);
    C(sizeof(NX_TCP_HEADER) == 20 && sizeof(NX_UDP_HEADER) == 8 && sizeof(NX_IPV4_HEADER) == 20 && sizeof(NX_IPV6_HEADER) == 40);
    C(NX_IP_PERIODIC_RATE == 100 && TX_TIMER_TICKS_PER_SECOND == 100);
    C(_nx_version_id[0] && _tx_version_id[0]);
    tx_trace_enable(st, 100, 3); tx_trace_disable(); tx_trace_user_event_insert(4096, 1, 2, 3, 4);
    tx_trace_isr_enter_insert(3); tx_trace_isr_exit_insert(3);

    C(NX_SUCCESS == 0);
}
VOID tx_application_define(VOID *m) { (VOID)m; tx_thread_create(&th, "h", entry, 0, st, sizeof st, 1, 1, 0, 1); }
int main(void) { tx_kernel_enter(); return (int)e; }
