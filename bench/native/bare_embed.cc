// The floor of `npm run bench -- startup`: the least that a program linked to libnode can do to have an environment.
// Same flags and the same snapshot as the runtime, an empty script, one byte on fd 4 when it has run. No frames, no
// bundle, no handler.
#include <node.h>
#include <unistd.h>

#include <memory>
#include <string>
#include <vector>

int main() {
  using node::ProcessInitializationFlags::Flags;
  const auto flags = static_cast<Flags>(
      node::ProcessInitializationFlags::kDisableNodeOptionsEnv | node::ProcessInitializationFlags::kNoStdioInitialization |
      node::ProcessInitializationFlags::kNoDefaultSignalHandling |
      node::ProcessInitializationFlags::kNoParseGlobalDebugVariables |
      node::ProcessInitializationFlags::kNoAdjustResourceLimits | node::ProcessInitializationFlags::kNoUseLargePages |
      node::ProcessInitializationFlags::kNoPrintHelpOrVersionOutput | node::ProcessInitializationFlags::kNoInitializeV8 |
      node::ProcessInitializationFlags::kNoInitializeNodeV8Platform);
  std::shared_ptr<node::InitializationResult> init = node::InitializeOncePerProcess(
      {"bare_embed", "--jitless", "--max-semi-space-size=1", "--max-old-space-size=64"}, flags);
  if (init->early_return()) return 1;
  auto platform = node::MultiIsolatePlatform::Create(1);
  v8::V8::InitializePlatform(platform.get());
  v8::V8::Initialize();

  std::vector<std::string> errors;
  auto snapshot = node::EmbedderSnapshotData::BuiltinSnapshotData();
  const auto environment = static_cast<node::EnvironmentFlags::Flags>(
      node::EnvironmentFlags::kNoCreateInspector | node::EnvironmentFlags::kNoStartDebugSignalHandler |
      node::EnvironmentFlags::kNoNativeAddons | node::EnvironmentFlags::kNoGlobalSearchPaths |
      node::EnvironmentFlags::kTrackUnmanagedFds);
  auto setup = node::CommonEnvironmentSetup::CreateFromSnapshot(platform.get(), &errors, snapshot.get(), init->args(),
                                                                init->exec_args(), environment);
  if (!setup) return 1;
  v8::Locker locker(setup->isolate());
  v8::Isolate::Scope isolate_scope(setup->isolate());
  v8::HandleScope handle_scope(setup->isolate());
  v8::Context::Scope context_scope(setup->context());
  if (node::LoadEnvironment(setup->env(), std::string_view("")).IsEmpty()) return 1;
  if (write(4, "1", 1) != 1) return 1;
  // The parent reads this process's memory, then closes fd 3.
  char end;
  while (read(3, &end, 1) > 0) {
  }
  _exit(0);
}
