#include "engines/node/node_engine.h"

#include <memory>
#include <tuple>
#include <utility>

#include "core/bundle_functions.h"
#include "core/mapped_file.h"
#include "engines/node/bootstrap.h"
#include "engines/node/functions.h"
#include "engines/node/native_object.h"
#include "engines/node/script.h"
#include "engines/node/values.h"
#include "json/writer.h"

namespace ba {
namespace {

constexpr std::string_view kBootstrapName = "ba-extension:bootstrap";

void Log(const v8::FunctionCallbackInfo<v8::Value>& info) {
  const auto level = static_cast<ba_log_level>(info[0].As<v8::Uint32>()->Value());
  FunctionData<EngineClient>(info)->OnLog(level, ToUtf8(info.GetIsolate(), info[1]));
}

void Fail(const v8::FunctionCallbackInfo<v8::Value>& info) {
  FunctionData<NodeEnvironment>(info)->End("An uncaught error ended the engine: " + ToUtf8(info.GetIsolate(), info[0]));
}

// Where a syntax error is; it has no frame of its own.
v8::MaybeLocal<v8::String> PlaceOf(v8::Local<v8::Context> context, const std::string& path,
                                   v8::Local<v8::Message> message) {
  if (message.IsEmpty()) return {};
  const int line = message->GetLineNumber(context).FromMaybe(0);
  const int column = message->GetStartColumn(context).FromMaybe(0) + 1;
  return ToJs(v8::Isolate::GetCurrent(), path + ':' + std::to_string(line) + ':' + std::to_string(column));
}

}  // namespace

NodeEngine::NodeEngine(EngineClient* client)
    : client_(client),
      native_{client, {}},
      environment_({
          .on_wake = [client] { client->OnWake(); },
          .on_wedged = [client](std::string reason) { client->OnEnded(std::move(reason)); },
      }) {}

Result NodeEngine::Load(const EngineOptions& options) {
  MappedFile bundle;
  if (Result opened = bundle.Open(options.bundle_path); !opened.ok()) {
    return Result::Error(
        BA_ERROR_LOAD, GuestErrorJson("BA_LOAD_FAILED",
                                      "The bundle cannot be read: " + options.bundle_path + ". " + opened.text + "."));
  }
  if (Result created = environment_.Create(options.heap_megabytes); !created.ok()) return created;

  EnvironmentScope scope(environment_);
  Result loaded = Result::Error(BA_ERROR_ENGINE, "The Node environment did not start.");
  // Empty when JavaScript was ended meanwhile; `loaded` or the end's reason says more.
  std::ignore = node::LoadEnvironment(environment_.env(),
                                      [&](const node::StartExecutionCallbackInfo& info) -> v8::MaybeLocal<v8::Value> {
                                        loaded = Evaluate(info, options, bundle.content());
                                        return v8::Undefined(environment_.isolate());
                                      });
  running_ = loaded.ok();
  return loaded;
}

Result NodeEngine::Evaluate(const node::StartExecutionCallbackInfo& info, const EngineOptions& options,
                            std::string_view source) {
  v8::Isolate* isolate = environment_.isolate();
  v8::Local<v8::Context> context = environment_.context();
  v8::TryCatch thrown(isolate);
  v8::Local<v8::Value> no_place = v8::Undefined(isolate);

  v8::Local<v8::Function> log, fail, prepare;
  v8::Local<v8::Value> prepared;
  if (!CreateFunction(context, Log, client_).ToLocal(&log) ||
      !CreateFunction(context, Fail, &environment_).ToLocal(&fail) ||
      !CompileFunction(context, kBootstrapName, BootstrapSource(), {"process", "require", "log", "fail"})
           .ToLocal(&prepare)) {
    return Result::Error(BA_ERROR_ENGINE, EndReason());
  }
  v8::Local<v8::Value> parts[] = {info.process_object, info.native_require, log, fail};
  if (!prepare->Call(context, v8::Undefined(isolate), 4, parts).ToLocal(&prepared)) {
    return Result::Error(BA_ERROR_ENGINE,
                         "The Node environment could not be readied. " + ToUtf8(isolate, thrown.Exception()));
  }
  auto bootstrap = prepared.As<v8::Object>();

  v8::Local<v8::Function> bundle;
  if (!CompileFunction(context, options.bundle_path, source,
                       {"exports", "require", "module", "__filename", "__dirname"})
           .ToLocal(&bundle)) {
    v8::Local<v8::String> place;
    if (!PlaceOf(context, options.bundle_path, thrown.Message()).ToLocal(&place))
      return LoadError(&thrown, bootstrap, no_place);
    return LoadError(&thrown, bootstrap, place);
  }

  v8::Local<v8::Object> native;
  v8::Local<v8::String> path, directory, configuration;
  v8::Local<v8::Value> started, loaded, dispatch, host_reply;
  if (!CreateNativeObject(context, &native_).ToLocal(&native) || !ToJs(isolate, options.bundle_path).ToLocal(&path) ||
      !ToJs(isolate, DirectoryOf(options.bundle_path)).ToLocal(&directory) ||
      !ToJs(isolate, options.configuration).ToLocal(&configuration) ||
      !CallMethod(context, bootstrap, "start", {bundle, path, directory, native, configuration}).ToLocal(&started)) {
    return LoadError(&thrown, bootstrap, no_place);
  }
  auto guest = started.As<v8::Object>();
  if (!guest->Get(context, Name(isolate, "dispatch")).ToLocal(&dispatch) ||
      !guest->Get(context, Name(isolate, "hostReply")).ToLocal(&host_reply) ||
      !guest->Get(context, Name(isolate, "loaded")).ToLocal(&loaded)) {
    return LoadError(&thrown, bootstrap, no_place);
  }
  dispatch_.Reset(isolate, dispatch.As<v8::Function>());
  host_reply_.Reset(isolate, host_reply.As<v8::Function>());
  return Result::Ok(ToUtf8(isolate, loaded));
}

Result NodeEngine::LoadError(v8::TryCatch* thrown, v8::Local<v8::Object> bootstrap, v8::Local<v8::Value> place) {
  v8::Local<v8::Value> described;
  if (thrown->HasTerminated() || !thrown->HasCaught()) return Result::Error(BA_ERROR_ENGINE, EndReason());
  if (!CallMethod(environment_.context(), bootstrap, "describe", {thrown->Exception(), place}).ToLocal(&described)) {
    return Result::Error(BA_ERROR_ENGINE, EndReason());
  }
  return Result::Error(BA_ERROR_LOAD, ToUtf8(environment_.isolate(), described));
}

void NodeEngine::Run() {
  if (running_) environment_.Spin();
  // Before teardown, which waits for jobs of the thread pool.
  client_->OnEnded(EndReason());
  dispatch_.Reset();
  host_reply_.Reset();
  environment_.Destroy();
  native_.documents.CloseAll();
}

void NodeEngine::Deliver(const Message& message) {
  v8::Isolate* isolate = environment_.isolate();
  v8::HandleScope handles(isolate);
  v8::Local<v8::String> json;
  if (!ToJs(isolate, message.json).ToLocal(&json))
    return environment_.End("A message was longer than a string can be.");
  auto function = (message.kind == Message::Kind::kEvent ? dispatch_ : host_reply_).Get(isolate);
  v8::Local<v8::Value> arguments[] = {v8::Number::New(isolate, static_cast<double>(message.number)), json};
  // Drains ticks and microtasks at its end. What `function` throws, against its contract, goes to the handler of
  // uncaught exceptions.
  node::CallbackScope callback(environment_.env(), function, {0, 0});
  std::ignore = function->Call(environment_.context(), v8::Undefined(isolate), 2, arguments);
}

std::string NodeEngine::EndReason() const {
  return environment_.end_reason().empty() ? "The engine was stopped." : environment_.end_reason();
}

std::unique_ptr<Engine> CreateEngine(EngineClient* client) { return std::make_unique<NodeEngine>(client); }

const char* EngineName() { return "node"; }

// Of the headers: a library with the same module version can be a later patch.
const char* EngineVersion() { return NODE_VERSION_STRING; }

}  // namespace ba
