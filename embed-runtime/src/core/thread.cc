#include "core/thread.h"

#include <pthread.h>

#include <cstring>
#include <memory>
#include <string>
#include <utility>

namespace ba {
namespace {

struct Start {
  const char* name;
  std::function<void()> body;
};

void SetOwnName(const char* name) {
#if defined(__APPLE__)
  pthread_setname_np(name);
#else
  pthread_setname_np(pthread_self(), name);
#endif
}

void* Main(void* argument) {
  std::unique_ptr<Start> start(static_cast<Start*>(argument));
  SetOwnName(start->name);
  start->body();
  return nullptr;
}

}  // namespace

// pthreads, because std::thread cannot set the size of the stack.
Result StartThread(const char* name, size_t stack_size, std::function<void()> body) {
  auto start = std::make_unique<Start>(Start{name, std::move(body)});
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
  int error = stack_size == 0 ? 0 : pthread_attr_setstacksize(&attributes, stack_size);
  pthread_t thread;
  if (error == 0) error = pthread_create(&thread, &attributes, Main, start.get());
  pthread_attr_destroy(&attributes);
  if (error != 0) {
    return Result::Error(BA_ERROR_ENGINE,
                         std::string("The thread ") + name + " could not be started: " + std::strerror(error) + ".");
  }
  start.release();  // Main owns it now.
  return Result::Ok();
}

}  // namespace ba
