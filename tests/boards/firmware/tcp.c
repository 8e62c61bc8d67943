#include "tcp.h"

#include "bytes.h"
#include "clock.h"
#include "counters.h"
#include "tcp_connection.h"

enum { DEFAULT_MSS = 536 };
enum { TIME_WAIT_LASTS = 4 * TICKS_PER_SECOND, FIN_WAIT_2_LASTS = 60 * TICKS_PER_SECOND };
enum { OPTION_END = 0, OPTION_NOTHING = 1, OPTION_MSS = 2 };

struct segment {
    struct tcp_ends ends;
    uint32_t sequence, acknowledged, window;
    uint8_t flags;
    const uint8_t *options;
    size_t options_size;
    const uint8_t *data;
    size_t size; /* of the data */
};

static struct tcp_connection connections[TCP_CONNECTIONS];
static const struct tcp_service *service;
static uint16_t service_port;
static uint32_t segments_heard;

void tcp_listen(uint16_t port, const struct tcp_service *what)
{
    service_port = port;
    service = what;
}

size_t tcp_number(const struct tcp_connection *connection)
{
    return (size_t)(connection - connections);
}

struct tcp_connection *tcp_numbered(size_t number)
{
    return &connections[number];
}

const uint8_t *tcp_input(const struct tcp_connection *connection, size_t *size)
{
    *size = connection->input_size;
    return connection->input;
}

void tcp_take(struct tcp_connection *connection, size_t size)
{
    connection->input_size -= size;
    memmove(connection->input, connection->input + size, connection->input_size);
}

bool tcp_peer_ended(const struct tcp_connection *connection)
{
    return connection->peer_ended;
}

/* -- coming and going ---------------------------------------------------------------------------------------------- */

static void forget(struct tcp_connection *connection)
{
    if (connection->state == CLOSED)
        return;
    connection->state = CLOSED;
    connection->timer_runs = false;
    service->gone(connection);
}

void tcp_abort(struct tcp_connection *connection)
{
    if (connection->state != CLOSED && connection->state != TIME_WAIT)
        tcp_send_reset(connection);
    forget(connection);
}

/* How readily a connection makes way: unused ones first, then those that are over, then the longest silent. */
static uint32_t dispensable(const struct tcp_connection *connection)
{
    if (connection->state == CLOSED)
        return UINT32_MAX;
    if (connection->state == TIME_WAIT)
        return UINT32_MAX - 1;
    return segments_heard - connection->heard;
}

static struct tcp_connection *make_room(void)
{
    struct tcp_connection *found = connections;
    for (size_t at = 1; at < TCP_CONNECTIONS; at++)
        if (dispensable(&connections[at]) > dispensable(found))
            found = &connections[at];
    tcp_abort(found);
    memset(found, 0, sizeof *found);
    return found;
}

static struct tcp_connection *find(const struct tcp_ends *ends)
{
    for (size_t at = 0; at < TCP_CONNECTIONS; at++) {
        const struct tcp_ends *known = &connections[at].ends;
        if (connections[at].state != CLOSED && known->peer == ends->peer && known->peer_port == ends->peer_port &&
            known->port == ends->port)
            return &connections[at];
    }
    return 0;
}

/* -- reading a segment --------------------------------------------------------------------------------------------- */

static bool is_sound(const struct ip_packet *packet)
{
    size_t header_size = packet->size >= TCP_HEADER ? 4 * (size_t)(packet->payload[TCP_OFFSET] >> 4) : 0;
    if (header_size < TCP_HEADER || header_size > packet->size) {
        counters.damaged++;
        return false;
    }
    bool right = ip_transport_checksum(packet->source, IP_TCP, packet->payload, packet->size) == 0;
    counters.bad_sums += !right;
    return right;
}

static struct segment read_segment(const struct ip_packet *packet)
{
    const uint8_t *header = packet->payload;
    size_t header_size = 4 * (size_t)(header[TCP_OFFSET] >> 4);
    return (struct segment){
        .ends = {packet->source, get16(header + TCP_SOURCE), get16(header + TCP_DESTINATION)},
        .sequence = get32(header + TCP_SEQUENCE),
        .acknowledged = get32(header + TCP_ACKNOWLEDGED),
        .window = get16(header + TCP_WINDOW),
        .flags = header[TCP_FLAGS],
        .options = header + TCP_HEADER,
        .options_size = header_size - TCP_HEADER,
        .data = header + header_size,
        .size = packet->size - header_size,
    };
}

