/* Every macro of the headers that is not a constant and not a service, as firmware uses it. */

#include "nx_api.h"
#include "nxd_pop3_client.h"
#include "netx_host.h"
#include "tx_initialize.h"
#include "tx_thread.h"

#define EXPECT(condition) do { if (!(condition)) { printf("%d: %s\n", __LINE__, #condition); failures++; } } while (0)

VOID macros(int a, UCHAR b, ULONG c, long d);
UINT critical(VOID);
int check(VOID);

static int failures;

static VOID expects_true(UINT one, ULONG other)
{
    NX_ASSERT(one == other);
    if (one)
        NX_ASSERT(one);
}

VOID macros(int a, UCHAR b, ULONG c, long d)
{
    TX_THREAD *current;

    EXPECT(IP_ADDRESS(a, b, c, d) == 0x0A000102U);
    EXPECT(IP_ADDRESS(255, 254, 253, 252) == 0xFFFEFDFCU);
    TX_THREAD_GET_CURRENT(current)
    EXPECT(current == TX_NULL);
    EXPECT(TX_THREAD_GET_SYSTEM_STATE() == 0);
}

UINT critical(VOID)
{
    TX_INTERRUPT_SAVE_AREA
    UINT inside;

    TX_DISABLE
    inside = interrupt_save;
    TX_RESTORE
    return inside;
}

static VOID byte_order(VOID)
{
    ULONG word = 0x01020304U;
    USHORT half = 0x0102;

    EXPECT(htonl(word) == 0x04030201U && ntohl(htonl(word)) == word);
    EXPECT(htons(half) == 0x0201 && ntohs(htons(half)) == half);
    EXPECT(htons(110) == 0x6E00);
    NX_CHANGE_ULONG_ENDIAN(word);
    NX_CHANGE_USHORT_ENDIAN(half);
    EXPECT(word == 0x04030201U && half == 0x0201);
}

static VOID pointers(VOID)
{
    static UCHAR memory[16];
    VOID *start = memory;

    EXPECT(NX_UCHAR_POINTER_ADD(start, 4) == memory + 4 && TX_UCHAR_POINTER_ADD(memory, 4) == memory + 4);
    EXPECT(NX_UCHAR_POINTER_SUB(memory + 5, 4) == memory + 1 && TX_UCHAR_POINTER_SUB(memory + 5, 4) == memory + 1);
    EXPECT(NX_UCHAR_POINTER_DIF(memory + 9, start) == 9 && TX_UCHAR_POINTER_DIF(memory + 9, start) == 9);
    TX_MEMSET(memory, 0x55, sizeof(memory));
    EXPECT(memory[0] == 0x55 && memory[15] == 0x55);
}

static VOID words(VOID)
{
    static ULONG memory[4];

    EXPECT(TX_ULONG_POINTER_ADD(memory, 3) == memory + 3 && TX_ULONG_POINTER_SUB(memory + 3, 1) == memory + 2);
    EXPECT(TX_ULONG_POINTER_DIF(memory + 3, memory) == 3);
}

static VOID ipv6_addresses(VOID)
{
    static ULONG one[4] = {0xFE800000U, 0, 0, 1}, other[4];
    static NXD_ADDRESS whole, copy;

    EXPECT(CHECK_UNSPECIFIED_ADDRESS(other) && !CHECK_UNSPECIFIED_ADDRESS(one));
    EXPECT(!CHECK_IPV6_ADDRESSES_SAME(one, other));
    COPY_IPV6_ADDRESS(one, other);
    EXPECT(CHECK_IPV6_ADDRESSES_SAME(one, other) && other[3] == 1);
    SET_UNSPECIFIED_ADDRESS(one);
    EXPECT(CHECK_UNSPECIFIED_ADDRESS(one));
    whole.nxd_ip_version = NX_IP_VERSION_V6;
    COPY_IPV6_ADDRESS(other, whole.nxd_ip_address.v6);
    COPY_NXD_ADDRESS(&whole, &copy);
    EXPECT(copy.nxd_ip_version == 6 && copy.nxd_ip_address.v6[0] == 0xFE800000U && copy.nxd_ip_address.v4 == 0xFE800000U);
}

static VOID left_out(VOID)
{
    static TX_THREAD thread;
    static ULONG count;

    EXPECT(tx_thread_performance_info_get(&thread, &count, &count, &count, &count, &count, &count, &count, &count,
                                          &count, TX_NULL) == TX_FEATURE_NOT_ENABLED);
    EXPECT(tx_trace_enable(&count, sizeof(count), 1) == TX_FEATURE_NOT_ENABLED);
    EXPECT(tx_thread_stack_error_notify(TX_NULL) == TX_FEATURE_NOT_ENABLED);
}

static VOID packets(VOID)
{
    static NX_INTERFACE link;
    static NX_PACKET packet;

    packet.nx_packet_ip_interface = &link;
    EXPECT(packet.nx_packet_address.nx_packet_interface_ptr == &link);
    packet.nx_packet_union_next.nx_packet_tcp_queue_next = NETX_HOST_POINTER(NX_PACKET *, NX_PACKET_ALLOCATED);
    EXPECT(packet.nx_packet_union_next.nx_packet_fragment_next == NETX_HOST_POINTER(NX_PACKET *, NX_PACKET_ALLOCATED));
}

int check(VOID)
{
    macros(10, 0, 1, 2);
    byte_order();
    pointers();
    words();
    ipv6_addresses();
    left_out();
    packets();
    expects_true(NX_TRUE, TX_TRUE);
    NX_SRAND(1);
    EXPECT(NX_RAND() >= 0);
    NX_PARAMETER_NOT_USED(failures);
    TX_PARAMETER_NOT_USED(failures);
    return failures;
}
