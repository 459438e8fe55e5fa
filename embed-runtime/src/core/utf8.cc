#include "core/utf8.h"

#include <cstdint>
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

// Length of the sequence at the start of `bytes`, 0 when it is none. Table 3-7 of the Unicode standard.
size_t SequenceLength(std::string_view bytes) {
  auto byte = [&](size_t at) { return at < bytes.size() ? static_cast<uint8_t>(bytes[at]) : uint8_t{0}; };
  auto continues = [&](size_t at) { return (byte(at) & 0xC0) == 0x80; };
  const uint8_t first = byte(0), second = byte(1);
  if (first < 0x80) return 1;
  if (first < 0xC2) return 0;
  if (first < 0xE0) return continues(1) ? 2 : 0;
  if (first < 0xF0) {
    if ((first == 0xE0 && second < 0xA0) || (first == 0xED && second > 0x9F)) return 0;
    return continues(1) && continues(2) ? 3 : 0;
  }
  if (first > 0xF4 || (first == 0xF0 && second < 0x90) || (first == 0xF4 && second > 0x8F)) return 0;
  return continues(1) && continues(2) && continues(3) ? 4 : 0;
}

}  // namespace

Encoding DetectEncoding(std::string_view bytes) {
  bytes.remove_prefix(AsciiPrefix(bytes));
  if (bytes.empty()) return Encoding::kAscii;
  while (!bytes.empty()) {
    const size_t length = SequenceLength(bytes);
    if (length == 0) return Encoding::kInvalid;
    bytes.remove_prefix(length);
    bytes.remove_prefix(AsciiPrefix(bytes));
  }
  return Encoding::kUtf8;
}

}  // namespace ba
