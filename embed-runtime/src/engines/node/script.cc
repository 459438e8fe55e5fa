#include "engines/node/script.h"

#include <vector>

#include "engines/node/compat.h"
#include "engines/node/values.h"

namespace ba {

v8::MaybeLocal<v8::Function> CompileFunction(v8::Local<v8::Context> context, std::string_view name,
                                             std::string_view source,
                                             std::initializer_list<std::string_view> parameters) {
  v8::Isolate* isolate = v8::Isolate::GetCurrent();
  v8::Local<v8::String> text, origin;
  if (!ToJs(isolate, source).ToLocal(&text) || !ToJs(isolate, name).ToLocal(&origin)) return {};
  std::vector<v8::Local<v8::String>> names;
  for (std::string_view parameter : parameters) names.push_back(Name(isolate, parameter));
  v8::ScriptCompiler::Source script(text, MakeScriptOrigin(isolate, origin));
  return v8::ScriptCompiler::CompileFunction(context, &script, names.size(), names.data());
}

v8::MaybeLocal<v8::Value> CallMethod(v8::Local<v8::Context> context, v8::Local<v8::Object> object,
                                     std::string_view name, std::initializer_list<v8::Local<v8::Value>> arguments) {
  v8::Local<v8::Value> method;
  if (!object->Get(context, Name(v8::Isolate::GetCurrent(), name)).ToLocal(&method)) return {};
  std::vector<v8::Local<v8::Value>> values(arguments);
  return method.As<v8::Function>()->Call(context, object, static_cast<int>(values.size()), values.data());
}

}  // namespace ba
