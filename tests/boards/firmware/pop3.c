#include "pop3.h"

#include <stdbool.h>

#include "board.h"
#include "bytes.h"
#include "clock.h"
#include "mails.h"
#include "md5.h"
#include "pop3_body.h"
#include "tcp.h"
#include "text.h"

static const char user_name[] = "ada", secret[] = "lovelace";

enum { REPLY = 64, STAMP = 40, LINE = 255, PIECE = BOARD_MTU }; /* RFC 2449: CR LF is among the 255 */

enum state { CLOSED, AUTHORIZATION, TRANSACTION };

struct session {
    struct tcp_connection *connection;
    enum state state;
    bool named;         /* USER gave the right name */
    bool skipping;      /* the rest of a line that is too long */
    struct text stamp;  /* of the greeting */
    char stamp_bytes[STAMP];
    size_t mail_count;
    size_t mails[MAIL_COUNT]; /* those there were at the login: mail n is mails[n - 1] */
    bool marked[MAIL_COUNT];
    struct body body;
};

struct command {
    const char *word;
    enum state state; /* in which it is allowed; CLOSED stands for any */
    void (*run)(struct session *session, const char *argument, size_t size);
};

static struct session sessions[TCP_CONNECTIONS];
static bool deleted[MAIL_COUNT];
static uint32_t greetings;

/* -- replies ------------------------------------------------------------------------------------------------------- */

static void send_text(struct session *session, const struct text *text)
{
    tcp_write(session->connection, text->start, text->size);
}

static void reply(struct session *session, const char *line)
{
    char bytes[REPLY];
    struct text text = text_in(bytes, sizeof bytes);
    text_add(&text, line);
    text_add(&text, "\r\n");
    send_text(session, &text);
}

/* Two numbers behind a word, as STAT and LIST answer. */
static void add_pair(struct text *text, const char *word, size_t number, size_t octets)
{
    text_add(text, word);
    text_add_number(text, (uint32_t)number);
    text_add(text, " ");
    text_add_number(text, (uint32_t)octets);
    text_add(text, "\r\n");
}

static void reply_pair(struct session *session, size_t number, size_t octets)
{
    char bytes[REPLY];
    struct text text = text_in(bytes, sizeof bytes);
    add_pair(&text, "+OK ", number, octets);
    send_text(session, &text);
}

/* -- logging in ---------------------------------------------------------------------------------------------------- */

static void end_other_sessions(const struct session *session)
{
    for (size_t at = 0; at < TCP_CONNECTIONS; at++)
        if (&sessions[at] != session && sessions[at].state == TRANSACTION)
            tcp_abort(sessions[at].connection);
}

static void log_in(struct session *session)
{
    end_other_sessions(session);
    session->state = TRANSACTION;
    session->mail_count = 0;
    for (size_t mail = 0; mail < MAIL_COUNT; mail++)
        if (!deleted[mail])
            session->mails[session->mail_count++] = mail;
    reply(session, "+OK welcome");
}

/* Any name is as good as another until the password comes. */
static void do_user(struct session *session, const char *argument, size_t size)
{
    session->named = size == sizeof user_name - 1 && memcmp(argument, user_name, size) == 0;
    reply(session, "+OK password, please");
}

static void do_pass(struct session *session, const char *argument, size_t size)
{
    if (session->named && size == sizeof secret - 1 && memcmp(argument, secret, size) == 0)
        log_in(session);
    else
        reply(session, "-ERR name or password is wrong");
    session->named = false;
}

/* RFC 1939 section 7: the digest of the greeting's stamp and the secret, in lower-case hexadecimal digits. */
static bool is_digest(const struct session *session, const char *hexadecimal)
{
    struct md5 md5;
    uint8_t digest[MD5_DIGEST];
    md5_begin(&md5);
    md5_add(&md5, session->stamp.start, session->stamp.size);
    md5_add(&md5, secret, sizeof secret - 1);
    md5_end(&md5, digest);
    for (size_t at = 0; at < 2 * MD5_DIGEST; at++) {
        unsigned digit = digest[at / 2] >> (at % 2 ? 0 : 4) & 15;
        if (hexadecimal[at] != "0123456789abcdef"[digit])
            return false;
    }
    return true;
}

static void do_apop(struct session *session, const char *argument, size_t size)
{
    enum { NAME = sizeof user_name - 1, WHOLE = NAME + 1 + 2 * MD5_DIGEST };
    if (size == WHOLE && memcmp(argument, user_name, NAME) == 0 && argument[NAME] == ' ' &&
        is_digest(session, argument + NAME + 1))
        log_in(session);
    else
        reply(session, "-ERR name or digest is wrong");
}

/* -- the maildrop -------------------------------------------------------------------------------------------------- */

/* The place of the mail that a command names; false, and a reply, if there is none. */
static bool find_mail(struct session *session, const char *argument, size_t size, size_t *place)
{
    size_t number = text_number(argument, size);
    *place = number - 1;
    if (number > 0 && number <= session->mail_count && !session->marked[*place])
        return true;
    reply(session, "-ERR no such mail");
    return false;
}

static size_t size_at(const struct session *session, size_t place)
{
    return mail_size(session->mails[place]);
}

static void do_stat(struct session *session, const char *argument, size_t size)
{
    size_t count = 0, octets = 0;
    (void)argument, (void)size;
    for (size_t place = 0; place < session->mail_count; place++) {
        if (!session->marked[place]) {
            count++;
            octets += size_at(session, place);
        }
    }
    reply_pair(session, count, octets);
}

static void list_all(struct session *session)
{
    char bytes[REPLY];
    struct text text = text_in(bytes, sizeof bytes);
    text_add(&text, "+OK\r\n");
    for (size_t place = 0; place < session->mail_count; place++)
        if (!session->marked[place])
            add_pair(&text, "", place + 1, size_at(session, place));
    text_add(&text, ".\r\n");
    send_text(session, &text);
}

