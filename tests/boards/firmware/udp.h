/* UDP (RFC 768) and the services on it: echo, counters, pings on demand. */

#ifndef UDP_H
#define UDP_H

#include "ip.h"

void udp_receive(const struct ip_packet *packet);

#endif
