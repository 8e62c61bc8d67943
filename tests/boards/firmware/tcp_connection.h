/* A connection, as tcp.c (what comes in) and tcp_output.c (what goes out) share it. */

#ifndef TCP_CONNECTION_H
#define TCP_CONNECTION_H

#include "board.h"
#include "tcp.h"

enum { TCP_HEADER = 20, TCP_MSS_OPTION = 4 };
enum { TCP_MSS = BOARD_MTU - IP_HEADER - TCP_HEADER, TCP_LEAST_MSS = 28 }; /* the least: RFC 791's smallest MTU */
enum { TCP_PIECES = 4 }; /* not acknowledged yet: RFC 5681's initial window, and no more */

/* Places in the header, and the flags. */
enum { TCP_SOURCE = 0, TCP_DESTINATION = 2, TCP_SEQUENCE = 4, TCP_ACKNOWLEDGED = 8, TCP_OFFSET = 12, TCP_FLAGS = 13,
       TCP_WINDOW = 14, TCP_SUM = 16, TCP_URGENT = 18 };
enum { FIN = 1, SYN = 2, RST = 4, PSH = 8, ACK = 16 };

/* RFC 9293 section 3.3.2; listening is not a connection here. */
enum tcp_state { CLOSED, SYN_RECEIVED, ESTABLISHED, CLOSE_WAIT, FIN_WAIT_1, FIN_WAIT_2, CLOSING, LAST_ACK, TIME_WAIT };

/* Who talks to which port of ours. */
struct tcp_ends {
    uint32_t peer;
    uint16_t peer_port, port;
};

struct tcp_piece {
    size_t size;
    uint8_t data[TCP_MSS];
};

/* Sequence numbers of what is sent, in their order:

       unacknowledged ... next ... sent ... end
       |- first_piece began here or before    |- behind all pieces; our FIN has this number

   `next` falls back to `unacknowledged` when a segment was lost, `sent` never does. */
struct tcp_connection {
    enum tcp_state state;
    struct tcp_ends ends;
    bool ending; /* our FIN is to be sent behind the last piece */

    uint32_t unacknowledged, next, sent, end;
    uint32_t window;         /* the peer's: how far behind `unacknowledged` we may send */
    uint32_t largest_window; /* it ever had */
    uint32_t window_sequence, window_acknowledged; /* of the segment that said so */
    uint32_t allowance;      /* RFC 5681's congestion window */
    size_t segment_limit;    /* what the peer's MSS option allows */
    unsigned duplicates;     /* acknowledgements of the same number, one after another */

    struct tcp_piece pieces[TCP_PIECES]; /* a ring */
    size_t first_piece, piece_count;
    uint32_t piece_sequence; /* of the first one's first byte */

    uint32_t expected; /* the next byte of the peer */
    uint32_t promised; /* the byte behind the window that we announced last */
    bool acknowledgement_due;
    uint8_t input[TCP_INPUT];
    size_t input_size;
    bool peer_ended;

    uint32_t deadline; /* of the timer, if it runs */
    bool timer_runs;
    unsigned tries;
    uint32_t heard; /* which of all segments that came was the last for this connection */
};

/* Arithmetic modulo 2**32: does one sequence number come before the other? */
static inline bool seq_before(uint32_t one, uint32_t other)
{
    return (int32_t)(one - other) < 0;
}

/* -- tcp_output.c -------------------------------------------------------------------------------------------------- */

/* Begin to count from a sequence number of our own. */
void tcp_output_start(struct tcp_connection *connection, uint32_t sequence);

/* Send what may be sent, and an acknowledgement if one is due and nothing carried it. */
void tcp_output(struct tcp_connection *connection);

/* The peer has everything before this number; it must lie between `unacknowledged` and `sent`. */
void tcp_output_acknowledged(struct tcp_connection *connection, uint32_t number);

/* The peer says how much it takes. */
void tcp_output_window(struct tcp_connection *connection, uint32_t window);

/* The peer has acknowledged nothing new, though it got something. */
void tcp_output_duplicate(struct tcp_connection *connection);

/* The timer ran out: send again. False if that was done often enough. */
bool tcp_output_again(struct tcp_connection *connection);

void tcp_send_acknowledgement(struct tcp_connection *connection);
void tcp_send_reset(struct tcp_connection *connection);

/* Answer a segment that belongs to no connection. */
void tcp_refuse(const struct tcp_ends *ends, uint32_t sequence, uint32_t acknowledged, uint8_t flags);

void tcp_start_timer(struct tcp_connection *connection, uint32_t ticks);

#endif
