#include "core/utf8.h"

#include <cstring>

namespace ba {
namespace {

size_t AsciiPrefix(std::string_view bytes) {
  constexpr uint64_t kHighBits = 0x8080808080808080u;
  size_t at = 0;
  for (uint64_t word; at + sizeof word <= bytes.size(); at += sizeof word) {
    std::memcpy(&word, bytes.data() + at, sizeof word);
    if (word & kHighBits) break;
  }
  while (at < bytes.size() && static_cast<uint8_t>(bytes[at]) < 0x80) ++at;
  return at;
}

}  // namespace

// Table 3-7 of the Unicode standard.
size_t Utf8Length(std::string_view bytes) {
  // Zeros behind the end continue nothing, so that no limit has to be looked at below.
  uint8_t byte[4] = {};
  if (bytes.size() >= sizeof byte) {
    std::memcpy(byte, bytes.data(), sizeof byte);
  } else if (!bytes.empty()) {
    std::memcpy(byte, bytes.data(), bytes.size());
  } else {
    return 0;
  }
  auto continues = [&](size_t at) { return (byte[at] & 0xC0) == 0x80; };
  const uint8_t first = byte[0], second = byte[1];
  if (first < 0x80) return 1;
  if (first < 0xE0) return first >= 0xC2 && continues(1) ? 2 : 0;
  if (first < 0xF0) {
    if ((first == 0xE0 && second < 0xA0) || (first == 0xED && second > 0x9F)) return 0;
    return continues(1) && continues(2) ? 3 : 0;
  }
  if (first > 0xF4 || (first == 0xF0 && second < 0x90) || (first == 0xF4 && second > 0x8F)) return 0;
  return continues(1) && continues(2) && continues(3) ? 4 : 0;
}

size_t FindInvalidUtf8(std::string_view bytes) {
  size_t at = 0;
  for (;;) {
    at += AsciiPrefix(bytes.substr(at));
    if (at == bytes.size()) return std::string_view::npos;
    const size_t length = Utf8Length(bytes.substr(at));
    if (length == 0) return at;
    at += length;
  }
}

Encoding DetectEncoding(std::string_view bytes) {
  bytes.remove_prefix(AsciiPrefix(bytes));
  if (bytes.empty()) return Encoding::kAscii;
  return FindInvalidUtf8(bytes) == std::string_view::npos ? Encoding::kUtf8 : Encoding::kInvalid;
}

size_t EncodeUtf8(uint32_t code, char out[4]) {
  auto tail = [code](int shift) { return static_cast<char>(0x80 | (code >> shift & 0x3F)); };
  if (code < 0x80) {
    out[0] = static_cast<char>(code);
    return 1;
  }
  if (code < 0x800) {
    out[0] = static_cast<char>(0xC0 | code >> 6);
    out[1] = tail(0);
    return 2;
  }
  if (code < 0x10000) {
    out[0] = static_cast<char>(0xE0 | code >> 12);
    out[1] = tail(6);
    out[2] = tail(0);
    return 3;
  }
  out[0] = static_cast<char>(0xF0 | code >> 18);
  out[1] = tail(12);
  out[2] = tail(6);
  out[3] = tail(0);
  return 4;
}

}  // namespace ba
