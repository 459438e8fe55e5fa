#ifndef BA_CORE_RUNTIME_H
#define BA_CORE_RUNTIME_H

#include <condition_variable>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ba_runtime.h"
#include "core/engine.h"
#include "core/host_calls.h"
#include "core/result.h"
#include "core/watchdog.h"

namespace ba {

struct RuntimeOptions {
  ba_host_services services;
  void* user_data;
  uint32_t heap_megabytes;
  uint32_t queue_capacity;
  size_t stack_size;
};

// What a ba_runtime handle names: the life of one engine, and who waits for answers. Every public function may be
// called from any thread. The handle and the JavaScript thread own it together, so a stuck thread keeps it alive.
class Runtime final : public EngineClient, public std::enable_shared_from_this<Runtime> {
 public:
  static std::shared_ptr<Runtime> Create(const RuntimeOptions& options);

  Result Load(std::string bundle_path, std::string configuration, uint32_t deadline, ba_reply_callback on_reply,
              void* user_data);
  Result Dispatch(const ba_event& event);
  Result AnswerHostCall(uint64_t call, std::string_view reply);
  // BA_OK: the JavaScript thread has ended and no callback runs.
  Result Stop(uint32_t deadline);

  void OnWake() override;
  void OnDownload(uint64_t event, const ba_download& download) override;
  void OnReply(uint64_t event, std::string_view json) override;
  uint64_t OnHostCall(std::string_view json) override;
  void OnLog(ba_log_level level, std::string_view message) override;
  void OnEnded(std::string reason) override;

 private:
  enum class State { kCreated, kLoading, kRunning, kDead, kStopped };
  using Lock = std::unique_lock<std::mutex>;

  // Who waits for the answer to a load or an event.
  struct Recipient {
    ba_download_callback on_download;
    ba_reply_callback on_reply;
    void* user_data;
    uint32_t deadline;
    Watchdog::TimePoint expires;
    // While on_download runs, an answer of another thread is postponed: downloads never overlap or follow the reply.
    bool receiving_download = false;
    std::optional<Result> postponed;
  };

  // Releases the lock and counts a running callback; takes the lock again at the end.
  class CallbackScope;

  explicit Runtime(const RuntimeOptions& options);

  void JavaScriptThread(const EngineOptions& options);
  void OnExpired(uint64_t number);
  Result AddRecipient(uint64_t number, Recipient recipient);
  void RemoveRecipient(uint64_t number);
  // Exactly once for each recipient; a later answer finds nobody. Releases the lock meanwhile.
  void Answer(Lock& lock, uint64_t number, Result answer);
  void AnswerAll(Lock& lock, const Result& answer);
  // From now on every event gets BA_ERROR_ENGINE. Releases the lock meanwhile.
  void Die(Lock& lock, std::string reason);
  // BA_OK while events can still be answered.
  Result CheckAlive() const;

  const RuntimeOptions options_;
  std::unique_ptr<Watchdog> watchdog_;

  std::mutex mutex_;
  std::condition_variable quiet_;
  State state_ = State::kCreated;
  std::string death_;
  std::unique_ptr<Engine> engine_;
  std::map<uint64_t, Recipient> recipients_;
  uint64_t last_event_;
  std::vector<Message> inbox_;
  HostCalls host_calls_;
  bool thread_running_ = false;
  int callbacks_running_ = 0;
};

}  // namespace ba

#endif
