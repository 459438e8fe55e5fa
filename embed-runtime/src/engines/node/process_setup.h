#ifndef BA_ENGINES_NODE_PROCESS_SETUP_H
#define BA_ENGINES_NODE_PROCESS_SETUP_H

#include <cstdint>

#include "core/result.h"

namespace node {
class MultiIsolatePlatform;
}

namespace ba {

// What a process does once for all environments, and never undoes. Two files implement it: process_setup_own.cc where
// Node is ours alone, process_setup_addon.cc where an outer Node did most of it. Linking chooses.
struct ProcessSetup {
  Result result;
  // Set when the result is BA_OK.
  node::MultiIsolatePlatform* platform = nullptr;
};

// The first call sets up, with its limit of the heap (0: V8's default); later ones return the same. Any thread.
const ProcessSetup& SetUpProcess(uint32_t heap_megabytes);

}  // namespace ba

#endif
