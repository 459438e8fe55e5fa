// The outer Node set the process up; its flags hold for our environments too, which is why the program that loads the
// addon starts with --jitless --max-semi-space-size=1.
#include "engines/node/process_setup_addon.h"

#include <node.h>
#include <uv.h>
#include <v8.h>

#include <atomic>
#include <string>

#include "engines/node/process_setup.h"

namespace ba {
namespace {

std::atomic<node::MultiIsolatePlatform*> outer_platform = nullptr;

ProcessSetup SetUp(uint32_t heap_megabytes) {
  if (outer_platform == nullptr) {
    return {Result::Error(BA_ERROR_ENGINE, "The Node that loaded the addon has no platform that can be shared."),
            nullptr};
  }
  // V8 reads this limit whenever it makes an isolate, so the outer one keeps its own.
  if (heap_megabytes > 0) {
    const std::string flag = "--max-old-space-size=" + std::to_string(heap_megabytes);
    v8::V8::SetFlagsFromString(flag.data(), flag.size());
  }
  return {Result::Ok(), outer_platform};
}

}  // namespace

bool AdoptOuterPlatform() {
  v8::Isolate* isolate = v8::Isolate::GetCurrent();
  // Workers have a loop of their own.
  if (node::GetCurrentEventLoop(isolate) != uv_default_loop()) return false;
  v8::HandleScope scope(isolate);
  node::Environment* environment = node::GetCurrentEnvironment(isolate->GetCurrentContext());
  if (environment != nullptr) outer_platform = node::GetMultiIsolatePlatform(environment);
  return true;
}

const ProcessSetup& SetUpProcess(uint32_t heap_megabytes) {
  static const ProcessSetup* setup = new ProcessSetup(SetUp(heap_megabytes));
  return *setup;
}

}  // namespace ba
