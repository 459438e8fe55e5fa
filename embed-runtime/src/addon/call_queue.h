#ifndef BA_ADDON_CALL_QUEUE_H
#define BA_ADDON_CALL_QUEUE_H

#include <napi.h>

#include <functional>
#include <memory>
#include <mutex>

namespace ba {

// Work for the outer Node's main thread, run there in the order in which it was posted.
class CallQueue {
 public:
  using Call = std::function<void(Napi::Env)>;

  // Main thread. `on_closed` runs there, after the last call that was posted before Close; when the outer Node ends
  // first, the calls that wait are dropped.
  static std::shared_ptr<CallQueue> Create(Napi::Env env, std::function<void()> on_closed);

  // Any thread, any time.
  void Post(Call call);

  // Main thread: whether the loop waits for calls. At first it does not.
  void Hold(Napi::Env env);
  void Unhold(Napi::Env env);

  // Main thread, once.
  void Close();

 private:
  static void Run(Napi::Env env, Napi::Function unused, std::nullptr_t* context, Call* call);
  using Function = Napi::TypedThreadSafeFunction<std::nullptr_t, Call, Run>;

  void OnFinalize();

  Function function_;
  int holds_ = 0;

  // A thread-safe function may not be touched once it was finalised, which the outer Node's end does without asking.
  std::mutex mutex_;
  bool finalized_ = false;
};

}  // namespace ba

#endif
