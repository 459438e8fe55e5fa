#ifndef BA_ENGINES_NODE_FILE_READERS_H
#define BA_ENGINES_NODE_FILE_READERS_H

#include <v8.h>

namespace ba {

// native.readText(path) and native.readBytes(path): one copy, from the mapped file into the engine. They read any path
// that the process may read; which file an event is about is the guest's matter. Throws an Error with the code
// BA_FILE_UNREADABLE, BA_FILE_NOT_UTF8 or BA_FILE_TOO_LARGE.
void ReadText(const v8::FunctionCallbackInfo<v8::Value>& info);
void ReadBytes(const v8::FunctionCallbackInfo<v8::Value>& info);

}  // namespace ba

#endif