/* The value of the MSS option, within what we can send. */
static size_t segment_limit(const struct segment *segment)
{
    const uint8_t *option = segment->options;
    size_t left = segment->options_size, found = DEFAULT_MSS;
    while (left > 0 && option[0] != OPTION_END) {
        size_t size = option[0] == OPTION_NOTHING ? 1 : left > 1 ? option[1] : 0;
        if (size == 0 || size > left || (size == 1 && option[0] != OPTION_NOTHING))
            break;
        if (option[0] == OPTION_MSS && size == TCP_MSS_OPTION)
            found = get16(option + 2);
        option += size;
        left -= size;
    }
    return found < TCP_LEAST_MSS ? TCP_LEAST_MSS : found > TCP_MSS ? TCP_MSS : found;
}

/* How many sequence numbers a segment takes. */
static uint32_t extent(const struct segment *segment)
{
    return (uint32_t)segment->size + (segment->flags & SYN ? 1 : 0) + (segment->flags & FIN ? 1 : 0);
}

/* -- no connection yet --------------------------------------------------------------------------------------------- */

static void refuse(const struct segment *segment)
{
    if (segment->flags & RST)
        return;
    if (segment->flags & ACK)
        tcp_refuse(&segment->ends, segment->acknowledged, 0, RST);
    else
        tcp_refuse(&segment->ends, 0, segment->sequence + extent(segment), RST | ACK);
}

/* Data that come with a SYN are not acknowledged, so they come again. */
static void accept(const struct segment *segment)
{
    struct tcp_connection *connection = make_room();
    connection->state = SYN_RECEIVED;
    connection->ends = segment->ends;
    connection->segment_limit = segment_limit(segment);
    connection->window = connection->largest_window = segment->window;
    connection->window_sequence = segment->sequence;
    connection->expected = connection->promised = segment->sequence + 1;
    connection->heard = segments_heard;
    tcp_output_start(connection, clock_fine());
    connection->window_acknowledged = connection->unacknowledged;
}

static void receive_unconnected(const struct segment *segment)
{
    bool opens = (segment->flags & (SYN | ACK | RST | FIN)) == SYN;
    if (opens && segment->ends.port == service_port)
        accept(segment);
    else
        refuse(segment);
}

/* -- the steps of RFC 9293 section 3.10.7.4 ------------------------------------------------------------------------ */

/* The first: does some of the segment lie in the window? */
static bool is_acceptable(const struct tcp_connection *connection, const struct segment *segment)
{
    uint32_t window = connection->promised - connection->expected;
    uint32_t start = segment->sequence - connection->expected;
    if (extent(segment) == 0)
        return start == 0 || start < window;
    return start < window || start + extent(segment) - 1 < window;
}

/* Something old, or beyond the window: say where we are. Who repeats its SYN has not heard ours. */
static void answer_unacceptable(struct tcp_connection *connection, const struct segment *segment)
{
    if (segment->flags & RST)
        return;
    if (connection->state == SYN_RECEIVED)
        tcp_output_again(connection);
    else
        tcp_send_acknowledgement(connection);
}

/* RST, and SYN where none belongs: RFC 5961 lets only the exact number end a connection, and has others asked about. */
static bool survives(struct tcp_connection *connection, const struct segment *segment)
{
    if (!(segment->flags & (RST | SYN)))
        return true;
    if (segment->flags & RST && segment->sequence == connection->expected)
        forget(connection);
    else
        tcp_send_acknowledgement(connection);
    return false;
}

/* The peer's window, unless the segment is older than the one that told it last. */
static void update_window(struct tcp_connection *connection, const struct segment *segment)
{
    bool same = segment->sequence == connection->window_sequence;
    if (seq_before(segment->sequence, connection->window_sequence) ||
        (same && seq_before(segment->acknowledged, connection->window_acknowledged)))
        return;
    tcp_output_window(connection, segment->window);
    connection->window_sequence = segment->sequence;
    connection->window_acknowledged = segment->acknowledged;
}

/* RFC 5681 section 2: an acknowledgement without anything new, while something is on its way. */
static bool is_duplicate(const struct tcp_connection *connection, const struct segment *segment)
{
    return segment->acknowledged == connection->unacknowledged && connection->unacknowledged != connection->sent &&
           extent(segment) == 0 && segment->window == connection->window;
}

/* Our FIN has arrived, and with it everything else. */
static void end_acknowledged(struct tcp_connection *connection)
{
    if (connection->state == FIN_WAIT_1) {
        connection->state = FIN_WAIT_2;
        tcp_start_timer(connection, FIN_WAIT_2_LASTS);
    } else if (connection->state == CLOSING) {
        connection->state = TIME_WAIT;
        tcp_start_timer(connection, TIME_WAIT_LASTS);
    } else if (connection->state == LAST_ACK) {
        forget(connection);
    }
}

