#include "core/handles.h"

#include <mutex>
#include <unordered_map>
#include <utility>

struct ba_runtime {
  char address_only;
};

namespace ba {
namespace {

struct Registry {
  std::mutex mutex;
  // Empty pointers are the destroyed ones. The key is an allocation that is kept, see RegisterHandle.
  std::unordered_map<const ba_runtime*, std::shared_ptr<Runtime>> runtimes;
};

// Never destroyed: threads of a stuck runtime may still run while the process exits.
Registry& TheRegistry() {
  static Registry* registry = new Registry;
  return *registry;
}

template <typename Extract>
HandleLookup Lookup(const ba_runtime* handle, Extract extract) {
  Registry& registry = TheRegistry();
  std::lock_guard lock(registry.mutex);
  auto found = registry.runtimes.find(handle);
  if (found == registry.runtimes.end()) return {HandleState::kUnknown, nullptr};
  if (!found->second) return {HandleState::kDestroyed, nullptr};
  return {HandleState::kAlive, extract(found->second)};
}

}  // namespace

ba_runtime* RegisterHandle(std::shared_ptr<Runtime> runtime) {
  Registry& registry = TheRegistry();
  auto* handle = new ba_runtime{};
  std::lock_guard lock(registry.mutex);
  registry.runtimes.emplace(handle, std::move(runtime));
  return handle;
}

HandleLookup FindHandle(const ba_runtime* handle) {
  return Lookup(handle, [](std::shared_ptr<Runtime>& runtime) { return runtime; });
}

HandleLookup TakeHandle(const ba_runtime* handle) {
  return Lookup(handle, [](std::shared_ptr<Runtime>& runtime) { return std::exchange(runtime, nullptr); });
}

}  // namespace ba
