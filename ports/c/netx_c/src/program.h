/* What a program has besides the services: an interpreter that it starts, and a report when it crashes. */

#ifndef NETX_PROGRAM_INTERNAL_H
#define NETX_PROGRAM_INTERNAL_H

#include <wchar.h>

/* Facts of the Python that the archive was built with, from cc/interpreter.py. */
extern const char *const netx_python_library;
extern const char *const netx_python_executable;
extern const wchar_t netx_python_name[]; /* the executable as Python itself spells it */
extern const char *const netx_python_package;
extern const char *const netx_python_script;

/* In the file with the tables that firmware may lack: who refers to it has them linked. */
extern const char netx_defaults;

/* Set by Python.  The program exits with a status: with which one after all?  And: a signal has come, say more. */
extern int (*netx_at_exit)(int status);
extern void (*netx_crash_report)(void);

/* Reports signals that end the program; `chain`: then lets the handler that was there before have them. */
void netx_fault_install(int chain);
/* Gives the running thread a stack on which its own overflow can be reported. */
void netx_fault_thread(void);

#endif
