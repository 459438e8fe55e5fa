#include "engines/jsc/jsc_engine.h"

#include <cstdlib>
#include <memory>
#include <utility>

#include "core/bundle_functions.h"
#include "core/mapped_file.h"
#include "engines/jsc/bootstrap.h"
#include "json/writer.h"

namespace ba {
namespace {

constexpr std::string_view kBootstrapName = "ba-extension:bootstrap";

// No executable memory, as on devices, where only browsers may have it. The engine reads it once in a process.
void ForbidJit() {
#if !defined(__APPLE__)
  static const bool once = [] {
    setenv("JSC_useJIT", "0", 1);
    return true;
  }();
  static_cast<void>(once);
#endif
}

}  // namespace

JscEngine::JscEngine(EngineClient* client) : client_(client), native_(client) {}

Result JscEngine::Load(const EngineOptions& options) {
  MappedFile bundle;
  if (Result opened = bundle.Open(options.bundle_path); !opened.ok()) {
    return Result::Error(
        BA_ERROR_LOAD, GuestErrorJson("BA_LOAD_FAILED",
                                      "The bundle cannot be read: " + options.bundle_path + ". " + opened.text + "."));
  }
  ForbidJit();
  group_ = JSContextGroupCreate();
  context_ = JSGlobalContextCreateInGroup(group_, nullptr);
  Result loaded = Evaluate(options, bundle.content());
  running_ = loaded.ok();
  return loaded;
}

Result JscEngine::Evaluate(const EngineOptions& options, std::string_view source) {
  JSValueRef exception = nullptr;
  JSValueRef prepare = Compile(kBootstrapName, "setTimer, fail, log", JscBootstrapSource(), &exception);
  JSValueRef prepared = nullptr;
  if (exception == nullptr) {
    JSValueRef parts[] = {CreateFunction(context_, &set_timer_), CreateFunction(context_, &fail_),
                          CreateFunction(context_, &log_)};
    prepared = JSObjectCallAsFunction(context_, JSValueToObject(context_, prepare, nullptr), nullptr, 3, parts,
                                      &exception);
  }
  if (exception != nullptr) {
    return Result::Error(BA_ERROR_ENGINE, "JavaScriptCore could not be readied. " + ToUtf8(context_, exception));
  }
  JSObjectRef bootstrap = Protect(prepared);

  // The names of a CommonJS module. On the first line, where the bundle has its directive only.
  JSValueRef bundle =
      Compile(options.bundle_path, "exports, require, module, __filename, __dirname", source, &exception);
  if (exception != nullptr) return LoadError(bootstrap, exception);
  JSValueRef started = CallMethod(
      bootstrap, "start",
      {bundle, ToJs(context_, options.bundle_path), ToJs(context_, DirectoryOf(options.bundle_path)),
       native_.Create(context_), ToJs(context_, options.configuration)},
      &exception);
  if (exception != nullptr) return LoadError(bootstrap, exception);

  JSObjectRef guest = JSValueToObject(context_, started, nullptr);
  dispatch_ = Protect(GetProperty(context_, guest, "dispatch"));
  host_reply_ = Protect(GetProperty(context_, guest, "hostReply"));
  run_timers_ = Protect(GetProperty(context_, bootstrap, "runTimers"));
  return Result::Ok(ToUtf8(context_, GetProperty(context_, guest, "loaded")));
}

// Lines count as in the source; columns of its first line do not.
JSValueRef JscEngine::Compile(std::string_view name, std::string_view parameters, std::string_view source,
                              JSValueRef* exception) const {
  std::string text;
  text.reserve(source.size() + parameters.size() + 32);
  text.append("(function(").append(parameters).append("){").append(source).append("\n})");
  return JSEvaluateScript(context_, JscString(text).get(), nullptr, JscString(name).get(), 1, exception);
}

JSValueRef JscEngine::CallMethod(JSObjectRef object, const char* name, std::vector<JSValueRef> arguments,
                                 JSValueRef* exception) const {
  JSObjectRef method = JSValueToObject(context_, GetProperty(context_, object, name), exception);
  if (method == nullptr) return nullptr;
  return JSObjectCallAsFunction(context_, method, object, arguments.size(), arguments.data(), exception);
}

Result JscEngine::LoadError(JSObjectRef bootstrap, JSValueRef exception) const {
  JSValueRef failure = nullptr;
  JSValueRef described = CallMethod(bootstrap, "describe", {exception}, &failure);
  if (failure != nullptr || described == nullptr) {
    return Result::Error(BA_ERROR_ENGINE, "What the handler threw cannot be described.");
  }
  return Result::Error(BA_ERROR_LOAD, ToUtf8(context_, described));
}

void JscEngine::Run() {
  while (running_) {
    switch (loop_.Next()) {
      case JscLoop::Event::kWake:
        client_->OnWake();
        break;
      case JscLoop::Event::kTimer:
        loop_.SetTimer({});
        // What a callback throws ends the engine there; microtasks run before this returns.
        JSObjectCallAsFunction(context_, run_timers_, nullptr, 0, nullptr, nullptr);
        break;
      case JscLoop::Event::kEnd:
        running_ = false;
    }
  }
  client_->OnEnded(end_reason_.empty() ? "The engine was stopped." : end_reason_);
  Close();
}

void JscEngine::Deliver(const Message& message) {
  if (!running_) return;
  JSObjectRef function = message.kind == Message::Kind::kEvent ? dispatch_ : host_reply_;
  JSValueRef arguments[] = {JSValueMakeNumber(context_, static_cast<double>(message.number)),
                            ToJs(context_, message.json)};
  JSValueRef exception = nullptr;
  // Microtasks run before this returns.
  JSObjectCallAsFunction(context_, function, nullptr, 2, arguments, &exception);
  if (exception != nullptr) End("An uncaught error ended the engine: " + ToUtf8(context_, exception));
}

JSObjectRef JscEngine::Protect(JSValueRef value) {
  JSValueProtect(context_, value);
  JSObjectRef object = JSValueToObject(context_, value, nullptr);
  protected_.push_back(object);
  return object;
}

void JscEngine::End(std::string reason) {
  if (end_reason_.empty()) end_reason_ = std::move(reason);
  running_ = false;
}

void JscEngine::Close() {
  if (context_ == nullptr) return;
  for (JSObjectRef object : protected_) JSValueUnprotect(context_, object);
  JSGlobalContextRelease(context_);
  JSContextGroupRelease(group_);
  context_ = nullptr;
}

JSValueRef JscEngine::SetTimer(JscCall& call, JscEngine* self) {
  uint64_t milliseconds;
  if (call.Count(0, &milliseconds)) {
    self->loop_.SetTimer(JscLoop::Clock::now() + std::chrono::milliseconds(milliseconds));
  } else {
    self->loop_.SetTimer({});
  }
  return call.Undefined();
}

JSValueRef JscEngine::Fail(JscCall& call, JscEngine* self) {
  self->End("An uncaught error ended the engine: " + call.Text(0));
  return call.Undefined();
}

JSValueRef JscEngine::Log(JscCall& call, JscEngine* self) {
  uint64_t level;
  if (call.Count(0, &level)) self->client_->OnLog(static_cast<ba_log_level>(level), call.Text(1));
  return call.Undefined();
}

std::unique_ptr<Engine> CreateEngine(EngineClient* client) { return std::make_unique<JscEngine>(client); }

const char* EngineName() { return "jsc"; }

// On Apple platforms the engine is the system's, which tells no version.
const char* EngineVersion() {
#if defined(BA_JSC_VERSION)
  return BA_JSC_VERSION;
#else
  return "system";
#endif
}

}  // namespace ba
