#ifndef BA_ADDON_SESSION_H
#define BA_ADDON_SESSION_H

#include <napi.h>

#include <memory>
#include <string>

#include "addon/call_queue.h"
#include "ba_runtime.h"

namespace ba {

// One runtime, seen from the outer Node's main thread: every callback of the C ABI becomes a call on its loop. Lives
// from createRuntime until the last call after destroy() has run, then deletes itself.
class Session {
 public:
  // Null, with a JavaScript exception, when the runtime cannot be made.
  static Session* Create(Napi::Env env, uint32_t heap_megabytes, Napi::Function on_host_call, Napi::Function on_log);

  ba_status Load(Napi::Env env, const std::string& path, const std::string& configuration, uint32_t deadline,
                 Napi::Function on_reply);
  // Does not fail when the engine is dead: on_reply tells it, as it tells everything else that can happen to an event.
  ba_status Dispatch(Napi::Env env, const std::string& json, uint32_t deadline, Napi::Function on_download,
                     Napi::Function on_reply);
  ba_status AnswerHostCall(uint64_t call, const std::string& json);
  Napi::Promise Stop(Napi::Env env, uint32_t deadline);
  // Once; blocks up to one second when JavaScript is stuck in native code.
  ba_status Destroy(Napi::Env env);

 private:
  // Who waits for the answer to a load or an event. Made and deleted on the main thread.
  struct Recipient {
    Session* session;
    Napi::FunctionReference on_download;
    Napi::FunctionReference on_reply;
  };

  Session(Napi::Env env, Napi::Function on_host_call, Napi::Function on_log);

  static void OnHostCall(void* self, uint64_t call, ba_string json);
  static void OnLog(void* self, ba_log_level level, ba_string message);
  static void OnDownload(void* recipient, const ba_download* download);
  static void OnReply(void* recipient, ba_status status, ba_string text);

  // After destroy(), when no stop() waits any more.
  void CloseWhenIdle();

  ba_runtime* runtime_ = nullptr;
  std::shared_ptr<CallQueue> queue_;
  int stops_waiting_ = 0;
  bool destroyed_ = false;
  Napi::FunctionReference on_host_call_;
  Napi::FunctionReference on_log_;
};

}  // namespace ba

#endif
