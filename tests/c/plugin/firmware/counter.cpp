// C++ with a C interface.

#include "tx_api.h"

namespace
{
class Counter
{
  public:
    int next() { return ++count_; }

  private:
    int count_ = 10;
};

Counter counter;
}  // namespace

extern "C" int counter_next() { return counter.next(); }

extern "C" UINT counter_sleep(ULONG ticks) { return tx_thread_sleep(ticks); }
