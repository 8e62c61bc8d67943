/* A POP3 server (RFC 1939) for one user: USER, PASS, APOP, STAT, LIST, RETR, DELE, NOOP, RSET, QUIT.

   Mails that were deleted are back after a reset of the board. There is one session at a time: a login ends the session
   that holds the maildrop, which is one whose host was switched off. */

#ifndef POP3_H
#define POP3_H

void pop3_start(void);

#endif
