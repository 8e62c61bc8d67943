/* Loaded once into pytest beside the firmware: where reports of a crash go, and what is in them.
 *
 * While a test runs, pytest has put files in the place of standard output and standard error, and a crash would take
 * them with it.  So what is in them is shown, and standard error is put back, before whoever is to handle the signal
 * does.
 */

#include <signal.h>
#include <stddef.h>
#include <sys/stat.h>
#include <unistd.h>

extern void (*netx_crash_report)(void);
void netx_fault_install(int chain);

static const int signals[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT};
#define SIGNALS (sizeof signals / sizeof signals[0])
static struct sigaction previous[SIGNALS];
static int standard_error = -1;

/* Shows what was captured of a descriptor. */
static void show(int fd)
{
    char text[4096];
    off_t place = 0;
    ssize_t size;
    struct stat captured, shown;
    if (fstat(fd, &captured) || fstat(standard_error, &shown) || !S_ISREG(captured.st_mode))
        return;
    if (captured.st_dev == shown.st_dev && captured.st_ino == shown.st_ino)
        return;
    while ((size = pread(fd, text, sizeof text, place)) > 0) {
        place += size;
        if (write(standard_error, text, (size_t)size) != size)
            return;
    }
}

static void put_back(void)
{
    if (standard_error < 0)
        return;
    show(STDOUT_FILENO);
    show(STDERR_FILENO);
    dup2(standard_error, STDERR_FILENO);
    standard_error = -1;
}

/* A sanitizer has made its report and will end the process. */
void netx_crash_dying(void)
{
    put_back();
    if (netx_crash_report)
        netx_crash_report();
}

static void handle(int number, siginfo_t *information, void *context)
{
    size_t i;
    put_back();
    for (i = 0; i < SIGNALS; i++)
        sigaction(signals[i], &previous[i], NULL);
    for (i = 0; i < SIGNALS; i++)
        if (signals[i] == number && (previous[i].sa_flags & SA_SIGINFO))
            previous[i].sa_sigaction(number, information, context);
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
    action.sa_sigaction = handle;
    action.sa_flags = SA_SIGINFO | SA_ONSTACK;
    for (i = 0; i < SIGNALS; i++)
        sigaction(signals[i], &action, &previous[i]);
}
