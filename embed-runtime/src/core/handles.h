#ifndef BA_CORE_HANDLES_H
#define BA_CORE_HANDLES_H

#include <memory>

#include "ba_runtime.h"

namespace ba {

class Runtime;

enum class HandleState { kAlive, kDestroyed, kUnknown };

struct HandleLookup {
  HandleState state;
  // Set when alive.
  std::shared_ptr<Runtime> runtime;
};

// The handles of this process. A handle is the address of a byte that is never freed, so no other object, and no later
// handle, can have the same one.
ba_runtime* RegisterHandle(std::shared_ptr<Runtime> runtime);
HandleLookup FindHandle(const ba_runtime* handle);

// The handle is destroyed from now on; the caller owns what it named. Of two threads only one gets it.
HandleLookup TakeHandle(const ba_runtime* handle);

}  // namespace ba

#endif
