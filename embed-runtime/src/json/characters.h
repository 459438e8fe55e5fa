// What validation and navigation of JSON share. Every function takes an offset up to the size of the text, and returns
// one.
#ifndef BA_JSON_CHARACTERS_H
#define BA_JSON_CHARACTERS_H

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace ba {

constexpr bool IsDigit(char c) { return c >= '0' && c <= '9'; }
constexpr bool IsJsonSpace(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }

inline size_t SkipJsonSpace(std::string_view text, size_t at) {
  while (at < text.size() && IsJsonSpace(text[at])) ++at;
  return at;
}

// Eight characters at a time: the lowest set bit of a mask is in the first byte that matches.
namespace eight {

constexpr uint64_t kOnes = 0x0101010101010101u, kHighBits = 0x8080808080808080u;

inline uint64_t Load(const char* from) {
  uint64_t word;
  std::memcpy(&word, from, sizeof word);
  if constexpr (std::endian::native == std::endian::big) return __builtin_bswap64(word);
  return word;
}
// Exact for the first match; later bytes may match by a carry. `c` and the limit are ASCII.
constexpr uint64_t Equal(uint64_t word, char c) {
  const uint64_t zero = word ^ kOnes * static_cast<uint8_t>(c);
  return (zero - kOnes) & ~zero & kHighBits;
}
constexpr uint64_t Below(uint64_t word, uint8_t limit) { return (word - kOnes * limit) & ~word & kHighBits; }
constexpr size_t First(uint64_t mask) { return static_cast<size_t>(std::countr_zero(mask)) / 8; }

}  // namespace eight

// Past the characters of a string that stand for themselves: to a quote, a backslash, a control character or a byte
// that is not ASCII.
inline size_t SkipPlainCharacters(std::string_view text, size_t at) {
  for (; text.size() - at >= sizeof(uint64_t); at += sizeof(uint64_t)) {
    const uint64_t word = eight::Load(text.data() + at);
    const uint64_t found =
        eight::Equal(word, '"') | eight::Equal(word, '\\') | eight::Below(word, 0x20) | (word & eight::kHighBits);
    if (found != 0) return at + eight::First(found);
  }
  for (; at < text.size(); ++at) {
    const auto byte = static_cast<uint8_t>(text[at]);
    if (byte < 0x20 || byte >= 0x80 || byte == '"' || byte == '\\') break;
  }
  return at;
}

// To a quote or a backslash.
inline size_t SkipToQuoteOrBackslash(std::string_view text, size_t at) {
  for (; text.size() - at >= sizeof(uint64_t); at += sizeof(uint64_t)) {
    const uint64_t word = eight::Load(text.data() + at);
    const uint64_t found = eight::Equal(word, '"') | eight::Equal(word, '\\');
    if (found != 0) return at + eight::First(found);
  }
  while (at < text.size() && text[at] != '"' && text[at] != '\\') ++at;
  return at;
}

}  // namespace ba

#endif
