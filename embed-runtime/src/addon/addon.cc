// The runtime as a Node addon: embeds a second Node environment beside the one that loads it.
#include <napi.h>

#include "addon/runtime_object.h"
#include "addon/sessions.h"
#include "ba_runtime.h"
#include "engines/node/process_setup_addon.h"

namespace {

Napi::Object Init(Napi::Env env, Napi::Object exports) {
  if (!ba::AdoptOuterPlatform()) {
    Napi::Error::New(env, "The addon of ba-extension runs on the main thread of Node, not in a worker.")
        .ThrowAsJavaScriptException();
    return exports;
  }
  ba::Sessions::Watch(env);
  exports.Set("abiVersion", Napi::Number::New(env, ba_abi_version()));
  exports.Set("engineName", Napi::String::New(env, ba_engine_name()));
  exports.Set("engineVersion", Napi::String::New(env, ba_engine_version()));
  exports.Set("createRuntime", Napi::Function::New<ba::CreateRuntime>(env, "createRuntime"));
  return exports;
}

}  // namespace

NODE_API_MODULE(ba_runtime, Init)
