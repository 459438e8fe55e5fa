#include "engines/jsc/native_object.h"

#include <string>

#include "engines/jsc/download_arguments.h"
#include "engines/jsc/file_functions.h"
#include "engines/jsc/json_functions.h"

namespace ba {
namespace {

JSValueRef EmitDownload(JscCall& call, JscNativeState* state) {
  uint64_t event;
  JscDownloadArguments download(call.context());
  if (!call.Count(0, &event) || !download.Read(call)) {
    return call.ThrowArguments("emitDownload(event, identifier, url, fileSize, …)");
  }
  state->client->OnDownload(event, download.get());
  state->collector.Count(call.context());
  return call.Undefined();
}

JSValueRef Reply(JscCall& call, JscNativeState* state) {
  uint64_t event;
  if (!call.Count(0, &event) || !call.IsString(1)) return call.ThrowArguments("reply(event, json)");
  state->client->OnReply(event, call.Text(1));
  return call.Undefined();
}

JSValueRef HostCall(JscCall& call, JscNativeState* state) {
  if (!call.IsString(0)) return call.ThrowArguments("hostCall(json)");
  return call.Number(static_cast<double>(state->client->OnHostCall(call.Text(0))));
}

JSValueRef Log(JscCall& call, JscNativeState* state) {
  uint64_t level;
  if (!call.Count(0, &level) || level > BA_LOG_FAULT || !call.IsString(1)) {
    return call.ThrowArguments("log(level, message)");
  }
  state->client->OnLog(static_cast<ba_log_level>(level), call.Text(1));
  return call.Undefined();
}

using Run = JSValueRef (*)(JscCall&, JscNativeState*);
constexpr struct {
  const char* name;
  Run run;
} kMembers[] = {
    {"emitDownload", EmitDownload}, {"reply", Reply},         {"hostCall", HostCall},   {"log", Log},
    {"readText", ReadText},         {"readBytes", ReadBytes}, {"jsonOpen", JsonOpen},   {"jsonClose", JsonClose},
    {"jsonFind", JsonFind},         {"jsonText", JsonText},   {"jsonFirst", JsonFirst}, {"jsonNext", JsonNext},
    {"jsonKind", JsonKind},
};

}  // namespace

JscNativeObject::JscNativeObject(EngineClient* client) : state_{client, {}, {}} {
  for (const auto& member : kMembers) functions_.push_back({member.run, &state_});
}

JSObjectRef JscNativeObject::Create(JSContextRef context) const {
  JSObjectRef native = JSObjectMake(context, nullptr, nullptr);
  for (size_t at = 0; at < functions_.size(); ++at) {
    JSObjectSetProperty(context, native, JscString(kMembers[at].name).get(), CreateFunction(context, &functions_[at]),
                        kJSPropertyAttributeNone, nullptr);
  }
  return native;
}

}  // namespace ba
