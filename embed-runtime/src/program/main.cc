// ba-extension-host: the extension process of the host `libnode`. Frames come on fd 3 and leave on fd 4.
#include <signal.h>
#include <unistd.h>

#include <cstdio>
#include <string>

#include "program/frames.h"
#include "program/session.h"

namespace {

constexpr int kInput = 3;
constexpr int kOutput = 4;

// `stop` ends the loop with true; a parent that is gone, or a broken stream, with false.
bool Converse(ba::Session* session) {
  for (std::string frame;;) {
    switch (ba::ReadFrame(kInput, &frame)) {
      case ba::ReadResult::kFrame:
        if (!session->Receive(frame)) return true;
        break;
      case ba::ReadResult::kBroken:
        session->SendProblem(ba::InvalidFrame("it is longer than 64 MiB"));
        return false;
      case ba::ReadResult::kEnd:
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

int main() {
  signal(SIGPIPE, SIG_IGN);
  static ba::FrameWriter writer(kOutput);
  static ba::Session session(&writer);
  session.SayHello();
  if (!Converse(&session)) EndTree();
  session.Stop();
  std::fflush(nullptr);
  // No destructors: a JavaScript thread that is stuck in native code may still run.
  _exit(0);
}
