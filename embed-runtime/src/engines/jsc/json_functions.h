#ifndef BA_ENGINES_JSC_JSON_FUNCTIONS_H
#define BA_ENGINES_JSC_JSON_FUNCTIONS_H

#include "engines/jsc/functions.h"

namespace ba {

struct JscNativeState;

// json… of src/guest/native.ts.
JSValueRef JsonOpen(JscCall& call, JscNativeState* state);
JSValueRef JsonClose(JscCall& call, JscNativeState* state);
JSValueRef JsonFind(JscCall& call, JscNativeState* state);
JSValueRef JsonText(JscCall& call, JscNativeState* state);
JSValueRef JsonFirst(JscCall& call, JscNativeState* state);
JSValueRef JsonNext(JscCall& call, JscNativeState* state);
JSValueRef JsonKind(JscCall& call, JscNativeState* state);

}  // namespace ba

#endif
