/* The serial port: bytes in and out of two rings, by interrupts. Nobody waits here. */

#ifndef UART_H
#define UART_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

void uart_start(void);

/* The next byte that came; false if there is none. */
bool uart_take(uint8_t *byte);
bool uart_is_empty(void);

/* How many bytes can be put. */
size_t uart_room(void);
void uart_put(uint8_t byte);

/* Bytes that came faster than they were taken. */
uint32_t uart_overruns(void);

void uart_receive_interrupt(void);
void uart_transmit_interrupt(void);

#endif
