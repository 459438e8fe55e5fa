#ifndef BA_ENGINES_NODE_FUNCTIONS_H
#define BA_ENGINES_NODE_FUNCTIONS_H

#include <v8.h>

#include <cstdint>

namespace ba {

// Functions with a pointer to what they work on. It travels as a BigInt, because v8::External changes with every
// version.
inline v8::MaybeLocal<v8::Function> CreateFunction(v8::Local<v8::Context> context, v8::FunctionCallback function,
                                                   void* data) {
  v8::Local<v8::BigInt> address =
      v8::BigInt::NewFromUnsigned(v8::Isolate::GetCurrent(), reinterpret_cast<uintptr_t>(data));
  return v8::Function::New(context, function, address, 0, v8::ConstructorBehavior::kThrow);
}

template <typename T>
T* FunctionData(const v8::FunctionCallbackInfo<v8::Value>& info) {
  return reinterpret_cast<T*>(static_cast<uintptr_t>(info.Data().As<v8::BigInt>()->Uint64Value()));
}

}  // namespace ba

#endif
