#include "json/scanner.h"

namespace ba {
namespace {

// The recursion is ours, so its depth is bounded. JSON of the protocol nests a few levels.
constexpr int kMaxDepth = 256;

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

void AppendUtf8(std::string* out, uint32_t code) {
  auto byte = [&](uint32_t value) { out->push_back(static_cast<char>(value)); };
  if (code < 0x80) return byte(code);
  if (code < 0x800) {
    byte(0xC0 | code >> 6);
  } else if (code < 0x10000) {
    byte(0xE0 | code >> 12);
    byte(0x80 | (code >> 6 & 0x3F));
  } else {
    byte(0xF0 | code >> 18);
    byte(0x80 | (code >> 12 & 0x3F));
    byte(0x80 | (code >> 6 & 0x3F));
  }
  byte(0x80 | (code & 0x3F));
}

}  // namespace

void JsonScanner::SkipSpace() {
  while (!AtEnd() && (text_[at_] == ' ' || text_[at_] == '\n' || text_[at_] == '\r' || text_[at_] == '\t')) ++at_;
}

bool JsonScanner::Take(char c) {
  if (AtEnd() || text_[at_] != c) return false;
  ++at_;
  return true;
}

bool JsonScanner::TakeWord(std::string_view word) {
  if (text_.substr(at_, word.size()) != word) return false;
  at_ += word.size();
  return true;
}

bool JsonScanner::SkipValue(std::string_view* raw, int depth) {
  const size_t start = at_;
  if (!SkipContent(depth)) return false;
  *raw = text_.substr(start, at_ - start);
  return true;
}

bool JsonScanner::SkipContent(int depth) {
  if (AtEnd() || depth > kMaxDepth) return false;
  switch (text_[at_]) {
    case '{':
      return SkipMembers(depth);
    case '[':
      return SkipElements(depth);
    case '"':
      return SkipString(nullptr);
    case 't':
      return TakeWord("true");
    case 'f':
      return TakeWord("false");
    case 'n':
      return TakeWord("null");
    default:
      return SkipNumber();
  }
}

bool JsonScanner::SkipMembers(int depth) {
  std::string_view value;
  Take('{');
  SkipSpace();
  if (Take('}')) return true;
  do {
    SkipSpace();
    if (!SkipString(nullptr)) return false;
    SkipSpace();
    if (!Take(':')) return false;
    SkipSpace();
    if (!SkipValue(&value, depth + 1)) return false;
    SkipSpace();
  } while (Take(','));
  return Take('}');
}

bool JsonScanner::SkipElements(int depth) {
  std::string_view value;
  Take('[');
  SkipSpace();
  if (Take(']')) return true;
  do {
    SkipSpace();
    if (!SkipValue(&value, depth + 1)) return false;
    SkipSpace();
  } while (Take(','));
  return Take(']');
}

bool JsonScanner::SkipString(std::string* decoded) {
  if (!Take('"')) return false;
  while (!AtEnd()) {
    const char c = text_[at_++];
    if (c == '"') return true;
    if (static_cast<unsigned char>(c) < 0x20) return false;
    if (c == '\\') {
      if (!SkipEscape(decoded)) return false;
    } else if (decoded != nullptr) {
      decoded->push_back(c);
    }
  }
  return false;
}

bool JsonScanner::SkipEscape(std::string* decoded) {
  constexpr std::string_view kEscapes = "\"\\/bfnrt", kMeanings = "\"\\/\b\f\n\r\t";
  if (AtEnd()) return false;
  const char c = text_[at_++];
  uint32_t code;
  if (const size_t known = kEscapes.find(c); known != std::string_view::npos) {
    code = static_cast<unsigned char>(kMeanings[known]);
  } else if (c != 'u' || !ReadHex(&code)) {
    return false;
  }
  const bool high = code >= 0xD800 && code < 0xDC00;
  if (uint32_t low; high && text_.substr(at_, 2) == "\\u") {
    const size_t before = at_;
    at_ += 2;
    if (!ReadHex(&low)) return false;
    if (low >= 0xDC00 && low < 0xE000) {
      code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
    } else {
      at_ = before;  // An escape of its own.
    }
  }
  if (code >= 0xD800 && code < 0xE000) code = 0xFFFD;  // Half a pair has no UTF-8.
  if (decoded != nullptr) AppendUtf8(decoded, code);
  return true;
}

bool JsonScanner::ReadHex(uint32_t* code) {
  *code = 0;
  for (int digit = 0; digit < 4; ++digit, ++at_) {
    if (AtEnd()) return false;
    const char c = text_[at_];
    const char lower = static_cast<char>(c | 0x20);
    if (IsDigit(c)) {
      *code = *code * 16 + static_cast<uint32_t>(c - '0');
    } else if (lower >= 'a' && lower <= 'f') {
      *code = *code * 16 + static_cast<uint32_t>(lower - 'a' + 10);
    } else {
      return false;
    }
  }
  return true;
}

bool JsonScanner::SkipNumber() {
  Take('-');
  if (!Take('0') && !SkipDigits()) return false;
  if (Take('.') && !SkipDigits()) return false;
  if (Take('e') || Take('E')) {
    if (!Take('+')) Take('-');
    return SkipDigits();
  }
  return true;
}

bool JsonScanner::SkipDigits() {
  const size_t start = at_;
  while (!AtEnd() && IsDigit(text_[at_])) ++at_;
  return at_ > start;
}

}  // namespace ba
