/* Loaded once into pytest beside the firmware: where reports of a crash go, and what is in them.
 *
 * While a test runs, pytest has put a file in the place of standard error, and a crash would take that file with it.
 * So standard error is put back first, and then whoever was to handle the signal does.
 */

#include <signal.h>
#include <stddef.h>
#include <unistd.h>

extern void (*netx_crash_report)(void);
void netx_fault_install(int chain);
extern void __sanitizer_set_death_callback(void (*callback)(void)) __attribute__((weak));

static const int signals[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT};
#define SIGNALS (sizeof signals / sizeof signals[0])
static struct sigaction previous[SIGNALS];
static int standard_error = -1;

static void put_back(void)
{
    if (standard_error >= 0)
        dup2(standard_error, STDERR_FILENO);
}

static void dying(void)
{
    put_back();
    if (netx_crash_report)
        netx_crash_report();
}

static void handle(int number, siginfo_t *information, void *context)
{
    size_t i;
    put_back();
    for (i = 0; i < SIGNALS; i++) {
        sigaction(signals[i], &previous[i], NULL);
        if (signals[i] == number && (previous[i].sa_flags & SA_SIGINFO))
            previous[i].sa_sigaction(number, information, context);
    }
    if (information->si_code <= 0)
        raise(number); /* sent by somebody: it will not happen again by itself */
}

void netx_crash_install(int error_fd, void (*report)(void))
{
    struct sigaction action = {0};
    size_t i;
    standard_error = error_fd;
    netx_crash_report = report;
    netx_fault_install(1);
    if (__sanitizer_set_death_callback)
        __sanitizer_set_death_callback(dying);
    action.sa_sigaction = handle;
    action.sa_flags = SA_SIGINFO | SA_ONSTACK;
    for (i = 0; i < SIGNALS; i++)
        sigaction(signals[i], &action, &previous[i]);
}
