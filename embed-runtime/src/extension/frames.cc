#include "extension/frames.h"

#include <sys/uio.h>
#include <unistd.h>

#include <cerrno>

namespace ba {
namespace {

constexpr size_t kHeaderBytes = 4;

bool ReadFully(int fd, char* to, size_t size) {
  while (size > 0) {
    const ssize_t count = read(fd, to, size);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return false;
    to += count;
    size -= static_cast<size_t>(count);
  }
  return true;
}

bool WriteFully(int fd, iovec* parts, int count) {
  while (count > 0) {
    ssize_t written = writev(fd, parts, count);
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return false;
    for (; count > 0 && static_cast<size_t>(written) >= parts->iov_len; --count, ++parts) {
      written -= static_cast<ssize_t>(parts->iov_len);
    }
    if (count == 0) break;
    parts->iov_base = static_cast<char*>(parts->iov_base) + written;
    parts->iov_len -= static_cast<size_t>(written);
  }
  return true;
}

}  // namespace

ReadResult ReadFrame(int fd, std::string* frame) {
  unsigned char header[kHeaderBytes];
  if (!ReadFully(fd, reinterpret_cast<char*>(header), sizeof header)) return ReadResult::kEnd;
  const uint32_t length = header[0] | header[1] << 8 | header[2] << 16 | static_cast<uint32_t>(header[3]) << 24;
  if (length > kMaxFrameBytes) return ReadResult::kBroken;
  frame->resize(length);
  return ReadFully(fd, frame->data(), length) ? ReadResult::kFrame : ReadResult::kEnd;
}

void FrameWriter::Write(std::string_view json) {
  const auto length = static_cast<uint32_t>(json.size());
  unsigned char header[kHeaderBytes] = {
      static_cast<unsigned char>(length),
      static_cast<unsigned char>(length >> 8),
      static_cast<unsigned char>(length >> 16),
      static_cast<unsigned char>(length >> 24),
  };
  iovec parts[] = {{header, sizeof header}, {const_cast<char*>(json.data()), json.size()}};
  std::lock_guard lock(mutex_);
  WriteFully(fd_, parts, 2);
}

}  // namespace ba
