#include "core/runtime.h"

#include <utility>

#include "core/callback_depth.h"
#include "core/thread.h"

namespace ba {
namespace {

// The load waits for its answer like an event, under a number that no event has.
constexpr uint64_t kLoad = 0;

ba_string ToString(std::string_view text) { return {text.data(), text.size()}; }

Watchdog::TimePoint After(uint32_t milliseconds) {
  return Watchdog::Clock::now() + std::chrono::milliseconds(milliseconds);
}

std::string Within(uint64_t number, uint32_t deadline) {
  return std::string("the handler did not ") + (number == kLoad ? "load" : "answer") + " within " +
         std::to_string(deadline) + " ms.";
}

}  // namespace

class Runtime::CallbackScope {
 public:
  CallbackScope(Runtime* runtime, Lock& lock) : runtime_(runtime), lock_(lock) {
    ++runtime_->callbacks_running_;
    lock_.unlock();
  }
  ~CallbackScope() {
    lock_.lock();
    if (--runtime_->callbacks_running_ == 0) runtime_->quiet_.notify_all();
  }
  CallbackScope(const CallbackScope&) = delete;
  CallbackScope& operator=(const CallbackScope&) = delete;

 private:
  Runtime* runtime_;
  Lock& lock_;
  CallbackDepth depth_;
};

std::shared_ptr<Runtime> Runtime::Create(const RuntimeOptions& options) {
  std::shared_ptr<Runtime> runtime(new Runtime(options));
  runtime->watchdog_ = std::make_unique<Watchdog>([weak = runtime->weak_from_this()](uint64_t number) {
    if (auto alive = weak.lock()) alive->OnExpired(number);
  });
  return runtime;
}

Runtime::Runtime(const RuntimeOptions& options) : options_(options), last_event_(kLoad) {}

Result Runtime::Load(std::string bundle_path, std::string configuration, uint32_t deadline, ba_reply_callback on_reply,
                     void* user_data) {
  Lock lock(mutex_);
  if (state_ == State::kStopped) return CheckAlive();
  if (state_ != State::kCreated) return Result::Error(BA_ERROR_WRONG_STATE, "A runtime loads one bundle, once.");
  Result added = AddRecipient(kLoad, {nullptr, on_reply, user_data, deadline, After(deadline), false, {}});
  if (!added.ok()) return added;
  engine_ = CreateEngine(this);
  EngineOptions engine_options{std::move(bundle_path), std::move(configuration), options_.heap_megabytes};
  Result started = StartThread("ba-javascript", options_.stack_size,
                               [self = shared_from_this(), engine_options = std::move(engine_options)] {
                                 self->JavaScriptThread(engine_options);
                               });
  if (!started.ok()) {
    RemoveRecipient(kLoad);
    state_ = State::kDead;
    death_ = started.text;
    return started;
  }
  thread_running_ = true;
  state_ = State::kLoading;
  return Result::Ok();
}

// The life of the engine. Load, Run and the destructors of their locals are all that ever happens on this thread.
void Runtime::JavaScriptThread(const EngineOptions& options) {
  Result loaded = engine_->Load(options);
  {
    Lock lock(mutex_);
    if (state_ == State::kLoading && loaded.ok()) {
      state_ = State::kRunning;
      Answer(lock, kLoad, std::move(loaded));
      engine_->Wake();  // For the events that came meanwhile.
    } else if (state_ == State::kLoading) {
      Answer(lock, kLoad, std::move(loaded));
      Die(lock, "The handler's bundle could not be loaded.");
    }
  }
  engine_->Run();
  Lock lock(mutex_);
  thread_running_ = false;
  quiet_.notify_all();
}

Result Runtime::Dispatch(const ba_event& event) {
  Lock lock(mutex_);
  if (state_ == State::kCreated) return Result::Error(BA_ERROR_WRONG_STATE, "An event came before ba_runtime_load.");
  if (Result alive = CheckAlive(); !alive.ok()) return alive;
  if (recipients_.size() - recipients_.count(kLoad) >= options_.queue_capacity) {
    return Result::Error(BA_ERROR_QUEUE_FULL,
                         std::to_string(options_.queue_capacity) + " events wait for their answers already.");
  }
  const uint64_t number = ++last_event_;
  Result added = AddRecipient(
      number, {event.on_download, event.on_reply, event.user_data, event.deadline, After(event.deadline), false, {}});
  if (!added.ok()) return added;
  inbox_.push_back({Message::Kind::kEvent, number, std::string(event.json.data, event.json.length)});
  lock.unlock();  // Or the thread that wakes would first wait for the lock.
  engine_->Wake();
  return Result::Ok();
}

Result Runtime::AnswerHostCall(uint64_t call, std::string_view reply) {
  Lock lock(mutex_);
  if (!host_calls_.Take(call)) {
    return Result::Error(BA_ERROR_INVALID_ARGUMENT,
                         "There is no host call " + std::to_string(call) + " that waits for an answer.");
  }
  if (Result alive = CheckAlive(); !alive.ok()) return alive;
  inbox_.push_back({Message::Kind::kHostReply, call, std::string(reply)});
  engine_->Wake();
  return Result::Ok();
}

Result Runtime::Stop(uint32_t deadline) {
  const auto until = After(deadline);
  if (CallbackDepth::InsideCallback()) {
    return Result::Error(BA_ERROR_WRONG_THREAD,
                         "A runtime cannot be stopped inside a callback, which it would wait for.");
  }
  Lock lock(mutex_);
  state_ = State::kStopped;
  inbox_.clear();
  if (engine_) engine_->Terminate();
  AnswerAll(lock, Result::Error(BA_ERROR_STOPPED, "The engine was stopped before it answered."));
  if (quiet_.wait_until(lock, until, [this] { return !thread_running_ && callbacks_running_ == 0; }))
    return Result::Ok();
  return Result::Error(BA_ERROR_DEADLINE, "The JavaScript thread did not end within " + std::to_string(deadline) +
                                              " ms: it is stuck in native code.");
}

void Runtime::OnWake() {
  Lock lock(mutex_);
  std::vector<Message> messages;
  if (state_ == State::kRunning) messages.swap(inbox_);
  for (const Message& message : messages) {
    if (state_ != State::kRunning) return;
    lock.unlock();
    engine_->Deliver(message);
    lock.lock();
  }
}

void Runtime::OnDownload(uint64_t event, const ba_download& download) {
  Lock lock(mutex_);
  // JavaScript runs on for a moment after its end was decided; BA_ERROR_ENGINE is on its way then.
  if (!CheckAlive().ok()) return;
  auto found = recipients_.find(event);
  if (found == recipients_.end() || found->second.on_download == nullptr) return;
  Recipient& recipient = found->second;  // Stays where it is: others postpone their answer meanwhile.
  recipient.receiving_download = true;
  {
    CallbackScope scope(this, lock);
    recipient.on_download(recipient.user_data, &download);
  }
  recipient.receiving_download = false;
  if (recipient.postponed) Answer(lock, event, *std::move(recipient.postponed));
}

void Runtime::OnReply(uint64_t event, std::string_view json) {
  Lock lock(mutex_);
  if (event != kLoad && CheckAlive().ok()) Answer(lock, event, Result::Ok(std::string(json)));
}

uint64_t Runtime::OnHostCall(std::string_view json) {
  Lock lock(mutex_);
  const uint64_t call = host_calls_.Add();
  if (state_ == State::kStopped) return call;
  if (options_.services.on_host_call == nullptr) {
    host_calls_.Take(call);
    inbox_.push_back(
        {Message::Kind::kHostReply, call,
         R"({"ok":false,"error":{"code":"BA_NO_HOST_SERVICES","message":"This host offers no services."}})"});
    engine_->Wake();
    return call;
  }
  CallbackScope scope(this, lock);
  options_.services.on_host_call(options_.user_data, call, ToString(json));
  return call;
}

void Runtime::OnLog(ba_log_level level, std::string_view message) {
  Lock lock(mutex_);
  if (state_ == State::kStopped || options_.services.on_log == nullptr) return;
  CallbackScope scope(this, lock);
  options_.services.on_log(options_.user_data, level, ToString(message));
}

void Runtime::OnEnded(std::string reason) {
  Lock lock(mutex_);
  Die(lock, std::move(reason));
}

void Runtime::OnExpired(uint64_t number) {
  Lock lock(mutex_);
  auto found = recipients_.find(number);
  if (found == recipients_.end()) return;
  const std::string within = Within(number, found->second.deadline);
  engine_->Terminate();
  // The state first: nothing may be queued between the answers.
  state_ = State::kDead;
  death_ = "The engine was stopped, because " + within;
  Answer(lock, number, Result::Error(BA_ERROR_DEADLINE, 'T' + within.substr(1)));
  AnswerAll(lock, Result::Error(BA_ERROR_ENGINE, death_));
}

Result Runtime::AddRecipient(uint64_t number, Recipient recipient) {
  if (recipient.deadline > 0) {
    Result armed = watchdog_->Arm(number, recipient.expires);
    if (!armed.ok()) return armed;
  }
  recipients_.emplace(number, std::move(recipient));
  return Result::Ok();
}

void Runtime::RemoveRecipient(uint64_t number) {
  auto found = recipients_.find(number);
  if (found->second.deadline > 0) watchdog_->Disarm(number, found->second.expires);
  recipients_.erase(found);
}

void Runtime::Answer(Lock& lock, uint64_t number, Result answer) {
  auto found = recipients_.find(number);
  if (found == recipients_.end()) return;
  if (found->second.receiving_download) {
    if (!found->second.postponed) found->second.postponed = std::move(answer);
    return;
  }
  const ba_reply_callback on_reply = found->second.on_reply;
  void* const user_data = found->second.user_data;
  RemoveRecipient(number);
  CallbackScope scope(this, lock);
  on_reply(user_data, answer.status, ToString(answer.text));
}

void Runtime::AnswerAll(Lock& lock, const Result& answer) {
  std::vector<uint64_t> numbers;
  for (const auto& [number, recipient] : recipients_) numbers.push_back(number);
  for (uint64_t number : numbers) Answer(lock, number, answer);
}

void Runtime::Die(Lock& lock, std::string reason) {
  if (!CheckAlive().ok()) return;
  state_ = State::kDead;
  death_ = std::move(reason);
  inbox_.clear();
  AnswerAll(lock, Result::Error(BA_ERROR_ENGINE, death_));
}

Result Runtime::CheckAlive() const {
  if (state_ == State::kStopped) return Result::Error(BA_ERROR_WRONG_STATE, "The runtime was stopped.");
  if (state_ == State::kDead) return Result::Error(BA_ERROR_ENGINE, death_);
  return Result::Ok();
}

}  // namespace ba
