/* A signal that ends the program: says which, in which service, where in C, and what the stack was doing.
 *
 * The process is broken when this runs, so it does as little as it can itself.  What needs Python, or a debugger's
 * tools, is done by a child that has a copy of the memory; a child that hangs is killed.  Afterwards the signal takes
 * its usual course, with a core file and the status that a shell knows.
 */

#define _GNU_SOURCE
#include "host.h"
#include "program.h"

#include <dlfcn.h>
#include <elf.h>
#include <execinfo.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <time.h>
#include <ucontext.h>
#include <unistd.h>

#define FRAMES 256
#define SHOWN 32
#define STACK_SIZE (64 * 1024)
#define PATIENCE_MS 5000
#define POLL_MS 5
#define ADDRESS_TEXT 20

void (*netx_crash_report)(void);

/* A sanitizer reports signals itself, better than this; it calls back before it ends the program. */
extern void __sanitizer_set_death_callback(void (*callback)(void)) __attribute__((weak));

static const int signals[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT};
static const char *const names[] = {"SIGSEGV (Segmentation fault)", "SIGBUS (Bus error)",
                                    "SIGFPE (Floating point exception)", "SIGILL (Illegal instruction)",
                                    "SIGABRT (Aborted)"};
#define SIGNALS (sizeof signals / sizeof signals[0])
static struct sigaction previous[SIGNALS];
static pthread_key_t own_stack;
static int installed;

/* -- children -- */

/* Without what fork does in a healthy process: a lock that the crash left taken would hang it here. */
static pid_t child(void)
{
    return (pid_t)syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0);
}

static void await(pid_t pid)
{
    const struct timespec pause = {0, POLL_MS * 1000000L};
    int waited;
    if (pid < 0)
        return;
    for (waited = 0; waited < PATIENCE_MS; waited += POLL_MS) {
        if (waitpid(pid, NULL, WNOHANG) != 0)
            return;
        nanosleep(&pause, NULL);
    }
    kill(pid, SIGKILL);
    waitpid(pid, NULL, 0);
    dprintf(STDERR_FILENO, "netx: (this took too long and was given up)\n");
}

/* A second fault in a child ends it, without a report of its own. */
static void be_plain(void)
{
    size_t i;
    sigset_t none;
    for (i = 0; i < SIGNALS; i++)
        signal(signals[i], SIG_DFL);
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
}

/* -- the stack of C -- */

/* Reads memory that may not be there. */
static int peek(const void *address, void *target, size_t size)
{
    struct iovec here = {target, size};
    struct iovec there = {(void *)address, size};
    return process_vm_readv(getpid(), &here, 1, &there, 1, 0) == (ssize_t)size;
}

static int in_code(void *address)
{
    Dl_info info;
    return dladdr(address, &info) && info.dli_fname;
}

/* The place of the fault, and the stack and frame pointers there; null where the machine is not known. */
static void *place_of(const ucontext_t *context, void ***stack, void ***frame)
{
#if defined(__x86_64__)
    *stack = (void **)context->uc_mcontext.gregs[REG_RSP];
    *frame = (void **)context->uc_mcontext.gregs[REG_RBP];
    return (void *)context->uc_mcontext.gregs[REG_RIP];
#elif defined(__aarch64__)
    *stack = NULL;
    *frame = (void **)context->uc_mcontext.regs[29];
    return (void *)context->uc_mcontext.pc;
#else
    (void)context;
    *stack = *frame = NULL;
    return NULL;
#endif
}

/* A call through a bad pointer leaves no way to unwind, but the return address is on the stack. */
static int frames_by_hand(void **frames, void *place, void **stack, void **frame)
{
    int count = 0;
    void *pair[2];
    frames[count++] = place;
    if (stack && peek(stack, pair, sizeof(void *)) && in_code(pair[0]))
        frames[count++] = pair[0];
    while (count < FRAMES && frame && peek(frame, pair, sizeof pair) && in_code(pair[1])) {
        frames[count++] = pair[1];
        if ((void **)pair[0] <= frame)
            break;
        frame = pair[0];
    }
    return count;
}

static int frames_of(void **frames, const ucontext_t *context)
{
    void **stack, **frame;
    void *place = place_of(context, &stack, &frame);
    int first, count;
    if (frame && !in_code(place))
        return frames_by_hand(frames, place, stack, frame);
    count = backtrace(frames, FRAMES);
    for (first = 0; first < count && frames[first] != place; first++)
        ;
    if (first == count)
        first = 0;
    memmove(frames, frames + first, (size_t)(count - first) * sizeof *frames);
    return count - first;
}

/* Below the function through which Python calls C there is only Python. */
static int is_gate(void *address)
{
    Dl_info info;
    return dladdr(address, &info) && info.dli_sname && strncmp(info.dli_sname, "netx_call", 9) == 0;
}

/* addr2line wants addresses as the file has them. */
static unsigned long offset_in(const Dl_info *info, void *address)
{
    const Elf64_Ehdr *header = info->dli_fbase;
    unsigned long base = header->e_type == ET_DYN ? (unsigned long)info->dli_fbase : 0;
    return (unsigned long)address - base;
}

static void print_plain(int number, void *address)
{
    Dl_info info;
    if (dladdr(address, &info) && info.dli_fname)
        dprintf(STDERR_FILENO, "  #%d %s+0x%lx %s\n", number, info.dli_fname, offset_in(&info, address),
                info.dli_sname ? info.dli_sname : "");
    else
        dprintf(STDERR_FILENO, "  #%d %p, which is no code\n", number, address);
}

