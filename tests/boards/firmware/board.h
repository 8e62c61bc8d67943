/* What this board is: its address, its clock, the services it has. */

#ifndef BOARD_H
#define BOARD_H

#include <stdint.h>

#define BOARD_ADDRESS 0xC0A80702U /* 192.168.7.2 */
#define BOARD_BANNER "board: 192.168.7.2, SLIP 115200 8N1\r\n"

#define BOARD_CLOCK_HZ 25000000U
#define BOARD_BAUD 115200U

/* RFC 1055: the largest packet on the line. */
enum { BOARD_MTU = 1006 };

enum {
    PORT_ECHO = 7,     /* UDP, RFC 862 */
    PORT_SYSTAT = 11,  /* UDP, in the manner of RFC 866: the counters, as text */
    PORT_PING = 1007,  /* UDP: the board pings who asks here, with the bytes of the datagram */
    PORT_POP3 = 110    /* TCP, RFC 1939 */
};

#endif
