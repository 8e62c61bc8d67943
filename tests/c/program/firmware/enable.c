#include "behaviour.h"

static UCHAR arp_cache[1024];

VOID enable(NX_IP *ip_ptr)
{
    nx_arp_enable(ip_ptr, arp_cache, sizeof arp_cache);
    nx_udp_enable(ip_ptr);
}
