#ifndef BA_ENGINES_JSC_LOOP_H
#define BA_ENGINES_JSC_LOOP_H

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>

namespace ba {

// What the engine lacks: a thread that waits for messages and timers. Wake and Terminate may be called from any thread,
// the others on the JavaScript thread.
class JscLoop {
 public:
  using Clock = std::chrono::steady_clock;
  enum class Event { kWake, kTimer, kEnd };

  void Wake();
  // For good. JavaScript that runs is not interrupted: the public API of JavaScriptCore has no means for it.
  void Terminate();

  // When the next timer is due; replaces what was set before.
  void SetTimer(std::optional<Clock::time_point> due) { due_ = due; }
  // Waits. The end comes first, then messages, then timers.
  Event Next();

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  bool woken_ = false;
  bool ended_ = false;
  std::optional<Clock::time_point> due_;
};

}  // namespace ba

#endif
