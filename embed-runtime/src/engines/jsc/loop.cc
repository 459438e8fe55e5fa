#include "engines/jsc/loop.h"

namespace ba {

void JscLoop::Wake() {
  {
    std::lock_guard lock(mutex_);
    woken_ = true;
  }
  changed_.notify_one();
}

void JscLoop::Terminate() {
  {
    std::lock_guard lock(mutex_);
    ended_ = true;
  }
  changed_.notify_one();
}

JscLoop::Event JscLoop::Next() {
  std::unique_lock lock(mutex_);
  const auto called = [this] { return woken_ || ended_; };
  if (due_) {
    if (!changed_.wait_until(lock, *due_, called)) return Event::kTimer;
  } else {
    changed_.wait(lock, called);
  }
  if (ended_) return Event::kEnd;
  woken_ = false;
  return Event::kWake;
}

}  // namespace ba