/* The peer has our SYN, and nothing else can have come from us. */
static bool establish(struct tcp_connection *connection, const struct segment *segment)
{
    if (segment->acknowledged != connection->sent) {
        refuse(segment);
        return false;
    }
    tcp_output_acknowledged(connection, segment->acknowledged);
    update_window(connection, segment);
    connection->state = ESTABLISHED;
    service->opened(connection);
    return true;
}

/* The fifth: what the segment acknowledges. False if the rest of it is not to be looked at. */
static bool take_acknowledgement(struct tcp_connection *connection, const struct segment *segment)
{
    if (!(segment->flags & ACK))
        return false;
    if (connection->state == SYN_RECEIVED)
        return establish(connection, segment);
    if (seq_before(connection->sent, segment->acknowledged)) {
        tcp_send_acknowledgement(connection); /* of something that was never sent */
        return false;
    }
    if (seq_before(segment->acknowledged, connection->unacknowledged))
        return true; /* known */
    if (is_duplicate(connection, segment))
        tcp_output_duplicate(connection);
    else if (segment->acknowledged != connection->unacknowledged)
        tcp_output_acknowledged(connection, segment->acknowledged);
    update_window(connection, segment);
    if (connection->ending && connection->unacknowledged == connection->end + 1)
        end_acknowledged(connection);
    return connection->state != CLOSED;
}

/* The seventh: bytes that come next, as far as there is room. */
static void take_data(struct tcp_connection *connection, const struct segment *segment)
{
    uint32_t known = connection->expected - segment->sequence;
    if (segment->size == 0 || connection->peer_ended)
        return;
    connection->acknowledgement_due = true;
    if (known >= segment->size) /* all known, or something before it is missing */
        return;
    size_t size = segment->size - known, room = TCP_INPUT - connection->input_size;
    if (connection->state != ESTABLISHED) {
        tcp_abort(connection); /* nobody reads it any more: RFC 9293 section 3.10.4 */
        return;
    }
    if (size > room)
        size = room;
    memcpy(connection->input + connection->input_size, segment->data + known, size);
    connection->input_size += size;
    connection->expected += (uint32_t)size;
}

/* The eighth: the peer's FIN, if everything before it is here; if not, it is told so (RFC 5681 section 4.2). */
static void take_fin(struct tcp_connection *connection, const struct segment *segment)
{
    bool comes_next = segment->sequence + (uint32_t)segment->size == connection->expected;
    if (!(segment->flags & FIN) || connection->peer_ended)
        return;
    connection->acknowledgement_due = true;
    if (!comes_next)
        return;
    connection->peer_ended = true;
    connection->expected++;
    if (connection->state == ESTABLISHED) {
        connection->state = CLOSE_WAIT;
    } else if (connection->state == FIN_WAIT_1) {
        connection->state = CLOSING;
    } else if (connection->state == FIN_WAIT_2) {
        connection->state = TIME_WAIT;
        tcp_start_timer(connection, TIME_WAIT_LASTS);
    }
}

static void receive_connected(struct tcp_connection *connection, const struct segment *segment)
{
    connection->heard = segments_heard;
    if (!is_acceptable(connection, segment)) {
        answer_unacceptable(connection, segment);
        return;
    }
    if (!survives(connection, segment) || !take_acknowledgement(connection, segment))
        return;
    take_data(connection, segment);
    take_fin(connection, segment);
    if (connection->state == ESTABLISHED || connection->state == CLOSE_WAIT)
        service->ready(connection);
    tcp_output(connection);
}

/* A new connection from the same port may begin while the old one lingers (RFC 9293 section 3.6.1). */
static bool begins_anew(const struct tcp_connection *connection, const struct segment *segment)
{
    return connection->state == TIME_WAIT && (segment->flags & (SYN | ACK | RST)) == SYN &&
           seq_before(connection->expected, segment->sequence);
}

void tcp_receive(const struct ip_packet *packet)
{
    if (!is_sound(packet))
        return;
    segments_heard++;
    struct segment segment = read_segment(packet);
    struct tcp_connection *connection = find(&segment.ends);
    if (connection && begins_anew(connection, &segment)) {
        forget(connection);
        connection = 0;
    }
    if (connection)
        receive_connected(connection, &segment);
    else
        receive_unconnected(&segment);
}

/* -- time ---------------------------------------------------------------------------------------------------------- */

static void time_is_up(struct tcp_connection *connection)
{
    connection->timer_runs = false;
    if (connection->state == TIME_WAIT || connection->state == FIN_WAIT_2)
        forget(connection);
    else if (!tcp_output_again(connection))
        tcp_abort(connection);
}

void tcp_tick(void)
{
    for (size_t at = 0; at < TCP_CONNECTIONS; at++)
        if (connections[at].timer_runs && clock_reached(connections[at].deadline))
            time_is_up(&connections[at]);
}
