#ifndef BA_ENGINES_NODE_NODE_ENGINE_H
#define BA_ENGINES_NODE_NODE_ENGINE_H

#include <node.h>
#include <v8.h>

#include <string>
#include <string_view>

#include "core/engine.h"
#include "engines/node/environment.h"
#include "engines/node/native_state.h"

namespace ba {

class NodeEngine final : public Engine {
 public:
  explicit NodeEngine(EngineClient* client);

  Result Load(const EngineOptions& options) override;
  void Run() override;
  void Deliver(const Message& message) override;
  void Wake() override { environment_.Wake(); }
  void Terminate() override { environment_.Terminate(); }

 private:
  // Inside the environment, once it has bootstrapped.
  Result Evaluate(const node::StartExecutionCallbackInfo& info, const EngineOptions& options, std::string_view bundle);
  // BA_ERROR_LOAD with what was thrown, or BA_ERROR_ENGINE when JavaScript was ended.
  Result LoadError(v8::TryCatch* thrown, v8::Local<v8::Object> bootstrap, v8::Local<v8::Value> place);
  std::string EndReason() const;

  EngineClient* const client_;
  NativeState native_;
  NodeEnvironment environment_;
  bool running_ = false;
  v8::Global<v8::Function> dispatch_;
  v8::Global<v8::Function> host_reply_;
};

}  // namespace ba

#endif
