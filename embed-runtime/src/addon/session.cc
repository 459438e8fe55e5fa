#include "addon/session.h"

#include <memory>
#include <string_view>
#include <thread>
#include <utility>

#include "addon/sessions.h"
#include "addon/status.h"
#include "json/download.h"

namespace ba {
namespace {

ba_string ToString(std::string_view text) { return {text.data(), text.size()}; }

std::string Copy(ba_string text) { return std::string(text.data, text.length); }

}  // namespace

Session::Session(Napi::Env env, Napi::Function on_host_call, Napi::Function on_log)
    : queue_(CallQueue::Create(env, [this] { delete this; })),
      on_host_call_(Napi::Persistent(on_host_call)),
      on_log_(Napi::Persistent(on_log)) {}

Session* Session::Create(Napi::Env env, uint32_t heap_megabytes, Napi::Function on_host_call, Napi::Function on_log) {
  auto* session = new Session(env, on_host_call, on_log);
  ba_host_services services{};
  services.struct_size = sizeof services;
  services.on_host_call = OnHostCall;
  services.on_log = OnLog;
  ba_runtime_options options{};
  options.struct_size = sizeof options;
  options.services = &services;
  options.user_data = session;
  options.heap_megabytes = heap_megabytes;
  const ba_status status = ba_runtime_create(&options, &session->runtime_);
  if (status != BA_OK) {
    ThrowUnlessOk(env, status);
    session->queue_->Close();
    return nullptr;
  }
  Sessions::Of(env).Add(session->runtime_);
  return session;
}

ba_status Session::Load(Napi::Env env, const std::string& path, const std::string& configuration, uint32_t deadline,
                        Napi::Function on_reply) {
  auto recipient = std::make_unique<Recipient>(Recipient{this, {}, Napi::Persistent(on_reply)});
  const ba_status status =
      ba_runtime_load(runtime_, ToString(path), ToString(configuration), deadline, OnReply, recipient.get());
  if (status != BA_OK) return status;
  recipient.release();  // OnReply owns it now.
  queue_->Hold(env);
  return BA_OK;
}

ba_status Session::Dispatch(Napi::Env env, const std::string& json, uint32_t deadline, Napi::Function on_download,
                            Napi::Function on_reply) {
  auto recipient =
      std::make_unique<Recipient>(Recipient{this, Napi::Persistent(on_download), Napi::Persistent(on_reply)});
  ba_event event{};
  event.struct_size = sizeof event;
  event.json = ToString(json);
  event.deadline = deadline;
  event.on_download = OnDownload;
  event.on_reply = OnReply;
  event.user_data = recipient.get();
  const ba_status status = ba_runtime_dispatch(runtime_, &event);
  if (status != BA_OK && status != BA_ERROR_ENGINE) return status;
  queue_->Hold(env);
  Recipient* const released = recipient.release();
  if (status == BA_ERROR_ENGINE) OnReply(released, status, ToString(ba_last_error()));
  return BA_OK;
}

ba_status Session::AnswerHostCall(uint64_t call, const std::string& json) {
  const ba_status status = ba_runtime_answer_host_call(runtime_, call, ToString(json));
  // Nobody waits any more; that is not the caller's mistake.
  return status == BA_ERROR_ENGINE || status == BA_ERROR_WRONG_STATE ? BA_OK : status;
}

Napi::Promise Session::Stop(Napi::Env env, uint32_t deadline) {
  auto deferred = Napi::Promise::Deferred::New(env);
  queue_->Hold(env);
  ++stops_waiting_;
  // A thread of its own: the thread pool may be what JavaScript is stuck in. It holds what it uses; the session is
  // touched on the main thread only.
  std::thread([this, runtime = runtime_, queue = queue_, deferred, deadline] {
    const ba_status status = ba_runtime_stop(runtime, deadline);
    queue->Post([this, deferred, status, message = std::string(ba_last_error())](Napi::Env env) {
      --stops_waiting_;
      queue_->Unhold(env);
      CloseWhenIdle();
      if (status == BA_OK) {
        deferred.Resolve(env.Undefined());
      } else {
        deferred.Reject(MakeError(env, status, message).Value());
      }
    });
  }).detach();
  return deferred.Promise();
}

ba_status Session::Destroy(Napi::Env env) {
  const ba_status status = Sessions::Of(env).Destroy(runtime_);
  destroyed_ = true;
  CloseWhenIdle();
  return status;
}

void Session::CloseWhenIdle() {
  if (destroyed_ && stops_waiting_ == 0) queue_->Close();
}

void Session::OnHostCall(void* self, uint64_t call, ba_string json) {
  auto* session = static_cast<Session*>(self);
  session->queue_->Post([session, call, json = Copy(json)](Napi::Env env) {
    session->on_host_call_.Call({Napi::Number::New(env, static_cast<double>(call)), Napi::String::New(env, json)});
  });
}

void Session::OnLog(void* self, ba_log_level level, ba_string message) {
  auto* session = static_cast<Session*>(self);
  session->queue_->Post([session, level, message = Copy(message)](Napi::Env env) {
    session->on_log_.Call({Napi::Number::New(env, level), Napi::String::New(env, message)});
  });
}

void Session::OnDownload(void* user_data, const ba_download* download) {
  auto* recipient = static_cast<Recipient*>(user_data);
  // The reply, which deletes the recipient, is posted later.
  recipient->session->queue_->Post([recipient, json = DownloadJson(*download)](Napi::Env env) {
    recipient->on_download.Call({Napi::String::New(env, json)});
  });
}

void Session::OnReply(void* user_data, ba_status status, ba_string text) {
  auto* recipient = static_cast<Recipient*>(user_data);
  recipient->session->queue_->Post([recipient, status, text = Copy(text)](Napi::Env env) {
    std::unique_ptr<Recipient> owned(recipient);
    owned->session->queue_->Unhold(env);
    owned->on_reply.Call({Napi::Number::New(env, status), Napi::String::New(env, text)});
  });
}

}  // namespace ba
