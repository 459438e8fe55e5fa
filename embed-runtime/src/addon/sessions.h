#ifndef BA_ADDON_SESSIONS_H
#define BA_ADDON_SESSIONS_H

#include <napi.h>

#include <set>

#include "ba_runtime.h"

namespace ba {

// The runtimes of one outer Node, for its end. Main thread only.
class Sessions {
 public:
  // Once, when the addon is loaded: follows the outer Node's `exit` event.
  static void Watch(Napi::Env env);

  static Sessions& Of(Napi::Env env) { return *env.GetInstanceData<Sessions>(); }

  void Add(ba_runtime* runtime) { runtimes_.insert(runtime); }
  // Destroys it. One whose thread is stuck is remembered.
  ba_status Destroy(ba_runtime* runtime);

 private:
  // Stops what runs: V8 must not be torn down under a living isolate. When a thread is stuck the process ends here,
  // with `code` and without any teardown.
  void OnExit(int code);

  std::set<ba_runtime*> runtimes_;
  bool stuck_ = false;
};

}  // namespace ba

#endif
