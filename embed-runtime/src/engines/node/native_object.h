#ifndef BA_ENGINES_NODE_NATIVE_OBJECT_H
#define BA_ENGINES_NODE_NATIVE_OBJECT_H

#include <v8.h>

#include "engines/node/native_state.h"

namespace ba {

// The `Native` of src/guest/native.ts: what the engine lends to the bundle. It goes to `start` as an argument and is
// reachable by no other way. `state` is borrowed and outlives the context.
v8::MaybeLocal<v8::Object> CreateNativeObject(v8::Local<v8::Context> context, NativeState* state);

}  // namespace ba

#endif