static void do_list(struct session *session, const char *argument, size_t size)
{
    size_t place;
    if (size == 0)
        list_all(session);
    else if (find_mail(session, argument, size, &place))
        reply_pair(session, place + 1, size_at(session, place));
}

static void do_retr(struct session *session, const char *argument, size_t size)
{
    char bytes[REPLY];
    struct text text = text_in(bytes, sizeof bytes);
    size_t place;
    if (!find_mail(session, argument, size, &place))
        return;
    text_add(&text, "+OK ");
    text_add_number(&text, (uint32_t)size_at(session, place));
    text_add(&text, " octets\r\n");
    send_text(session, &text);
    body_begin(&session->body, session->mails[place]);
}

static void do_dele(struct session *session, const char *argument, size_t size)
{
    size_t place;
    if (!find_mail(session, argument, size, &place))
        return;
    session->marked[place] = true;
    reply(session, "+OK marked");
}

static void do_noop(struct session *session, const char *argument, size_t size)
{
    (void)argument, (void)size;
    reply(session, "+OK");
}

static void do_rset(struct session *session, const char *argument, size_t size)
{
    (void)argument, (void)size;
    memset(session->marked, 0, sizeof session->marked);
    reply(session, "+OK nothing is marked");
}

static void do_quit(struct session *session, const char *argument, size_t size)
{
    (void)argument, (void)size;
    for (size_t place = 0; place < session->mail_count; place++)
        if (session->marked[place])
            deleted[session->mails[place]] = true;
    session->state = CLOSED;
    reply(session, "+OK bye");
    tcp_close(session->connection);
}

/* -- commands ------------------------------------------------------------------------------------------------------ */

static const struct command commands[] = {
    {"USER", AUTHORIZATION, do_user}, {"PASS", AUTHORIZATION, do_pass}, {"APOP", AUTHORIZATION, do_apop},
    {"STAT", TRANSACTION, do_stat},   {"LIST", TRANSACTION, do_list},   {"RETR", TRANSACTION, do_retr},
    {"DELE", TRANSACTION, do_dele},   {"NOOP", TRANSACTION, do_noop},   {"RSET", TRANSACTION, do_rset},
    {"QUIT", CLOSED, do_quit},
};

static void run_line(struct session *session, const char *line, size_t size)
{
    size_t word = 0;
    while (word < size && line[word] != ' ')
        word++;
    size_t argument = word < size ? word + 1 : word;
    for (size_t at = 0; at < sizeof commands / sizeof *commands; at++) {
        const struct command *command = &commands[at];
        if (!text_is(line, word, command->word))
            continue;
        if (command->state == CLOSED || command->state == session->state)
            command->run(session, line + argument, size - argument);
        else
            reply(session, "-ERR not now");
        return;
    }
    reply(session, "-ERR unknown command");
}

/* A line ends with CR LF; LF alone will do. */
static void take_line(struct session *session, const uint8_t *input, size_t size)
{
    bool too_long = session->skipping || size + 1 > LINE;
    size_t text = size > 0 && input[size - 1] == '\r' ? size - 1 : size;
    session->skipping = false;
    if (too_long)
        reply(session, "-ERR line too long");
    else
        run_line(session, (const char *)input, text);
}

/* Take one line of input; false if there is none yet. */
static bool take_input(struct session *session)
{
    size_t size, end = 0;
    const uint8_t *input = tcp_input(session->connection, &size);
    while (end < size && input[end] != '\n')
        end++;
    if (end < size) {
        take_line(session, input, end);
        tcp_take(session->connection, end + 1);
        return true;
    }
    if (size >= LINE) {
        session->skipping = true;
        tcp_take(session->connection, size);
    }
    return false;
}

/* -- connections --------------------------------------------------------------------------------------------------- */

static struct session *session_of(struct tcp_connection *connection)
{
    return &sessions[tcp_number(connection)];
}

/* The stamp of the greeting is another one each time (RFC 1939 section 7): its number, and a clock that runs fast. */
static void opened(struct tcp_connection *connection)
{
    struct session *session = session_of(connection);
    char bytes[REPLY];
    struct text text = text_in(bytes, sizeof bytes);
    memset(session, 0, sizeof *session);
    session->connection = connection;
    session->state = AUTHORIZATION;
    session->stamp = text_in(session->stamp_bytes, sizeof session->stamp_bytes);
    text_add(&session->stamp, "<");
    text_add_number(&session->stamp, ++greetings);
    text_add(&session->stamp, ".");
    text_add_number(&session->stamp, clock_fine());
    text_add(&session->stamp, "@board>");
    text_add(&text, "+OK POP3 ");
    text_add_bytes(&text, session->stamp.start, session->stamp.size);
    text_add(&text, "\r\n");
    send_text(session, &text);
}

static void send_body(struct session *session)
{
    static uint8_t piece[PIECE];
    size_t size = body_next(&session->body, piece, tcp_piece_limit(session->connection));
    tcp_write(session->connection, piece, size);
}

/* One command after another, each when the answer to the one before has left us. */
static void ready(struct tcp_connection *connection)
{
    struct session *session = session_of(connection);
    bool busy = true;
    while (busy && tcp_has_room(connection)) {
        if (session->body.active)
            send_body(session);
        else
            busy = take_input(session);
    }
    if (!busy && tcp_peer_ended(connection))
        tcp_close(connection);
}

static void gone(struct tcp_connection *connection)
{
    session_of(connection)->state = CLOSED;
}

void pop3_start(void)
{
    static const struct tcp_service service = {opened, ready, gone};
    tcp_listen(PORT_POP3, &service);
}
