#include "addon/call_queue.h"

#include <utility>

namespace ba {

std::shared_ptr<CallQueue> CallQueue::Create(Napi::Env env, std::function<void()> on_closed) {
  auto queue = std::make_shared<CallQueue>();
  queue->function_ =
      Function::New(env, "ba-extension", /* max_queue_size: unlimited */ 0, /* initial_thread_count */ 1, nullptr,
                    [queue, on_closed = std::move(on_closed)](Napi::Env, void*, std::nullptr_t*) {
                      queue->OnFinalize();
                      on_closed();
                    });
  queue->function_.Unref(env);
  return queue;
}

void CallQueue::OnFinalize() {
  std::lock_guard lock(mutex_);
  finalized_ = true;
}

void CallQueue::Post(Call call) {
  auto owned = std::make_unique<Call>(std::move(call));
  std::lock_guard lock(mutex_);
  if (!finalized_ && function_.NonBlockingCall(owned.get()) == napi_ok) owned.release();
}

void CallQueue::Hold(Napi::Env env) {
  if (holds_++ == 0) function_.Ref(env);
}

void CallQueue::Unhold(Napi::Env env) {
  if (--holds_ == 0) function_.Unref(env);
}

void CallQueue::Close() { function_.Release(); }

void CallQueue::Run(Napi::Env env, Napi::Function, std::nullptr_t*, Call* call) {
  std::unique_ptr<Call> owned(call);
  // No environment: it is being torn down, and JavaScript cannot be called.
  if (env != nullptr) (*owned)(env);
}

}  // namespace ba