/* "function at file:line", by binutils; where they are missing, the file and the address in it. */
static void print_frame(int number, void *address, int is_return)
{
    Dl_info info;
    char text[ADDRESS_TEXT];
    void *inside = is_return ? (char *)address - 1 : address;
    pid_t pid;
    if (!dladdr(address, &info) || !info.dli_fname) {
        print_plain(number, address);
        return;
    }
    snprintf(text, sizeof text, "0x%lx", offset_in(&info, inside));
    pid = child();
    if (pid == 0) {
        be_plain();
        dup2(STDERR_FILENO, STDOUT_FILENO);
        dprintf(STDERR_FILENO, "  #%d ", number);
        execlp("addr2line", "addr2line", "-Cfpe", info.dli_fname, text, (char *)NULL);
        dprintf(STDERR_FILENO, "%s+%s\n", info.dli_fname, text);
        _exit(0);
    }
    await(pid);
}

static void print_service(void)
{
    if (netx_service_name)
        dprintf(STDERR_FILENO, "netx: in %s\n", netx_service_name);
}

static int is_own(void *address)
{
    Dl_info own, info;
    return dladdr(&signals, &own) && dladdr(address, &info) && info.dli_fbase == own.dli_fbase;
}

/* Who has called the service: above it is the inside of Python, and the service's own function. */
static int caller_of_service(void **frames, int from, int count)
{
    int i = from;
    while (i < count && !is_own(frames[i]))
        i++;
    return i + 1 < count ? i + 1 : from;
}

static void print_frames(void **frames, int i, int count)
{
    int shown = 0, same = 0;
    dprintf(STDERR_FILENO, "netx: the stack of C, innermost first:\n");
    for (; i < count && shown < SHOWN && !is_gate(frames[i]); i++) {
        if (i > 0 && frames[i] == frames[i - 1]) {
            same++;
            continue;
        }
        if (same)
            dprintf(STDERR_FILENO, "     and %d times more\n", same);
        same = 0;
        print_frame(shown++, frames[i], i > 0);
    }
    if (same)
        dprintf(STDERR_FILENO, "     and %d times or more\n", same);
}

static void print_stack(const ucontext_t *context)
{
    void *frames[FRAMES];
    int count = frames_of(frames, context);
    print_frames(frames, netx_service_name ? caller_of_service(frames, 0, count) : 0, count);
}

/* For Python, in a service: who has called it. */
void netx_print_stack(void)
{
    void *frames[FRAMES];
    int count = backtrace(frames, FRAMES);
    int i = 0;
    if (!netx_service_name)
        return;
    while (i < count && is_own(frames[i]))
        i++; /* this function and its way here */
    print_service();
    print_frames(frames, caller_of_service(frames, i, count), count);
}

/* -- the report -- */

static void print_world(void)
{
    pid_t pid;
    if (!netx_crash_report)
        return;
    pid = child();
    if (pid == 0) {
        be_plain();
        netx_crash_report();
        _exit(0);
    }
    await(pid);
}

static void died(void)
{
    if (!netx_crash_report)
        return;
    print_service();
    print_world();
}

static void handle(int number, siginfo_t *information, void *context)
{
    const char *name = "";
    size_t i;
    for (i = 0; i < SIGNALS; i++) {
        sigaction(signals[i], &previous[i], NULL);
        if (signals[i] == number)
            name = names[i];
    }
    dprintf(STDERR_FILENO, "netx: signal %s", name);
    if (information->si_code > 0)
        dprintf(STDERR_FILENO, "; address %p", information->si_addr);
    dprintf(STDERR_FILENO, "\n");
    print_service();
    print_stack(context);
    print_world();
    if (information->si_code <= 0)
        raise(number); /* sent by somebody: it will not happen again by itself */
}

static void give_back(void *memory)
{
    stack_t stack = {NULL, SS_DISABLE, 0};
    sigaltstack(&stack, NULL);
    free(memory);
}

void netx_fault_thread(void)
{
    stack_t stack;
    if (!installed || pthread_getspecific(own_stack) || sigaltstack(NULL, &stack) || !(stack.ss_flags & SS_DISABLE))
        return;
    stack.ss_sp = malloc(STACK_SIZE);
    if (!stack.ss_sp)
        return;
    stack.ss_size = STACK_SIZE;
    stack.ss_flags = 0;
    sigaltstack(&stack, NULL);
    pthread_setspecific(own_stack, stack.ss_sp);
}

void netx_fault_install(int chain)
{
    struct sigaction action;
    void *frame;
    size_t i;
    if (__sanitizer_set_death_callback)
        __sanitizer_set_death_callback(died);
    memset(&action, 0, sizeof action);
    action.sa_sigaction = handle;
    action.sa_flags = SA_SIGINFO | SA_ONSTACK;
    backtrace(&frame, 1); /* loads the unwinder, which a handler must not */
    if (!installed && pthread_key_create(&own_stack, give_back) == 0)
        installed = 1;
    netx_fault_thread();
    for (i = 0; i < SIGNALS; i++) {
        sigaction(signals[i], NULL, &previous[i]);
        if (chain || previous[i].sa_handler == SIG_DFL)
            sigaction(signals[i], &action, NULL);
    }
}
