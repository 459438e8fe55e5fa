#ifndef BA_CORE_WATCHDOG_H
#define BA_CORE_WATCHDOG_H

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>

#include "core/result.h"

namespace ba {

// Deadlines on a thread of their own, started by the first one. Every function may be called from any thread.
class Watchdog {
 public:
  using Clock = std::chrono::steady_clock;
  using TimePoint = Clock::time_point;

  // `on_expired(number)` runs on the watchdog's thread, without a lock, possibly after Disarm and after destruction: it
  // must hold what it uses.
  explicit Watchdog(std::function<void(uint64_t number)> on_expired);
  ~Watchdog();
  Watchdog(const Watchdog&) = delete;
  Watchdog& operator=(const Watchdog&) = delete;

  Result Arm(uint64_t number, TimePoint at);
  void Disarm(uint64_t number, TimePoint at);

 private:
  struct State;
  static void Main(std::shared_ptr<State> state);

  std::shared_ptr<State> state_;
};

}  // namespace ba

#endif
