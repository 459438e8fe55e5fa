#include "core/watchdog.h"

#include <condition_variable>
#include <mutex>
#include <set>
#include <utility>

#include "core/thread.h"

namespace ba {

struct Watchdog::State {
  std::function<void(uint64_t)> on_expired;
  std::mutex mutex;
  std::condition_variable changed;
  std::set<std::pair<TimePoint, uint64_t>> deadlines;
  // Until when the thread sleeps. A later deadline need not wake it, so that an event costs no switch of threads.
  TimePoint sleeping_until = TimePoint::min();
  bool started = false;
  bool closed = false;
};

Watchdog::Watchdog(std::function<void(uint64_t)> on_expired) : state_(std::make_shared<State>()) {
  state_->on_expired = std::move(on_expired);
}

Watchdog::~Watchdog() {
  std::lock_guard lock(state_->mutex);
  state_->closed = true;
  state_->changed.notify_one();
}

Result Watchdog::Arm(uint64_t number, TimePoint at) {
  std::lock_guard lock(state_->mutex);
  if (!state_->started) {
    Result started = StartThread("ba-watchdog", 0, [state = state_] { Main(state); });
    if (!started.ok()) return started;
    state_->started = true;
  }
  state_->deadlines.emplace(at, number);
  if (at < state_->sleeping_until) state_->changed.notify_one();
  return Result::Ok();
}

void Watchdog::Disarm(uint64_t number, TimePoint at) {
  std::lock_guard lock(state_->mutex);
  state_->deadlines.erase({at, number});
}

void Watchdog::Main(std::shared_ptr<State> state) {
  std::unique_lock lock(state->mutex);
  while (!state->closed) {
    if (state->deadlines.empty()) {
      state->sleeping_until = TimePoint::max();
      state->changed.wait(lock);
      continue;
    }
    auto [at, number] = *state->deadlines.begin();
    if (Clock::now() < at) {
      state->sleeping_until = at;
      state->changed.wait_until(lock, at);
      continue;
    }
    state->deadlines.erase(state->deadlines.begin());
    state->sleeping_until = TimePoint::min();
    lock.unlock();
    state->on_expired(number);
    lock.lock();
  }
}

}  // namespace ba
