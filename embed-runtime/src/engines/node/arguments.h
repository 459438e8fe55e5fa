#ifndef BA_ENGINES_NODE_ARGUMENTS_H
#define BA_ENGINES_NODE_ARGUMENTS_H

#include <v8.h>

#include <cstdint>

namespace ba {

// Throws BA_NATIVE_ARGUMENTS unless `valid`: the guest is ours and typed, but its bundle may be of another version.
// `usage`: "reply(event, json)".
bool CheckArguments(const v8::FunctionCallbackInfo<v8::Value>& info, bool valid, const char* usage);

// A whole number that a double holds exactly, 0 or more. False: it is something else.
bool ReadCount(v8::Local<v8::Value> value, uint64_t* out);

}  // namespace ba

#endif
