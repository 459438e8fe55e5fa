#include "core/file_errors.h"

#include <algorithm>
#include <cstdint>
#include <cstdio>

namespace ba {
namespace {

// Characters are counted by their first bytes; those of four bytes are surrogate pairs in UTF-16.
size_t Utf16Length(std::string_view utf8) {
  size_t units = 0;
  for (const char c : utf8) {
    const auto byte = static_cast<uint8_t>(c);
    units += (byte & 0xC0) != 0x80;
    units += byte >= 0xF0;
  }
  return units;
}

}  // namespace

std::optional<CodedError> OpenFile(const std::string& path, MappedFile* file) {
  Result opened = file->Open(path);
  if (opened.ok()) return {};
  return CodedError{"BA_FILE_UNREADABLE", "The file cannot be read: " + path + ". " + opened.text + "."};
}

CodedError TooLargeError(std::string_view what, const std::string& path) {
  return {"BA_FILE_TOO_LARGE", std::string(what) + ": " + path + "."};
}

CodedError NotUtf8Error(std::string_view content, size_t at) {
  char byte[5];
  std::snprintf(byte, sizeof byte, "0x%02X", static_cast<unsigned>(static_cast<uint8_t>(content[at])));
  return {"BA_FILE_NOT_UTF8", std::string("byte ") + byte + " at " + PlaceIn(content, at)};
}

std::string PlaceIn(std::string_view content, size_t at) {
  const std::string_view before = content.substr(0, at);
  const auto line = std::count(before.begin(), before.end(), '\n') + 1;
  const size_t column = Utf16Length(before.substr(before.rfind('\n') + 1)) + 1;  // npos + 1 is 0
  return "line " + std::to_string(line) + ", column " + std::to_string(column);
}

}  // namespace ba
