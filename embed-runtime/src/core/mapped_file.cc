#include "core/mapped_file.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace ba {
namespace {

class FileDescriptor {
 public:
  explicit FileDescriptor(int fd) : fd_(fd) {}
  ~FileDescriptor() {
    if (fd_ >= 0) close(fd_);
  }
  FileDescriptor(const FileDescriptor&) = delete;
  FileDescriptor& operator=(const FileDescriptor&) = delete;
  int get() const { return fd_; }

 private:
  int fd_;
};

Result SystemError(int code) { return Result::Error(BA_ERROR_INVALID_ARGUMENT, std::strerror(code)); }

}  // namespace

MappedFile::~MappedFile() {
  if (size_ > 0) munmap(const_cast<char*>(data_), size_);
}

Result MappedFile::Open(const std::string& path) {
  // The system would see another path, which ends there.
  if (path.find('\0') != std::string::npos) return SystemError(ENOENT);
  // Without O_NONBLOCK a FIFO would block here for ever.
  FileDescriptor fd(open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (fd.get() < 0) return SystemError(errno);
  struct stat status;
  if (fstat(fd.get(), &status) != 0) return SystemError(errno);
  if (!S_ISREG(status.st_mode)) return Result::Error(BA_ERROR_INVALID_ARGUMENT, "Not a regular file");
  if (status.st_size == 0) return Result::Ok();  // mmap refuses an empty range.
  const auto size = static_cast<size_t>(status.st_size);
  void* data = mmap(nullptr, size, PROT_READ, MAP_PRIVATE, fd.get(), 0);
  if (data == MAP_FAILED) return SystemError(errno);
  data_ = static_cast<const char*>(data);
  size_ = size;
  return Result::Ok();
}

}  // namespace ba
