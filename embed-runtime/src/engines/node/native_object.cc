#include "engines/node/native_object.h"

#include <cstdint>
#include <string>

#include "engines/node/arguments.h"
#include "engines/node/download_arguments.h"
#include "engines/node/file_readers.h"
#include "engines/node/functions.h"
#include "engines/node/json_functions.h"
#include "engines/node/values.h"

namespace ba {
namespace {

using Info = v8::FunctionCallbackInfo<v8::Value>;

EngineClient* Client(const Info& info) { return FunctionData<NativeState>(info)->client; }

uint64_t ToNumber(v8::Local<v8::Value> value) { return static_cast<uint64_t>(value.As<v8::Number>()->Value()); }

void EmitDownload(const Info& info) {
  DownloadArguments download(info.GetIsolate());
  if (!CheckArguments(info, info[0]->IsNumber() && download.Read(info),
                      "emitDownload(event, identifier, url, fileSize, …)")) {
    return;
  }
  Client(info)->OnDownload(ToNumber(info[0]), download.get());
}

void Reply(const Info& info) {
  if (!CheckArguments(info, info[0]->IsNumber() && info[1]->IsString(), "reply(event, json)")) return;
  Client(info)->OnReply(ToNumber(info[0]), ToUtf8(info.GetIsolate(), info[1]));
}

void HostCall(const Info& info) {
  if (!CheckArguments(info, info[0]->IsString(), "hostCall(json)")) return;
  const uint64_t call = Client(info)->OnHostCall(ToUtf8(info.GetIsolate(), info[0]));
  info.GetReturnValue().Set(static_cast<double>(call));
}

void Log(const Info& info) {
  const bool valid =
      info[0]->IsUint32() && info[0].As<v8::Uint32>()->Value() <= BA_LOG_FAULT && info[1]->IsString();
  if (!CheckArguments(info, valid, "log(level, message)")) return;
  const auto level = static_cast<ba_log_level>(info[0].As<v8::Uint32>()->Value());
  Client(info)->OnLog(level, ToUtf8(info.GetIsolate(), info[1]));
}

}  // namespace

v8::MaybeLocal<v8::Object> CreateNativeObject(v8::Local<v8::Context> context, NativeState* state) {
  struct {
    const char* name;
    v8::FunctionCallback function;
  } const members[] = {
      {"emitDownload", EmitDownload}, {"reply", Reply},         {"hostCall", HostCall},   {"log", Log},
      {"readText", ReadText},         {"readBytes", ReadBytes}, {"jsonOpen", JsonOpen},   {"jsonClose", JsonClose},
      {"jsonFind", JsonFind},         {"jsonText", JsonText},   {"jsonFirst", JsonFirst}, {"jsonNext", JsonNext},
      {"jsonKind", JsonKind},
  };
  v8::Isolate* isolate = v8::Isolate::GetCurrent();
  v8::Local<v8::Object> native = v8::Object::New(isolate);
  for (const auto& [name, function] : members) {
    v8::Local<v8::Function> value;
    if (!CreateFunction(context, function, state).ToLocal(&value)) return {};
    if (!native->Set(context, Name(isolate, name), value).FromMaybe(false)) return {};
  }
  return native;
}

}  // namespace ba
