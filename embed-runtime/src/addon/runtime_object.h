#ifndef BA_ADDON_RUNTIME_OBJECT_H
#define BA_ADDON_RUNTIME_OBJECT_H

#include <napi.h>

namespace ba {

// createRuntime(options) of the addon: an object with load, dispatch, answerHostCall, stop and destroy. What it takes
// and gives is written down in src/hosts/child/addon.ts. Misuse throws an Error whose `code` names a ba_status.
Napi::Value CreateRuntime(const Napi::CallbackInfo& info);

}  // namespace ba

#endif
