#ifndef BA_ENGINES_JSC_FILE_FUNCTIONS_H
#define BA_ENGINES_JSC_FILE_FUNCTIONS_H

#include "engines/jsc/functions.h"

namespace ba {

struct JscNativeState;

// readText and readBytes of src/guest/native.ts.
JSValueRef ReadText(JscCall& call, JscNativeState* state);
JSValueRef ReadBytes(JscCall& call, JscNativeState* state);

}  // namespace ba

#endif
