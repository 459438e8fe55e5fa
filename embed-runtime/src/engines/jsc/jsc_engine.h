#ifndef BA_ENGINES_JSC_JSC_ENGINE_H
#define BA_ENGINES_JSC_JSC_ENGINE_H

#include <JavaScriptCore/JavaScript.h>

#include <string>
#include <string_view>
#include <vector>

#include "core/engine.h"
#include "engines/jsc/functions.h"
#include "engines/jsc/loop.h"
#include "engines/jsc/native_object.h"

namespace ba {

// A virtual machine of JavaScriptCore on the JavaScript thread, by its public C API alone. It cannot interrupt
// JavaScript that runs: a handler that never returns keeps its thread, and the process ends with it.
class JscEngine final : public Engine {
 public:
  explicit JscEngine(EngineClient* client);

  Result Load(const EngineOptions& options) override;
  void Run() override;
  void Deliver(const Message& message) override;
  void Wake() override { loop_.Wake(); }
  void Terminate() override { loop_.Terminate(); }

 private:
  Result Evaluate(const EngineOptions& options, std::string_view source);
  JSValueRef Compile(std::string_view name, std::string_view parameters, std::string_view source,
                     JSValueRef* exception) const;
  // A method of an object; null with an exception.
  JSValueRef CallMethod(JSObjectRef object, const char* name, std::vector<JSValueRef> arguments,
                        JSValueRef* exception) const;
  Result LoadError(JSObjectRef bootstrap, JSValueRef exception) const;
  JSObjectRef Protect(JSValueRef value);
  void End(std::string reason);
  void Close();

  static JSValueRef SetTimer(JscCall& call, JscEngine* self);
  static JSValueRef Fail(JscCall& call, JscEngine* self);
  static JSValueRef Log(JscCall& call, JscEngine* self);

  EngineClient* const client_;
  const JscNativeObject native_;
  const JscFunction<JscEngine> set_timer_{SetTimer, this};
  const JscFunction<JscEngine> fail_{Fail, this};
  const JscFunction<JscEngine> log_{Log, this};
  JscLoop loop_;
  JSContextGroupRef group_ = nullptr;
  JSGlobalContextRef context_ = nullptr;
  bool running_ = false;
  std::string end_reason_;
  std::vector<JSObjectRef> protected_;
  JSObjectRef dispatch_ = nullptr;
  JSObjectRef host_reply_ = nullptr;
  JSObjectRef run_timers_ = nullptr;
};

}  // namespace ba

#endif
