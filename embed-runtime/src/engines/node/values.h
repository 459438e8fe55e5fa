#ifndef BA_ENGINES_NODE_VALUES_H
#define BA_ENGINES_NODE_VALUES_H

#include <v8.h>

#include <string>
#include <string_view>

namespace ba {

// A literal, as a name.
v8::Local<v8::String> Name(v8::Isolate* isolate, std::string_view ascii);

// Empty when the text is longer than V8 can hold. Invalid UTF-8 becomes U+FFFD.
v8::MaybeLocal<v8::String> ToJs(v8::Isolate* isolate, std::string_view utf8);

// What String(value) gives, half a surrogate pair as U+FFFD; "" when that throws.
std::string ToUtf8(v8::Isolate* isolate, v8::Local<v8::Value> value);

// Throws an Error with a `code`.
void ThrowError(v8::Isolate* isolate, std::string_view code, std::string_view message);

}  // namespace ba

#endif
