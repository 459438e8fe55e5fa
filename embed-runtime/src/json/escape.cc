#include "json/escape.h"

#include "core/utf8.h"

namespace ba {
namespace {

bool IsHigh(uint32_t code) { return code >= 0xD800 && code < 0xDC00; }
bool IsLow(uint32_t code) { return code >= 0xDC00 && code < 0xE000; }

bool ReadHex(std::string_view text, size_t* at, uint32_t* code) {
  *code = 0;
  for (int digit = 0; digit < 4; ++digit, ++*at) {
    if (*at >= text.size()) return false;
    const char c = text[*at];
    const char lower = static_cast<char>(c | 0x20);
    if (c >= '0' && c <= '9') {
      *code = *code * 16 + static_cast<uint32_t>(c - '0');
    } else if (lower >= 'a' && lower <= 'f') {
      *code = *code * 16 + static_cast<uint32_t>(lower - 'a' + 10);
    } else {
      return false;
    }
  }
  return true;
}

}  // namespace

bool ReadJsonEscape(std::string_view text, size_t* at, uint32_t* code) {
  constexpr std::string_view kEscapes = "\"\\/bfnrt", kMeanings = "\"\\/\b\f\n\r\t";
  if (*at >= text.size()) return false;
  if (const size_t known = kEscapes.find(text[*at]); known != std::string_view::npos) {
    *code = static_cast<unsigned char>(kMeanings[known]);
    ++*at;
    return true;
  }
  if (text[*at] != 'u') return false;
  ++*at;
  if (!ReadHex(text, at, code)) return false;
  if (IsHigh(*code) && text.substr(*at, 2) == "\\u") {
    size_t behind = *at + 2;
    uint32_t low;
    // What is no low half is an escape of its own, or none.
    if (ReadHex(text, &behind, &low) && IsLow(low)) {
      *code = 0x10000 + ((*code - 0xD800) << 10) + (low - 0xDC00);
      *at = behind;
    }
  }
  if (IsHigh(*code) || IsLow(*code)) *code = 0xFFFD;  // Half a pair has no UTF-8.
  return true;
}

std::string DecodeJsonString(std::string_view content) {
  std::string text;
  for (size_t at = 0; at < content.size();) {
    const size_t escape = content.find('\\', at);
    text.append(content.substr(at, escape - at));  // npos - at is past the end, too
    if (escape == std::string_view::npos) break;
    at = escape + 1;
    uint32_t code;
    char utf8[4];
    if (!ReadJsonEscape(content, &at, &code)) break;
    text.append(utf8, EncodeUtf8(code, utf8));
  }
  return text;
}

bool JsonStringEquals(std::string_view content, std::string_view text) {
  size_t at = 0;
  for (size_t escape; (escape = content.find('\\', at)) != std::string_view::npos;) {
    const std::string_view plain = content.substr(at, escape - at);
    if (text.substr(0, plain.size()) != plain) return false;
    text.remove_prefix(plain.size());
    at = escape + 1;
    uint32_t code;
    char utf8[4];
    if (!ReadJsonEscape(content, &at, &code)) return false;
    const std::string_view meant(utf8, EncodeUtf8(code, utf8));
    if (text.substr(0, meant.size()) != meant) return false;
    text.remove_prefix(meant.size());
  }
  return content.substr(at) == text;
}

}  // namespace ba
