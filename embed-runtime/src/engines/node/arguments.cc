#include "engines/node/arguments.h"

#include <cmath>
#include <string>

#include "engines/node/values.h"

namespace ba {
namespace {

constexpr double kMaxSafeInteger = 9007199254740991;

}  // namespace

bool CheckArguments(const v8::FunctionCallbackInfo<v8::Value>& info, bool valid, const char* usage) {
  if (!valid)
    ThrowError(info.GetIsolate(), "BA_NATIVE_ARGUMENTS",
               std::string("The bundle and the runtime differ: ") + usage + '.');
  return valid;
}

bool ReadCount(v8::Local<v8::Value> value, uint64_t* out) {
  if (!value->IsNumber()) return false;
  const double number = value.As<v8::Number>()->Value();
  if (!(number >= 0 && number <= kMaxSafeInteger) || std::trunc(number) != number) return false;
  *out = static_cast<uint64_t>(number);
  return true;
}

}  // namespace ba
