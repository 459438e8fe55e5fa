#ifndef BA_ENGINES_JSC_NATIVE_OBJECT_H
#define BA_ENGINES_JSC_NATIVE_OBJECT_H

#include <JavaScriptCore/JavaScript.h>

#include <memory>
#include <vector>

#include "core/engine.h"
#include "engines/jsc/collector.h"
#include "engines/jsc/functions.h"
#include "json/documents.h"

namespace ba {

// What the functions of the native object work on, on the JavaScript thread. Outlives the context.
struct JscNativeState {
  // Borrowed.
  EngineClient* client;
  JsonDocuments documents;
  JscCollector collector;
};

// The `Native` of src/guest/native.ts: what the engine lends to the bundle. Outlives the context.
class JscNativeObject {
 public:
  explicit JscNativeObject(EngineClient* client);

  JSObjectRef Create(JSContextRef context) const;
  void CloseAll() { state_.documents.CloseAll(); }

 private:
  JscNativeState state_;
  std::vector<JscFunction<JscNativeState>> functions_;
};

}  // namespace ba

#endif
