#ifndef BA_ENGINES_JSC_FUNCTIONS_H
#define BA_ENGINES_JSC_FUNCTIONS_H

#include <JavaScriptCore/JavaScript.h>

#include "engines/jsc/call.h"

namespace ba {

// A function of ours, with what it works on. Static storage for the function, `data` outlives the context.
template <typename Data>
struct JscFunction {
  JSValueRef (*run)(JscCall& call, Data* data);
  Data* data;
};

// An object that can be called. A function made with JSObjectMakeFunctionWithCallback could carry nothing.
// `function` is borrowed and outlives the context.
template <typename Data>
JSObjectRef CreateFunction(JSContextRef context, const JscFunction<Data>* function) {
  static const JSClassRef callable = [] {
    JSClassDefinition definition = kJSClassDefinitionEmpty;
    definition.className = "Function";
    definition.callAsFunction = [](JSContextRef context, JSObjectRef object, JSObjectRef, size_t count,
                                   const JSValueRef arguments[], JSValueRef* exception) {
      const auto* function = static_cast<const JscFunction<Data>*>(JSObjectGetPrivate(object));
      JscCall call(context, count, arguments, exception);
      return function->run(call, function->data);
    };
    return JSClassCreate(&definition);
  }();
  return JSObjectMake(context, callable, const_cast<JscFunction<Data>*>(function));
}

}  // namespace ba

#endif
