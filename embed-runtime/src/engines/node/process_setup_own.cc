#include <node.h>
#include <signal.h>
#include <v8.h>

#include <memory>
#include <string>
#include <vector>

#include "engines/node/process_setup.h"

namespace ba {
namespace {

std::string Join(const std::vector<std::string>& lines) {
  std::string text = "Node could not be set up.";
  for (const std::string& line : lines) text += ' ' + line;
  return text;
}

std::vector<std::string> Arguments(uint32_t heap_megabytes) {
  std::vector<std::string> arguments = {
      "ba-extension",
      // No executable memory, hence no entitlement, and an endless allocation is always contained.
      "--jitless",
      "--max-semi-space-size=1",
  };
  if (heap_megabytes > 0) arguments.push_back("--max-old-space-size=" + std::to_string(heap_megabytes));
  return arguments;
}

ProcessSetup SetUp(uint32_t heap_megabytes) {
  using Flags = node::ProcessInitializationFlags::Flags;
  constexpr auto flags = static_cast<Flags>(
      Flags::kDisableNodeOptionsEnv | Flags::kNoStdioInitialization | Flags::kNoDefaultSignalHandling |
      Flags::kNoParseGlobalDebugVariables | Flags::kNoAdjustResourceLimits | Flags::kNoUseLargePages |
      Flags::kNoPrintHelpOrVersionOutput | Flags::kNoInitializeV8 | Flags::kNoInitializeNodeV8Platform);

  // Node would have done it, without kNoDefaultSignalHandling: a write to a closed pipe must not end the process.
  signal(SIGPIPE, SIG_IGN);

  // Node 20 returns a unique_ptr, later ones a shared_ptr.
  std::shared_ptr<node::InitializationResult> initialized =
      node::InitializeOncePerProcess(Arguments(heap_megabytes), flags);
  if (initialized->early_return() || initialized->exit_code() != 0) {
    return {Result::Error(BA_ERROR_ENGINE, Join(initialized->errors())), nullptr};
  }

  // One worker is the smallest there is. Released, because the process never tears V8 down.
  node::MultiIsolatePlatform* platform = node::MultiIsolatePlatform::Create(1).release();
  v8::V8::InitializePlatform(platform);
  v8::V8::Initialize();
  return {Result::Ok(), platform};
}

}  // namespace

const ProcessSetup& SetUpProcess(uint32_t heap_megabytes) {
  static const ProcessSetup* setup = new ProcessSetup(SetUp(heap_megabytes));
  return *setup;
}

}  // namespace ba
