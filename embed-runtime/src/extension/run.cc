#include "extension/run.h"

#include <signal.h>
#include <unistd.h>

#include <cstdio>
#include <string>

#include "extension/frames.h"
#include "extension/session.h"

namespace ba {
namespace {

constexpr int kInput = 3;
constexpr int kOutput = 4;

// `stop` ends the loop with true; a parent that is gone, or a broken stream, with false.
bool Converse(Session* session) {
  for (std::string frame;;) {
    switch (ReadFrame(kInput, &frame)) {
      case ReadResult::kFrame:
        if (!session->Receive(frame)) return true;
        break;
      case ReadResult::kBroken:
        session->SendProblem(InvalidFrame("it is longer than 64 MiB"));
        return false;
      case ReadResult::kEnd:
        return false;
    }
  }
}

// All that the handler started, too: nobody reads what they would still have to say.
[[noreturn]] void EndTree() {
  kill(getpgrp() == getpid() ? -getpid() : getpid(), SIGKILL);
  for (;;) pause();
}

}  // namespace

void RunExtension(std::string_view host) {
  signal(SIGPIPE, SIG_IGN);
  static FrameWriter writer(kOutput);
  static Session session(host, &writer);
  session.SayHello();
  if (!Converse(&session)) EndTree();
  session.Stop();
  std::fflush(nullptr);
  // No destructors: a JavaScript thread that is stuck in native code may still run.
  _exit(0);
}

}  // namespace ba
