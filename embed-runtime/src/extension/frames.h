#ifndef BA_EXTENSION_FRAMES_H
#define BA_EXTENSION_FRAMES_H

#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>

namespace ba {

// The frames of src/protocol/frames.ts as bytes: a 32-bit little-endian length, then that many bytes.
constexpr uint32_t kMaxFrameBytes = 64 << 20;
constexpr int kProtocolVersion = 1;

enum class ReadResult { kFrame, kEnd, kBroken };

// Blocks. kEnd: the peer is gone, perhaps in the middle of a frame. kBroken: a length that no frame has.
ReadResult ReadFrame(int fd, std::string* frame);

// Whole frames, from any thread.
class FrameWriter {
 public:
  explicit FrameWriter(int fd) : fd_(fd) {}
  // A peer that is gone is noticed by whoever reads; here it is not an error.
  void Write(std::string_view json);

 private:
  const int fd_;
  std::mutex mutex_;
};

}  // namespace ba

#endif
