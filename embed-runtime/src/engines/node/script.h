#ifndef BA_ENGINES_NODE_SCRIPT_H
#define BA_ENGINES_NODE_SCRIPT_H

#include <v8.h>

#include <initializer_list>
#include <string_view>

namespace ba {

// Compiles a text as the body of a function. Stacks speak of `name`.
v8::MaybeLocal<v8::Function> CompileFunction(v8::Local<v8::Context> context, std::string_view name,
                                             std::string_view source,
                                             std::initializer_list<std::string_view> parameters);

// Calls object[name](...).
v8::MaybeLocal<v8::Value> CallMethod(v8::Local<v8::Context> context, v8::Local<v8::Object> object,
                                     std::string_view name, std::initializer_list<v8::Local<v8::Value>> arguments);

}  // namespace ba

#endif
