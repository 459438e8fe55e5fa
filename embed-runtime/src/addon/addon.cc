// The extension process of the host `embedded`, as a Node addon: embeds a second Node environment beside the one that
// loads it. What it exports is written down in src/hosts/child/addon.ts.
#include <napi.h>

#include "ba_runtime.h"
#include "engines/node/process_setup_addon.h"
#include "extension/run.h"

namespace {

// The main thread is ours from here on; the outer Node has nothing more to do.
void Run(const Napi::CallbackInfo&) { ba::RunExtension("embedded"); }

Napi::Object Init(Napi::Env env, Napi::Object exports) {
  if (!ba::AdoptOuterPlatform()) {
    Napi::Error::New(env, "The addon of ba-extension runs on the main thread of Node, not in a worker.")
        .ThrowAsJavaScriptException();
    return exports;
  }
  exports.Set("abiVersion", Napi::Number::New(env, ba_abi_version()));
  exports.Set("run", Napi::Function::New<Run>(env, "run"));
  return exports;
}

}  // namespace

NODE_API_MODULE(ba_runtime, Init)
