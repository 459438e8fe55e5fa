#ifndef BA_ENGINES_JSC_CALL_H
#define BA_ENGINES_JSC_CALL_H

#include <JavaScriptCore/JavaScript.h>

#include <string>
#include <string_view>

#include "engines/jsc/values.h"

namespace ba {

// One call of a function that the engine lends: its arguments, and how it ends.
class JscCall {
 public:
  JscCall(JSContextRef context, size_t count, const JSValueRef* arguments, JSValueRef* exception)
      : context_(context), count_(count), arguments_(arguments), exception_(exception) {}

  JSContextRef context() const { return context_; }
  // Undefined where there are fewer.
  JSValueRef at(size_t index) const { return index < count_ ? arguments_[index] : JSValueMakeUndefined(context_); }
  bool IsNumber(size_t index) const { return JSValueIsNumber(context_, at(index)); }
  bool IsString(size_t index) const { return JSValueIsString(context_, at(index)); }
  bool Count(size_t index, uint64_t* out) const { return ReadCount(context_, at(index), out); }
  std::string Text(size_t index) const { return ToUtf8(context_, at(index)); }

  JSValueRef Undefined() const { return JSValueMakeUndefined(context_); }
  JSValueRef Number(double number) const { return JSValueMakeNumber(context_, number); }

  // What the function returns then.
  JSValueRef Throw(std::string_view code, std::string_view message) {
    *exception_ = MakeError(context_, code, message);
    return Undefined();
  }
  // BA_NATIVE_ARGUMENTS: the guest is ours and typed, but its bundle may be of another version. `usage`: "reply(event, json)".
  JSValueRef ThrowArguments(const char* usage) {
    return Throw("BA_NATIVE_ARGUMENTS", std::string("The bundle and the runtime differ: ") + usage + '.');
  }

 private:
  JSContextRef context_;
  size_t count_;
  const JSValueRef* arguments_;
  JSValueRef* exception_;
};

}  // namespace ba

#endif
