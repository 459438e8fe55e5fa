#ifndef BA_ENGINES_JSC_COLLECTOR_H
#define BA_ENGINES_JSC_COLLECTOR_H

#include <JavaScriptCore/JavaScript.h>

#include <cstddef>

namespace ba {

// Makes the collector run while a handler reads a long manifest. Left alone it lets 8 MB of garbage gather, more than an
// extension may have; JSGarbageCollect only sets a timer of a run loop, which this thread has not, and what would collect
// at once is no public API. What is public: a buffer counts with its whole length when it is made, touched or not. So one
// over address space without memory tells the collector that much has gathered.
class JscCollector {
 public:
  JscCollector();
  ~JscCollector();
  JscCollector(const JscCollector&) = delete;
  JscCollector& operator=(const JscCollector&) = delete;

  // A call has left garbage behind: a text, or the arguments of a download.
  void Count(JSContextRef context);

 private:
  // Null where there is no address space: then memory grows as without.
  void* const region_;
  size_t calls_ = 0;
};

}  // namespace ba

#endif
