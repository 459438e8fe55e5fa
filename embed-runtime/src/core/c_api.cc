// ba_runtime.h: check, call, translate.
#include <algorithm>
#include <cstring>
#include <string_view>
#include <utility>

#include "ba_runtime.h"
#include "core/callback_depth.h"
#include "core/engine.h"
#include "core/handles.h"
#include "core/last_error.h"
#include "core/runtime.h"

namespace {

using ba::Publish;
using ba::Result;

constexpr uint32_t kDefaultQueueCapacity = 64;
constexpr size_t kDefaultStackSize = 8 << 20;
constexpr size_t kMinStackSize = 1 << 20;
constexpr uint32_t kDestroyDeadline = 1000;

Result Invalid(const char* message) { return Result::Error(BA_ERROR_INVALID_ARGUMENT, message); }

bool IsString(ba_string string) { return string.data != nullptr || string.length == 0; }

std::string_view View(ba_string string) { return {string.data == nullptr ? "" : string.data, string.length}; }

// A struct of a caller that knows fewer or more fields than this library; the ones that it lacks are zero.
template <typename Struct>
bool Copy(const Struct* from, size_t min_size, Struct* to) {
  if (from == nullptr || from->struct_size < min_size) return false;
  *to = Struct{};
  std::memcpy(to, from, std::min(from->struct_size, sizeof(Struct)));
  return true;
}

Result Dead(ba::HandleState state) {
  return Result::Error(BA_ERROR_INVALID_HANDLE, state == ba::HandleState::kDestroyed ? "The runtime was destroyed."
                                                                                     : "The handle names no runtime.");
}

template <typename Call>
ba_status WithRuntime(const ba_runtime* handle, Call call) {
  auto [state, runtime] = ba::FindHandle(handle);
  return Publish(runtime ? call(*runtime) : Dead(state));
}

Result Create(const ba_runtime_options* options, ba_runtime** out) {
  ba_runtime_options known;
  if (out == nullptr) return Invalid("out is NULL.");
  // As of version 1; a field that is added later does not move these.
  if (!Copy(options, sizeof known, &known))
    return Invalid("ba_runtime_options is NULL or its struct_size is too small.");
  ba_host_services services{};
  if (known.services != nullptr && !Copy(known.services, sizeof services, &services)) {
    return Invalid("The struct_size of ba_host_services is too small.");
  }
  if (known.stack_size != 0 && known.stack_size < kMinStackSize) return Invalid("stack_size is below 1 MiB.");
  *out = ba::RegisterHandle(ba::Runtime::Create({
      services,
      known.user_data,
      known.heap_megabytes,
      known.queue_capacity == 0 ? kDefaultQueueCapacity : known.queue_capacity,
      known.stack_size == 0 ? kDefaultStackSize : known.stack_size,
  }));
  return Result::Ok();
}

Result Load(ba::Runtime& runtime, ba_string path, ba_string configuration, uint32_t deadline,
            ba_reply_callback on_reply, void* user_data) {
  if (!IsString(path) || path.length == 0) return Invalid("bundle_path is empty.");
  if (View(path).find('\0') != std::string_view::npos) return Invalid("bundle_path contains a zero byte.");
  if (!IsString(configuration)) return Invalid("configuration has a length and no data.");
  if (on_reply == nullptr) return Invalid("on_reply is NULL.");
  return runtime.Load(std::string(View(path)), std::string(View(configuration)), deadline, on_reply, user_data);
}

Result Dispatch(ba::Runtime& runtime, const ba_event* event) {
  ba_event known;
  if (!Copy(event, sizeof known, &known)) return Invalid("ba_event is NULL or its struct_size is too small.");
  if (!IsString(known.json)) return Invalid("json has a length and no data.");
  if (known.on_reply == nullptr) return Invalid("on_reply is NULL.");
  return runtime.Dispatch(known);
}

Result AnswerHostCall(ba::Runtime& runtime, uint64_t call_id, ba_string reply) {
  if (!IsString(reply)) return Invalid("reply has a length and no data.");
  return runtime.AnswerHostCall(call_id, View(reply));
}

Result Destroy(const ba_runtime* handle) {
  if (handle == nullptr) return Result::Ok();
  if (ba::CallbackDepth::InsideCallback()) {
    return Result::Error(BA_ERROR_WRONG_THREAD,
                         "A runtime cannot be destroyed inside a callback, which it would wait for.");
  }
  auto [state, runtime] = ba::TakeHandle(handle);
  return runtime ? runtime->Stop(kDestroyDeadline) : Dead(state);
}

}  // namespace

extern "C" {

uint32_t ba_abi_version(void) { return BA_ABI_VERSION; }
const char* ba_engine_name(void) { return ba::EngineName(); }
const char* ba_engine_version(void) { return ba::EngineVersion(); }
const char* ba_last_error(void) { return ba::LastError(); }

ba_status ba_runtime_create(const ba_runtime_options* options, ba_runtime** out) {
  return Publish(Create(options, out));
}

ba_status ba_runtime_load(ba_runtime* handle, ba_string bundle_path, ba_string configuration, uint32_t deadline,
                          ba_reply_callback on_reply, void* user_data) {
  return WithRuntime(handle, [&](ba::Runtime& runtime) {
    return Load(runtime, bundle_path, configuration, deadline, on_reply, user_data);
  });
}

ba_status ba_runtime_dispatch(ba_runtime* handle, const ba_event* event) {
  return WithRuntime(handle, [&](ba::Runtime& runtime) { return Dispatch(runtime, event); });
}

ba_status ba_runtime_answer_host_call(ba_runtime* handle, uint64_t call_id, ba_string reply) {
  return WithRuntime(handle, [&](ba::Runtime& runtime) { return AnswerHostCall(runtime, call_id, reply); });
}

ba_status ba_runtime_stop(ba_runtime* handle, uint32_t deadline) {
  return WithRuntime(handle, [&](ba::Runtime& runtime) { return runtime.Stop(deadline); });
}

ba_status ba_runtime_destroy(ba_runtime* handle) { return Publish(Destroy(handle)); }

}  // extern "C"
