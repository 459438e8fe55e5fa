// What differs between the headers of Node 20, 22, 24 and 26. Nothing else in this folder asks for a version.
#ifndef BA_ENGINES_NODE_COMPAT_H
#define BA_ENGINES_NODE_COMPAT_H

#include <node.h>
#include <node_version.h>
#include <v8.h>

namespace ba {

inline v8::ScriptOrigin MakeScriptOrigin([[maybe_unused]] v8::Isolate* isolate, v8::Local<v8::Value> name) {
#if NODE_MAJOR_VERSION < 22
  return v8::ScriptOrigin(isolate, name);
#else
  return v8::ScriptOrigin(name);
#endif
}

}  // namespace ba

#endif
