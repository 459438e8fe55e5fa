#ifndef BA_ENGINES_NODE_JSON_FUNCTIONS_H
#define BA_ENGINES_NODE_JSON_FUNCTIONS_H

#include <v8.h>

namespace ba {

// native.jsonOpen and its like, over the documents of the NativeState that is the functions' data. Numbers of nodes and
// documents are doubles in JavaScript, hence good for files of 8 PiB.
void JsonOpen(const v8::FunctionCallbackInfo<v8::Value>& info);
void JsonClose(const v8::FunctionCallbackInfo<v8::Value>& info);
void JsonFind(const v8::FunctionCallbackInfo<v8::Value>& info);
void JsonText(const v8::FunctionCallbackInfo<v8::Value>& info);
void JsonFirst(const v8::FunctionCallbackInfo<v8::Value>& info);
void JsonNext(const v8::FunctionCallbackInfo<v8::Value>& info);
void JsonKind(const v8::FunctionCallbackInfo<v8::Value>& info);

}  // namespace ba

#endif
