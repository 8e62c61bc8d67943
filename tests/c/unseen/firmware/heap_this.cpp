// Objects from the heap whose address is a thread's input, made before the kernel runs, at the start, and by a thread.
#include "tx_api.h"
#include <cstdint>

class Worker {
public:
    explicit Worker(const char *name) : runs(0) { status = tx_thread_create(&thread, const_cast<CHAR *>(name), start, static_cast<ULONG>(reinterpret_cast<std::uintptr_t>(this)), stack, sizeof stack, 10, 10, TX_NO_TIME_SLICE, TX_AUTO_START); }
    UINT runs, status;
private:
    static VOID start(ULONG input) { reinterpret_cast<Worker *>(static_cast<std::uintptr_t>(input))->run(); }
    void run() { while (runs < 3) { runs++; tx_thread_sleep(1); } }
    TX_THREAD thread = {};
    UCHAR stack[1024];
};

static Worker *workers[3];
static TX_THREAD maker;
static ULONG maker_stack[300];

static VOID make(ULONG) { workers[2] = new Worker("by a thread"); tx_thread_sleep(10); }

extern "C" VOID tx_application_define(VOID *)
{
    workers[0] = new Worker("at the start");
    workers[1] = new Worker("too");
    tx_thread_create(&maker, const_cast<CHAR *>("maker"), make, 0, maker_stack, sizeof maker_stack, 5, 5, 0, TX_AUTO_START);
}

int main()
{
    tx_kernel_enter();
    UINT bad = 0;
    for (Worker *worker : workers) bad += !worker || worker->runs != 3 || worker->status;
    return static_cast<int>(bad);
}
