#ifndef BA_ENGINES_NODE_NATIVE_STATE_H
#define BA_ENGINES_NODE_NATIVE_STATE_H

#include "core/engine.h"
#include "json/documents.h"

namespace ba {

// What the functions of the native object work on, on the JavaScript thread. Outlives the context.
struct NativeState {
  // Borrowed.
  EngineClient* client;
  JsonDocuments documents;
};

}  // namespace ba

#endif
