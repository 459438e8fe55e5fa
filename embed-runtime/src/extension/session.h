#ifndef BA_EXTENSION_SESSION_H
#define BA_EXTENSION_SESSION_H

#include <string_view>

#include "ba_runtime.h"
#include "extension/frames.h"
#include "extension/parent_frame.h"

namespace ba {

// One extension process: frames of the parent to one runtime, and its callbacks back as frames. Receive runs on the
// main thread, which never waits for JavaScript.
class Session {
 public:
  // `host`: the name that `hello` tells; static storage. `writer` is borrowed.
  Session(std::string_view host, FrameWriter* writer) : host_(host), writer_(writer) {}

  void SayHello();
  // False after `stop`.
  bool Receive(std::string_view frame);
  void SendProblem(const FrameProblem& problem);
  // Waits for the JavaScript thread, but not long: the process ends all the same.
  void Stop();

 private:
  struct Recipient {
    Session* session;
    uint64_t id;
  };

  void Load(const LoadFrame& frame);
  void Dispatch(const DispatchFrame& frame);
  void SendLoaded(ba_status status, std::string_view text);
  void SendReply(uint64_t id, ba_status status, std::string_view text);

  static void OnLoaded(void* self, ba_status status, ba_string text);
  static void OnDownload(void* recipient, const ba_download* download);
  static void OnReply(void* recipient, ba_status status, ba_string text);
  static void OnHostCall(void* self, uint64_t call, ba_string json);
  static void OnLog(void* self, ba_log_level level, ba_string message);

  const std::string_view host_;
  FrameWriter* const writer_;
  ba_runtime* runtime_ = nullptr;
};

}  // namespace ba

#endif
