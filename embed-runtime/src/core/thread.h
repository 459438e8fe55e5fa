#ifndef BA_CORE_THREAD_H
#define BA_CORE_THREAD_H

#include <cstddef>
#include <functional>

#include "core/result.h"

namespace ba {

// Starts a detached thread. Nobody ever joins one of ours: a thread that is stuck in native code must not take the
// thread that waits for it along. `name` has at most 15 characters; stack_size 0 is the system's default.
Result StartThread(const char* name, size_t stack_size, std::function<void()> body);

}  // namespace ba

#endif
