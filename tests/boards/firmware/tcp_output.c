#include "bytes.h"
#include "clock.h"
#include "counters.h"
#include "tcp_connection.h"

/* A serial line has no round-trip time worth measuring: RFC 6298's initial second, doubled each time. */
enum { RESEND_AFTER = TICKS_PER_SECOND, MOST_DOUBLINGS = 3, MOST_TRIES = 8 };
enum { DUPLICATES_MEAN_LOSS = 3 }; /* RFC 5681 section 3.2 */

/* -- segments ------------------------------------------------------------------------------------------------------ */

static void send_segment(uint32_t peer, uint8_t *segment, size_t size)
{
    put16(segment + TCP_SUM, 0);
    put16(segment + TCP_URGENT, 0);
    put16(segment + TCP_SUM, ip_transport_checksum(peer, IP_TCP, segment, size));
    ip_send(peer, IP_TCP, size);
}

static void put_header(uint8_t *segment, const struct tcp_ends *ends, size_t header_size, uint8_t flags)
{
    put16(segment + TCP_SOURCE, ends->port);
    put16(segment + TCP_DESTINATION, ends->peer_port);
    segment[TCP_OFFSET] = (uint8_t)(header_size / 4 << 4);
    segment[TCP_FLAGS] = flags;
}

/* The byte behind those there is room for. */
static uint32_t window_edge(const struct tcp_connection *connection)
{
    return connection->expected + (uint32_t)(TCP_INPUT - connection->input_size);
}

/* RFC 9293 section 3.8.6.2.2: the edge of the window moves by half the buffer at least. */
static bool window_has_grown(const struct tcp_connection *connection)
{
    return window_edge(connection) - connection->promised >= TCP_INPUT / 2;
}

static uint32_t window_to_promise(struct tcp_connection *connection)
{
    if (window_has_grown(connection) || seq_before(connection->promised, connection->expected))
        connection->promised = window_edge(connection);
    return connection->promised - connection->expected;
}

static void emit(struct tcp_connection *connection, uint32_t sequence, uint8_t flags, const uint8_t *data, size_t size)
{
    uint8_t *segment = ip_payload();
    size_t header_size = TCP_HEADER + (flags & SYN ? TCP_MSS_OPTION : 0);
    put_header(segment, &connection->ends, header_size, flags | ACK);
    put32(segment + TCP_SEQUENCE, sequence);
    put32(segment + TCP_ACKNOWLEDGED, connection->expected);
    put16(segment + TCP_WINDOW, window_to_promise(connection));
    if (flags & SYN)
        put32(segment + TCP_HEADER, 0x02040000U | TCP_MSS);
    if (size > 0)
        memcpy(segment + header_size, data, size);
    send_segment(connection->ends.peer, segment, header_size + size);
    connection->acknowledgement_due = false;
    uint32_t behind = sequence + (uint32_t)size + (flags & (SYN | FIN) ? 1 : 0);
    if (seq_before(sequence, connection->sent) && behind != sequence)
        counters.resent++;
    if (seq_before(connection->next, behind))
        connection->next = behind;
    if (seq_before(connection->sent, behind))
        connection->sent = behind;
}

void tcp_send_acknowledgement(struct tcp_connection *connection)
{
    emit(connection, connection->sent, 0, 0, 0);
}

void tcp_send_reset(struct tcp_connection *connection)
{
    emit(connection, connection->sent, RST, 0, 0);
}

void tcp_refuse(const struct tcp_ends *ends, uint32_t sequence, uint32_t acknowledged, uint8_t flags)
{
    uint8_t *segment = ip_payload();
    put_header(segment, ends, TCP_HEADER, flags);
    put32(segment + TCP_SEQUENCE, sequence);
    put32(segment + TCP_ACKNOWLEDGED, acknowledged);
    put16(segment + TCP_WINDOW, 0);
    send_segment(ends->peer, segment, TCP_HEADER);
}

/* -- the timer ----------------------------------------------------------------------------------------------------- */

void tcp_start_timer(struct tcp_connection *connection, uint32_t ticks)
{
    connection->deadline = clock_now() + ticks;
    connection->timer_runs = true;
}

static bool fin_is_due(const struct tcp_connection *connection)
{
    return connection->ending && connection->next == connection->end;
}

/* The timer runs while the peer owes us something: an acknowledgement, or a window. */
static void keep_timer(struct tcp_connection *connection)
{
    bool on_the_way = connection->unacknowledged != connection->sent;
    bool waiting = seq_before(connection->unacknowledged, connection->end);
    if ((on_the_way || waiting) && !connection->timer_runs)
        tcp_start_timer(connection, RESEND_AFTER);
}

/* -- what goes out ------------------------------------------------------------------------------------------------- */

void tcp_output_start(struct tcp_connection *connection, uint32_t sequence)
{
    connection->unacknowledged = connection->next = connection->sent = sequence;
    connection->end = connection->piece_sequence = sequence + 1; /* behind our SYN */
    connection->allowance = TCP_PIECES * TCP_MSS;
    emit(connection, sequence, SYN, 0, 0);
    keep_timer(connection);
}

/* The bytes from a sequence number on to the end of its piece, as many as a segment takes; none if there is no such
   piece. */
