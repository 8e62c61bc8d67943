/* Starts an interpreter in a program, at its first service call.
 *
 * Read first: "Embedding Python in Another Application", and cc/interpreter.py, where the facts come from.
 *
 * Python's shared library is loaded by name, so that neither building nor linking needs its headers; its symbols are
 * made global, for the extension modules that it loads.  An interpreter that is told the name of an executable finds
 * everything that belongs to it, also its virtual environment; what the user's environment says of another Python must
 * not get between.
 */

#define _GNU_SOURCE /* dladdr */
#include "host.h"
#include "program.h"

#include <dlfcn.h>
#include <errno.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <unistd.h>
#include <wchar.h>

#define STATUS_PYTHON 79 /* Exit.PYTHON */

int (*netx_at_exit)(int status);

/* Python's allocators hide their blocks from the search for leaks of a sanitizer: small objects, and the stack of calls
 * that are under way, which alone may know an object. */
extern void __lsan_do_leak_check(void) __attribute__((weak));

struct arenas {
    void *context;
    void *(*allocate)(void *context, size_t size);
    void (*release)(void *context, void *memory, size_t size);
};

struct python {
    void (*set_arenas)(struct arenas *arenas);
    int *utf8_mode;
    void (*set_program_name)(const wchar_t *name);
    void (*initialize)(int signals);
    int (*run)(const char *script);
    void *(*release)(void);
};

struct variable {
    const char *name;
    const char *value;
    char *before;
};

static struct variable variables[] = {
    {"PYTHONHOME", NULL, NULL}, {"PYTHONPATH", NULL, NULL}, {"PYTHONPLATLIBDIR", NULL, NULL},
    {"PYTHONMALLOC", NULL, NULL},
};
#define VARIABLES (sizeof variables / sizeof variables[0])

static _Noreturn void fail(const char *trouble, const char *what, const char *why, const char *package)
{
    fprintf(stderr, "netx: %s %s%s%s: ", trouble, what, why ? ": " : "", why ? why : "");
    if (package)
        fprintf(stderr, "install %s, or ", package);
    fprintf(stderr, "build this program again with netx-pop3 cc\n");
    exit(STATUS_PYTHON);
}

static void *symbol(void *library, const char *name)
{
    void *found = dlsym(library, name);
    if (!found)
        fail("there is nothing called", name, netx_python_library, NULL);
    return found;
}

static void load(struct python *python)
{
    void *library = dlopen(netx_python_library, RTLD_NOW | RTLD_GLOBAL);
    if (!library)
        fail("cannot load Python", netx_python_library, access(netx_python_library, F_OK) ? strerror(errno) : dlerror(),
             netx_python_package);
    if (access(netx_python_executable, X_OK))
        fail("the Python of this program is gone,", netx_python_executable, NULL, NULL);
    *(void **)&python->set_arenas = symbol(library, "PyObject_SetArenaAllocator");
    *(void **)&python->utf8_mode = symbol(library, "Py_UTF8Mode");
    *(void **)&python->set_program_name = symbol(library, "Py_SetProgramName");
    *(void **)&python->initialize = symbol(library, "Py_InitializeEx");
    *(void **)&python->run = symbol(library, "PyRun_SimpleString");
    *(void **)&python->release = symbol(library, "PyEval_SaveThread");
}

static void put(const char *name, const char *value)
{
    if (value)
        setenv(name, value, 1);
    else
        unsetenv(name);
}

static void *arena_allocate(void *context, size_t size)
{
    (void)context;
    return malloc(size);
}

static void arena_release(void *context, void *memory, size_t size)
{
    (void)context;
    (void)size;
    free(memory);
}

static void hide_environment(void)
{
    size_t i;
    if (__lsan_do_leak_check)
        variables[VARIABLES - 1].value = "malloc";
    for (i = 0; i < VARIABLES; i++) {
        const char *value = getenv(variables[i].name);
        variables[i].before = value ? strdup(value) : NULL;
        put(variables[i].name, variables[i].value);
    }
}

static void show_environment(void)
{
    size_t i;
    for (i = 0; i < VARIABLES; i++) {
        put(variables[i].name, variables[i].before);
        free(variables[i].before);
    }
}

/* Names of files are UTF-8, also where a service manager starts the program without any locale.  Python sets a locale;
 * the program keeps the one it has. */
static void initialize(struct python *python)
{
    char *locale = strdup(setlocale(LC_CTYPE, NULL));
    struct arenas arenas = {NULL, arena_allocate, arena_release};
    hide_environment();
    if (__lsan_do_leak_check)
        python->set_arenas(&arenas);
    *python->utf8_mode = 1;
    python->set_program_name(netx_python_name); /* it keeps the pointer */
    python->initialize(0);
    show_environment();
    setlocale(LC_CTYPE, locale);
    free(locale);
}

/* Which of the signals that stop a program it has left alone; asked before Python has handlers of its own. */
static struct sigaction stops[2];

static void note_signals(void)
{
    sigaction(SIGINT, NULL, &stops[0]);
    sigaction(SIGTERM, NULL, &stops[1]);
}

int netx_signal_is_default(int number)
{
    return stops[number == SIGTERM].sa_handler == SIG_DFL;
}

void netx_start(void)
{
    struct python python;
    int failed;
    netx_fault_install(0);
    note_signals();
    load(&python);
    initialize(&python);
    failed = python.run(netx_python_script);
    if (failed || !netx_bind || !netx_defaults)
        fail("cannot run the packages of", netx_python_executable, NULL, NULL);
    python.release();
}

/* -- Ctrl-C: the first ends the simulation, the next one the program, which may be in an endless loop of its own. -- */

static void (*python_handler)(int);
static volatile sig_atomic_t signalled;


static void handle_stop(int number)
{
    if (signalled++) {
        signal(number, SIG_DFL);
        raise(number);
        return;
    }
    python_handler(number);
}

/* Called when Python has installed its handler for this signal. */
void netx_stop_signal(int number)
{
    struct sigaction action;
    sigaction(number, NULL, &action);
    python_handler = action.sa_handler;
    action.sa_handler = handle_stop;
    sigaction(number, &action, NULL);
}

/* -- the end -- */

/* glibc goes on with the handlers that are left, and the new status, when one of them calls exit. */
static void at_exit(int status, void *unused)
{
    int (*finish)(int) = netx_at_exit;
    int now;
    (void)unused;
    netx_at_exit = NULL;
    netx_crash_report = NULL; /* a sanitizer that finds leaks after this needs no state of the simulation */
    if (!finish)
        return;
    now = finish(status);
    if (now != status)
        exit(now);
}

/* Is this in the program itself, and not in a library that somebody loads and unloads? */
static int in_program(void)
{
    Dl_info here, program;
    return dladdr((void *)at_exit, &here) && dladdr((void *)getauxval(AT_ENTRY), &program)
           && here.dli_fbase == program.dli_fbase;
}

/* Before main, so that it runs after all that the program registers itself. */
__attribute__((constructor(101))) static void prepare_exit(void)
{
    if (in_program())
        on_exit(at_exit, NULL);
}
