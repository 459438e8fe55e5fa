#ifndef BA_CORE_MAPPED_FILE_H
#define BA_CORE_MAPPED_FILE_H

#include <cstddef>
#include <string>
#include <string_view>

#include "core/result.h"

namespace ba {

// A file mapped read-only: its pages stay clean, so they do not count against the memory limit of an extension. A file
// that another process cuts short meanwhile ends this one (SIGBUS); files are replaced by rename, never in place.
class MappedFile {
 public:
  MappedFile() = default;
  ~MappedFile();
  MappedFile(const MappedFile&) = delete;
  MappedFile& operator=(const MappedFile&) = delete;

  // Once. The text of an error ends a sentence: "No such file or directory".
  Result Open(const std::string& path);

  std::string_view content() const { return {data_, size_}; }

 private:
  const char* data_ = nullptr;
  size_t size_ = 0;
};

}  // namespace ba

#endif
