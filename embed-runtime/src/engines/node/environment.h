#ifndef BA_ENGINES_NODE_ENVIRONMENT_H
#define BA_ENGINES_NODE_ENVIRONMENT_H

#include <node.h>
#include <uv.h>
#include <v8.h>

#include <functional>
#include <memory>
#include <mutex>
#include <string>

#include "core/result.h"

namespace ba {

// One Node environment with its isolate and loop, from set-up to teardown on the JavaScript thread. Wake and Terminate
// may be called from any thread at any time, before and after its life too.
class NodeEnvironment {
 public:
  struct Callbacks {
    // The loop runs; follows Wake.
    std::function<void()> on_wake;
    // V8 found no memory and will never go on: the thread is parked when this returns.
    std::function<void(std::string reason)> on_wedged;
  };

  explicit NodeEnvironment(Callbacks callbacks);
  ~NodeEnvironment();
  NodeEnvironment(const NodeEnvironment&) = delete;
  NodeEnvironment& operator=(const NodeEnvironment&) = delete;

  Result Create(uint32_t heap_megabytes);
  // Until Terminate or End.
  void Spin();
  void Destroy();

  void Wake();
  void Terminate();

  // JavaScript thread: ends JavaScript for a reason, a sentence for people. The first one counts.
  void End(std::string reason);
  // "" while nothing but Terminate ended it.
  const std::string& end_reason() const { return end_reason_; }

  node::Environment* env() const { return setup_->env(); }
  v8::Isolate* isolate() const { return setup_->isolate(); }
  v8::Local<v8::Context> context() const { return setup_->context(); }

 private:
  bool Publish();
  void ContainHeap();
  static size_t OnNearHeapLimit(void* self, size_t current, size_t initial);
  [[noreturn]] static void OnOutOfMemory(const char* location, const v8::OOMDetails& details);
  static void CloseWakeHandle(void* self);

  const Callbacks callbacks_;
  std::unique_ptr<node::CommonEnvironmentSetup> setup_;
  uv_async_t wake_handle_;
  std::string end_reason_;

  // What other threads touch: node::Stop and uv_async_send are safe only while the environment is alive.
  std::mutex mutex_;
  node::Environment* alive_ = nullptr;
  bool terminated_ = false;
};

// Enters the isolate and the context, as every entry to V8 must.
class EnvironmentScope {
 public:
  explicit EnvironmentScope(const NodeEnvironment& environment)
      : locker_(environment.isolate()),
        isolate_(environment.isolate()),
        handles_(environment.isolate()),
        context_(environment.context()) {}

 private:
  v8::Locker locker_;
  v8::Isolate::Scope isolate_;
  v8::HandleScope handles_;
  v8::Context::Scope context_;
};

}  // namespace ba

#endif
