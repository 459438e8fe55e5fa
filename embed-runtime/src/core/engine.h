// The seam between the runtime and a JavaScript engine. A second engine is one folder that implements `Engine` and the
// three functions at the end; it is chosen when linking.
#ifndef BA_CORE_ENGINE_H
#define BA_CORE_ENGINE_H

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "ba_runtime.h"
#include "core/result.h"

namespace ba {

// What travels to the JavaScript thread.
struct Message {
  enum class Kind { kEvent, kHostReply };
  Kind kind;
  // Of the event or of the host call.
  uint64_t number;
  std::string json;
};

// What an engine tells the runtime, on the JavaScript thread only.
class EngineClient {
 public:
  // Follows Engine::Wake: the moment to call Engine::Deliver.
  virtual void OnWake() = 0;

  virtual void OnDownload(uint64_t event, const ba_download& download) = 0;
  virtual void OnReply(uint64_t event, std::string_view json) = 0;
  // Returns the number of the call.
  virtual uint64_t OnHostCall(std::string_view json) = 0;
  virtual void OnLog(ba_log_level level, std::string_view message) = 0;

  // No JavaScript runs any more; `reason` is a sentence for people. Called before anything is torn down, because
  // teardown may take long or never end. Calling it again is harmless.
  virtual void OnEnded(std::string reason) = 0;

 protected:
  ~EngineClient() = default;
};

struct EngineOptions {
  std::string bundle_path;
  std::string configuration;
  // 0: the engine's default.
  uint32_t heap_megabytes = 0;
};

class Engine {
 public:
  virtual ~Engine() = default;

  // JavaScript thread, once: starts the engine and evaluates the bundle. The text of BA_OK is {"callbacks":[...]}, that
  // of BA_ERROR_LOAD a guestError.
  virtual Result Load(const EngineOptions& options) = 0;

  // JavaScript thread, once, after Load whatever its result: runs JavaScript until the engine ends, calls
  // EngineClient::OnEnded, tears down.
  virtual void Run() = 0;

  // JavaScript thread, inside EngineClient::OnWake.
  virtual void Deliver(const Message& message) = 0;

  // Any thread, any time: EngineClient::OnWake follows on the JavaScript thread, once for several calls perhaps.
  virtual void Wake() = 0;

  // Any thread, any time: ends JavaScript for good, in the middle of an endless loop too.
  virtual void Terminate() = 0;
};

// `client` is borrowed and outlives the engine.
std::unique_ptr<Engine> CreateEngine(EngineClient* client);

// Static storage.
const char* EngineName();
const char* EngineVersion();

}  // namespace ba

#endif
