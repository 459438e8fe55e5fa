#ifndef BA_CORE_CALLBACK_DEPTH_H
#define BA_CORE_CALLBACK_DEPTH_H

namespace ba {

// Marks the calling thread as being inside a callback to the host, where it must not wait for callbacks to end.
class CallbackDepth {
 public:
  CallbackDepth();
  ~CallbackDepth();
  CallbackDepth(const CallbackDepth&) = delete;
  CallbackDepth& operator=(const CallbackDepth&) = delete;

  static bool InsideCallback();
};

}  // namespace ba

#endif