static const uint8_t *data_from(const struct tcp_connection *connection, uint32_t sequence, size_t *size)
{
    uint32_t start = connection->piece_sequence;
    for (size_t at = 0; at < connection->piece_count; at++) {
        const struct tcp_piece *piece = &connection->pieces[(connection->first_piece + at) % TCP_PIECES];
        uint32_t offset = sequence - start;
        if (offset < piece->size) {
            size_t left = piece->size - offset;
            *size = left < connection->segment_limit ? left : connection->segment_limit;
            return piece->data + offset;
        }
        start += (uint32_t)piece->size;
    }
    *size = 0;
    return 0;
}

/* Send the piece at `next`, or our FIN; false if there is nothing more to send now. */
static bool send_next(struct tcp_connection *connection)
{
    size_t size;
    const uint8_t *data = data_from(connection, connection->next, &size);
    if (fin_is_due(connection)) {
        emit(connection, connection->next, FIN, 0, 0);
        return false;
    }
    uint32_t on_the_way = connection->next - connection->unacknowledged;
    uint32_t most = connection->window < connection->allowance ? connection->window : connection->allowance;
    if (size == 0 || on_the_way + size > most)
        return false;
    emit(connection, connection->next, PSH, data, size);
    return true;
}

void tcp_output(struct tcp_connection *connection)
{
    if (connection->state == SYN_RECEIVED || connection->state == CLOSED)
        return;
    while (send_next(connection))
        ;
    if (connection->acknowledgement_due || window_has_grown(connection))
        tcp_send_acknowledgement(connection);
    keep_timer(connection);
}

void tcp_output_acknowledged(struct tcp_connection *connection, uint32_t number)
{
    connection->unacknowledged = number;
    if (seq_before(connection->next, number))
        connection->next = number;
    while (connection->piece_count > 0) {
        uint32_t behind = connection->piece_sequence + (uint32_t)connection->pieces[connection->first_piece].size;
        if (seq_before(number, behind))
            break;
        connection->piece_sequence = behind;
        connection->first_piece = (connection->first_piece + 1) % TCP_PIECES;
        connection->piece_count--;
    }
    connection->duplicates = connection->tries = 0;
    if (connection->allowance < TCP_PIECES * TCP_MSS)
        connection->allowance += TCP_MSS;
    connection->timer_runs = false; /* tcp_output starts it anew if need be */
}

/* What was sent into a closed window was a question: it is sent again, in one piece, when the window opens. */
void tcp_output_window(struct tcp_connection *connection, uint32_t window)
{
    if (connection->window == 0 && window > 0) {
        connection->next = connection->unacknowledged;
        connection->tries = 0;
    }
    connection->window = window;
    if (connection->largest_window < window)
        connection->largest_window = window;
}

/* Send from the first byte that the peer does not have: a whole piece, or what its window takes, or one byte to hear
   whether a closed window has opened (RFC 9293 section 3.8.6.1). */
static void send_first(struct tcp_connection *connection)
{
    size_t size;
    const uint8_t *data = data_from(connection, connection->unacknowledged, &size);
    size_t most = connection->window ? connection->window : 1;
    if (size > 0)
        emit(connection, connection->unacknowledged, PSH, data, size < most ? size : most);
    else if (connection->state == SYN_RECEIVED)
        emit(connection, connection->unacknowledged, SYN, 0, 0);
    else if (connection->ending)
        emit(connection, connection->end, FIN, 0, 0);
}

void tcp_output_duplicate(struct tcp_connection *connection)
{
    if (++connection->duplicates == DUPLICATES_MEAN_LOSS)
        send_first(connection);
}

bool tcp_output_again(struct tcp_connection *connection)
{
    connection->tries++;
    if (connection->tries > MOST_TRIES && connection->window > 0)
        return false;
    connection->allowance = TCP_MSS;
    connection->next = connection->unacknowledged;
    send_first(connection);
    unsigned doublings = connection->tries < MOST_DOUBLINGS ? connection->tries : MOST_DOUBLINGS;
    tcp_start_timer(connection, RESEND_AFTER << doublings);
    return true;
}

/* -- what services do ---------------------------------------------------------------------------------------------- */

bool tcp_has_room(const struct tcp_connection *connection)
{
    bool open = connection->state == ESTABLISHED || connection->state == CLOSE_WAIT;
    return open && connection->piece_count < TCP_PIECES;
}

size_t tcp_piece_limit(const struct tcp_connection *connection)
{
    size_t window = connection->largest_window > TCP_LEAST_MSS ? connection->largest_window : TCP_LEAST_MSS;
    return window < connection->segment_limit ? window : connection->segment_limit;
}

void tcp_write(struct tcp_connection *connection, const void *data, size_t size)
{
    struct tcp_piece *piece = &connection->pieces[(connection->first_piece + connection->piece_count) % TCP_PIECES];
    memcpy(piece->data, data, size);
    piece->size = size;
    connection->piece_count++;
    connection->end += (uint32_t)size;
}

void tcp_close(struct tcp_connection *connection)
{
    if (connection->state == ESTABLISHED)
        connection->state = FIN_WAIT_1;
    else if (connection->state == CLOSE_WAIT)
        connection->state = LAST_ACK;
    else
        return;
    connection->ending = true;
}
