#include "addon/runtime_object.h"

#include <cstdint>
#include <limits>
#include <string>

#include "addon/session.h"
#include "addon/status.h"

namespace ba {
namespace {

constexpr double kMaxSafeInteger = 9007199254740991;

// Reads arguments in order; after the first that does not fit, a JavaScript exception is pending and ok() is false.
class Arguments {
 public:
  explicit Arguments(const Napi::CallbackInfo& info) : info_(info) {}

  bool ok() const { return ok_; }
  std::string Text(const char* name) {
    return Check(name, "a string", Next().IsString()) ? Current().As<Napi::String>().Utf8Value() : "";
  }
  Napi::Function Function(const char* name) {
    return Check(name, "a function", Next().IsFunction()) ? Current().As<Napi::Function>() : Napi::Function();
  }
  uint32_t Milliseconds(const char* name) {
    return static_cast<uint32_t>(Count(name, std::numeric_limits<uint32_t>::max()));
  }
  uint64_t Number(const char* name) { return Count(name, kMaxSafeInteger); }

 private:
  Napi::Value Next() { return info_[at_++]; }
  Napi::Value Current() const { return info_[at_ - 1]; }

  uint64_t Count(const char* name, double max) {
    const double value = Next().IsNumber() ? Current().As<Napi::Number>().DoubleValue() : -1;
    const bool whole = value >= 0 && value <= max && value == static_cast<double>(static_cast<uint64_t>(value));
    return Check(name, "a whole number, 0 or more", whole) ? static_cast<uint64_t>(value) : 0;
  }

  bool Check(const char* name, const char* expected, bool fits) {
    if (ok_ && !fits) {
      MakeError(info_.Env(), BA_ERROR_INVALID_ARGUMENT, std::string(name) + " must be " + expected + ".")
          .ThrowAsJavaScriptException();
      ok_ = false;
    }
    return ok_;
  }

  const Napi::CallbackInfo& info_;
  size_t at_ = 0;
  bool ok_ = true;
};

// The Session of a runtime object; null, with a JavaScript exception, after destroy().
class Holder : public Napi::ObjectWrap<Holder> {
 public:
  static Napi::Function Class(Napi::Env env) {
    return DefineClass(env, "Runtime",
                       {InstanceMethod<&Holder::Load>("load"), InstanceMethod<&Holder::Dispatch>("dispatch"),
                        InstanceMethod<&Holder::AnswerHostCall>("answerHostCall"),
                        InstanceMethod<&Holder::Stop>("stop"), InstanceMethod<&Holder::Destroy>("destroy")});
  }

  explicit Holder(const Napi::CallbackInfo& info) : Napi::ObjectWrap<Holder>(info) {
    session_ = info[0].As<Napi::External<Session>>().Data();
    Ref();  // Until destroy(): callbacks go on without anybody who holds the object.
  }

 private:
  Session* Living(Napi::Env env) {
    if (session_ == nullptr)
      MakeError(env, BA_ERROR_INVALID_HANDLE, "The runtime was destroyed.").ThrowAsJavaScriptException();
    return session_;
  }

  void Load(const Napi::CallbackInfo& info) {
    Arguments arguments(info);
    const std::string path = arguments.Text("bundlePath");
    const std::string configuration = arguments.Text("configurationJson");
    const uint32_t deadline = arguments.Milliseconds("deadlineMs");
    const Napi::Function on_reply = arguments.Function("onReply");
    if (!arguments.ok() || !Living(info.Env())) return;
    ThrowUnlessOk(info.Env(), session_->Load(info.Env(), path, configuration, deadline, on_reply));
  }

  void Dispatch(const Napi::CallbackInfo& info) {
    Arguments arguments(info);
    const std::string event = arguments.Text("eventJson");
    const uint32_t deadline = arguments.Milliseconds("deadlineMs");
    const Napi::Function on_download = arguments.Function("onDownload");
    const Napi::Function on_reply = arguments.Function("onReply");
    if (!arguments.ok() || !Living(info.Env())) return;
    ThrowUnlessOk(info.Env(), session_->Dispatch(info.Env(), event, deadline, on_download, on_reply));
  }

  void AnswerHostCall(const Napi::CallbackInfo& info) {
    Arguments arguments(info);
    const uint64_t call = arguments.Number("callId");
    const std::string reply = arguments.Text("json");
    if (!arguments.ok() || !Living(info.Env())) return;
    ThrowUnlessOk(info.Env(), session_->AnswerHostCall(call, reply));
  }

  Napi::Value Stop(const Napi::CallbackInfo& info) {
    Arguments arguments(info);
    const uint32_t deadline = arguments.Milliseconds("deadlineMs");
    if (!arguments.ok() || !Living(info.Env())) return info.Env().Undefined();
    return session_->Stop(info.Env(), deadline);
  }

  void Destroy(const Napi::CallbackInfo& info) {
    if (!Living(info.Env())) return;
    const ba_status status = session_->Destroy(info.Env());
    session_ = nullptr;
    Unref();
    ThrowUnlessOk(info.Env(), status);
  }

  Session* session_;
};

bool ReadOptions(const Napi::CallbackInfo& info, uint32_t* heap_megabytes, Napi::Function* on_host_call,
                 Napi::Function* on_log) {
  Napi::Env env = info.Env();
  const char* problem = nullptr;
  if (!info[0].IsObject()) {
    problem = "createRuntime takes an object of options.";
  } else {
    const auto options = info[0].As<Napi::Object>();
    const Napi::Value heap = options.Get("heapMegabytes");
    const Napi::Value host_call = options.Get("onHostCall");
    const Napi::Value log = options.Get("onLog");
    if (env.IsExceptionPending()) return false;
    if (!heap.IsNumber() || !host_call.IsFunction() || !log.IsFunction()) {
      problem = "The options are heapMegabytes, a number, and the functions onHostCall and onLog.";
    } else {
      *heap_megabytes = heap.As<Napi::Number>().Uint32Value();
      *on_host_call = host_call.As<Napi::Function>();
      *on_log = log.As<Napi::Function>();
    }
  }
  if (problem != nullptr) MakeError(env, BA_ERROR_INVALID_ARGUMENT, problem).ThrowAsJavaScriptException();
  return problem == nullptr;
}

}  // namespace

Napi::Value CreateRuntime(const Napi::CallbackInfo& info) {
  Napi::Env env = info.Env();
  uint32_t heap_megabytes;
  Napi::Function on_host_call, on_log;
  if (!ReadOptions(info, &heap_megabytes, &on_host_call, &on_log)) return env.Undefined();
  Session* session = Session::Create(env, heap_megabytes, on_host_call, on_log);
  if (session == nullptr) return env.Undefined();
  return Holder::Class(env).New({Napi::External<Session>::New(env, session)});
}

}  // namespace ba
