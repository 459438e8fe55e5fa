#include "engines/node/environment.h"

#include <unistd.h>

#include <tuple>
#include <utility>
#include <vector>

#include "engines/node/process_setup.h"

// Whether the library has a built-in snapshot shows nowhere at run time, and asking for one that is absent aborts: the
// build reads node_use_node_snapshot of the library's config.gypi.
#ifndef BA_NODE_SNAPSHOT
#error "Define BA_NODE_SNAPSHOT as 0 or 1."
#endif

namespace ba {
namespace {

// Room for the stack to unwind after the limit of the heap was reached.
constexpr size_t kHeapHeadroom = 32 << 20;

// V8's out-of-memory handler takes no data; every environment has a thread of its own.
thread_local NodeEnvironment* current = nullptr;

std::unique_ptr<node::CommonEnvironmentSetup> CreateSetup(node::MultiIsolatePlatform* platform,
                                                          std::vector<std::string>* errors) {
  const std::vector<std::string> args = {"ba-extension"};
  const std::vector<std::string> exec_args;
  using Flags = node::EnvironmentFlags::Flags;
  // Without kOwnsProcessState: process.chdir and its like throw.
  constexpr auto flags =
      static_cast<Flags>(Flags::kNoCreateInspector | Flags::kNoStartDebugSignalHandler | Flags::kNoNativeAddons |
                         Flags::kNoGlobalSearchPaths | Flags::kTrackUnmanagedFds);
#if BA_NODE_SNAPSHOT
  // 13 ms instead of 40. Kept for ever, because environments refer to it.
  static const node::EmbedderSnapshotData* snapshot = node::EmbedderSnapshotData::BuiltinSnapshotData().release();
  return node::CommonEnvironmentSetup::CreateFromSnapshot(platform, errors, snapshot, args, exec_args, flags);
#else
  return node::CommonEnvironmentSetup::Create(platform, errors, args, exec_args, flags);
#endif
}

}  // namespace

NodeEnvironment::NodeEnvironment(Callbacks callbacks) : callbacks_(std::move(callbacks)) {}

NodeEnvironment::~NodeEnvironment() = default;

Result NodeEnvironment::Create(uint32_t heap_megabytes) {
  const ProcessSetup& process = SetUpProcess(heap_megabytes);
  if (!process.result.ok()) return process.result;

  std::vector<std::string> errors;
  setup_ = CreateSetup(process.platform, &errors);
  if (!setup_)
    return Result::Error(BA_ERROR_ENGINE,
                         "The Node environment could not be made. " + (errors.empty() ? "" : errors.front()));
  current = this;

  EnvironmentScope scope(*this);
  // At once: without it process.exit() ends the host.
  node::SetProcessExitHandler(env(), [this](node::Environment*, int code) {
    End("The handler ended the engine with exit code " + std::to_string(code) + ".");
  });
  ContainHeap();
  // Referenced, so that the loop waits for events.
  uv_async_init(setup_->event_loop(), &wake_handle_,
                [](uv_async_t* handle) { static_cast<NodeEnvironment*>(handle->data)->callbacks_.on_wake(); });
  wake_handle_.data = this;
  node::AddEnvironmentCleanupHook(isolate(), CloseWakeHandle, this);
  if (!Publish()) return Result::Error(BA_ERROR_ENGINE, "The engine was stopped while it started.");
  return Result::Ok();
}

bool NodeEnvironment::Publish() {
  std::lock_guard lock(mutex_);
  if (terminated_) return false;
  alive_ = env();
  return true;
}

void NodeEnvironment::Spin() {
  EnvironmentScope scope(*this);
  std::ignore = node::SpinEventLoop(env());
}

void NodeEnvironment::Destroy() {
  if (!setup_) return;
  {
    std::lock_guard lock(mutex_);
    terminated_ = true;
    alive_ = nullptr;
  }
  node::Stop(env());
  setup_.reset();
  current = nullptr;
}

// Inside the environment's cleanup, which runs the loop afterwards: a loop with an open handle aborts when it is
// closed.
void NodeEnvironment::CloseWakeHandle(void* self) {
  uv_close(reinterpret_cast<uv_handle_t*>(&static_cast<NodeEnvironment*>(self)->wake_handle_), nullptr);
}

void NodeEnvironment::Wake() {
  std::lock_guard lock(mutex_);
  if (alive_ != nullptr) uv_async_send(&wake_handle_);
}

// Never a bare TerminateExecution: inside an async callback it ends the process.
void NodeEnvironment::Terminate() {
  std::lock_guard lock(mutex_);
  if (!std::exchange(terminated_, true) && alive_ != nullptr) node::Stop(alive_);
}

void NodeEnvironment::End(std::string reason) {
  if (end_reason_.empty()) end_reason_ = std::move(reason);
  Terminate();
}

void NodeEnvironment::ContainHeap() {
  isolate()->AddNearHeapLimitCallback(OnNearHeapLimit, this);
  isolate()->SetOOMErrorHandler(OnOutOfMemory);
}

size_t NodeEnvironment::OnNearHeapLimit(void* self, size_t current_limit, size_t initial_limit) {
  static_cast<NodeEnvironment*>(self)->End("The handler needed more than " + std::to_string(initial_limit >> 20) +
                                           " MiB of JavaScript heap.");
  return current_limit + kHeapHeadroom;
}

void NodeEnvironment::OnOutOfMemory(const char* location, const v8::OOMDetails&) {
  if (current != nullptr) {
    // The limit of the heap was noticed first, as a rule, and one allocation was larger than the headroom.
    std::string reason = current->end_reason_;
    if (reason.empty())
      reason =
          std::string("The engine ran out of memory (") + (location == nullptr ? "unknown place" : location) + ").";
    current->callbacks_.on_wedged(std::move(reason));
  }
  // V8 aborts the process when this returns. The host lives on, without this thread.
  for (;;) pause();
}

}  // namespace ba
