#include "addon/sessions.h"

#include <unistd.h>

#include <cstdio>

namespace ba {
namespace {

constexpr uint32_t kStopDeadline = 1000;

}  // namespace

void Sessions::Watch(Napi::Env env) {
  auto* sessions = new Sessions;
  env.SetInstanceData(sessions);
  const auto process = env.Global().Get("process").As<Napi::Object>();
  const auto on_exit = Napi::Function::New(
      env, [sessions](const Napi::CallbackInfo& info) { sessions->OnExit(info[0].As<Napi::Number>().Int32Value()); });
  process.Get("on").As<Napi::Function>().Call(process, {Napi::String::New(env, "exit"), on_exit});
}

ba_status Sessions::Destroy(ba_runtime* runtime) {
  runtimes_.erase(runtime);
  const ba_status status = ba_runtime_destroy(runtime);
  if (status == BA_ERROR_DEADLINE) stuck_ = true;
  return status;
}

void Sessions::OnExit(int code) {
  for (ba_runtime* runtime : runtimes_) {
    if (ba_runtime_stop(runtime, kStopDeadline) == BA_ERROR_DEADLINE) stuck_ = true;
  }
  if (!stuck_) return;
  std::fflush(nullptr);
  _exit(code);
}

}  // namespace ba
