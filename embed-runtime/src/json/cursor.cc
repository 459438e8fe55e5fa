#include "json/cursor.h"

#include <algorithm>
#include <charconv>
#include <string>

#include "json/characters.h"
#include "json/escape.h"

namespace ba {
namespace {

// `at`: of the opening quote.
size_t SkipString(std::string_view text, size_t at) {
  ++at;
  while ((at = SkipToQuoteOrBackslash(text, at)) < text.size()) {
    if (text[at] == '"') return at + 1;
    at = std::min(at + 2, text.size());
  }
  return at;
}

size_t SkipContainer(std::string_view text, size_t at) {
  size_t depth = 0;
  while (at < text.size()) {
    switch (text[at]) {
      case '"':
        at = SkipString(text, at);
        continue;
      case '{':
      case '[':
        ++depth;
        break;
      case '}':
      case ']':
        if (--depth == 0) return at + 1;
        break;
      default:
        break;
    }
    ++at;
  }
  return at;
}

// The next part of a pointer behind a slash, decoded into `decoded` when it must be.
std::string_view TakeToken(std::string_view* pointer, std::string* decoded) {
  pointer->remove_prefix(1);
  std::string_view token = pointer->substr(0, pointer->find('/'));
  pointer->remove_prefix(token.size());
  if (token.find('~') == std::string_view::npos) return token;
  decoded->clear();
  for (size_t at = 0; at < token.size(); ++at) {
    if (token[at] != '~') {
      decoded->push_back(token[at]);
    } else {
      decoded->push_back(token[++at] == '0' ? '~' : '/');
    }
  }
  return *decoded;
}

size_t FindMember(std::string_view text, size_t at, std::string_view name) {
  size_t found = kNoJson;
  for (at = FirstInJson(text, at); at != kNoJson;) {
    const size_t end = SkipJson(text, at);
    const size_t value = NextInJson(text, end);
    if (value == kNoJson) break;
    if (end - at >= 2 && JsonStringEquals(text.substr(at + 1, end - at - 2), name)) found = value;
    at = NextInJson(text, SkipJson(text, value));
  }
  return found;
}

size_t FindElement(std::string_view text, size_t at, std::string_view token) {
  size_t index = 0;
  const auto [end, error] = std::from_chars(token.data(), token.data() + token.size(), index);
  const bool leading_zero = token.size() > 1 && token[0] == '0';
  if (error != std::errc() || end != token.data() + token.size() || leading_zero) return kNoJson;
  at = FirstInJson(text, at);
  for (; index > 0 && at != kNoJson; --index) at = NextInJson(text, SkipJson(text, at));
  return at;
}

}  // namespace

size_t SkipJson(std::string_view text, size_t at) {
  if (at >= text.size()) return text.size();
  if (text[at] == '"') return SkipString(text, at);
  if (IsJsonContainer(text[at])) return SkipContainer(text, at);
  for (; at < text.size(); ++at) {
    const char c = text[at];
    if (c == ',' || c == ']' || c == '}' || IsJsonSpace(c)) break;
  }
  return at;
}

size_t FirstInJson(std::string_view text, size_t at) {
  at = SkipJsonSpace(text, at + 1);
  return at < text.size() && text[at] != ']' && text[at] != '}' ? at : kNoJson;
}

size_t NextInJson(std::string_view text, size_t end) {
  end = SkipJsonSpace(text, end);
  if (end == text.size() || (text[end] != ',' && text[end] != ':')) return kNoJson;
  end = SkipJsonSpace(text, end + 1);
  return end < text.size() ? end : kNoJson;
}

bool IsJsonPointer(std::string_view pointer) {
  if (!pointer.empty() && pointer[0] != '/') return false;
  for (size_t at = 0; (at = pointer.find('~', at)) != std::string_view::npos; ++at) {
    const std::string_view next = pointer.substr(at + 1, 1);
    if (next != "0" && next != "1") return false;
  }
  return true;
}

size_t FindInJson(std::string_view text, size_t at, std::string_view pointer) {
  std::string decoded;
  while (!pointer.empty() && at < text.size()) {
    const std::string_view token = TakeToken(&pointer, &decoded);
    if (text[at] == '{') {
      at = FindMember(text, at, token);
    } else if (text[at] == '[') {
      at = FindElement(text, at, token);
    } else {
      return kNoJson;
    }
  }
  return at;
}

}  // namespace ba
