#ifndef BA_EXTENSION_PARENT_FRAME_H
#define BA_EXTENSION_PARENT_FRAME_H

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

namespace ba {

// What the parent says. JSON that goes to the guest borrows the text of the frame.
struct LoadFrame {
  std::string bundle_path;
  std::string_view configuration;
  uint32_t deadline;
  uint32_t heap_megabytes;
};
struct DispatchFrame {
  uint64_t id;
  uint32_t deadline;
  std::string_view event;
};
struct HostReplyFrame {
  uint64_t id;
  std::string_view reply;
};
struct PingFrame {
  uint64_t id;
};
struct StopFrame {};
// What is wrong with a frame, for a protocolError.
struct FrameProblem {
  std::string_view code;
  std::string message;
};

using ParentFrame = std::variant<LoadFrame, DispatchFrame, HostReplyFrame, PingFrame, StopFrame, FrameProblem>;

FrameProblem InvalidFrame(std::string_view why);
ParentFrame ReadParentFrame(std::string_view json);

}  // namespace ba

#endif
