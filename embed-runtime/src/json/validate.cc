#include "json/validate.h"

#include <cstdint>
#include <vector>

#include "core/utf8.h"
#include "json/characters.h"
#include "json/escape.h"

namespace ba {
namespace {

// The containers around a place, a bit each: set for an object.
class Nesting {
 public:
  void Push(bool object) {
    if (depth_ % 64 == 0 && depth_ / 64 == words_.size()) words_.push_back(0);
    const uint64_t bit = uint64_t{1} << depth_ % 64;
    uint64_t& word = words_[depth_++ / 64];
    word = object ? word | bit : word & ~bit;
  }
  void Pop() { --depth_; }
  bool empty() const { return depth_ == 0; }
  bool InObject() const { return words_[(depth_ - 1) / 64] >> (depth_ - 1) % 64 & 1; }

 private:
  std::vector<uint64_t> words_;
  size_t depth_ = 0;
};

// Where a step fails, `at()` is the place. What comes before it is UTF-8.
class Validator {
 public:
  explicit Validator(std::string_view text) : text_(text) {}

  bool Run() {
    Nesting nesting;
    do {
      if (!Open(&nesting)) return false;
    } while (Continue(&nesting));
    return nesting.empty() && at_ == text_.size();
  }

  size_t at() const { return at_; }

 private:
  // A scalar or an empty container; or the start of one that is not empty, up to its first value.
  bool Open(Nesting* nesting) {
    for (;;) {
      Space();
      const char opening = Peek();
      if (opening != '{' && opening != '[') return Scalar(opening);
      ++at_;
      Space();
      if (Take(opening == '{' ? '}' : ']')) return true;
      nesting->Push(opening == '{');
      if (opening == '{' && !Name()) return false;
    }
  }

  // After a value: ends what ends here. True when another value must follow.
  bool Continue(Nesting* nesting) {
    for (;; nesting->Pop()) {
      Space();
      if (nesting->empty()) return false;
      const bool object = nesting->InObject();
      if (Take(',')) {
        if (!object) return true;
        Space();
        return Name();
      }
      if (!Take(object ? '}' : ']')) return false;
    }
  }

  bool Name() {
    if (!String()) return false;
    Space();
    return Take(':');
  }

  bool Scalar(char first) {
    switch (first) {
      case '"':
        return String();
      case 't':
        return Word("true");
      case 'f':
        return Word("false");
      case 'n':
        return Word("null");
      default:
        return Number();
    }
  }

  bool String() {
    if (!Take('"')) return false;
    for (;;) {
      at_ = SkipPlainCharacters(text_, at_);
      if (at_ == text_.size()) return false;
      const auto byte = static_cast<uint8_t>(text_[at_]);
      if (byte >= 0x80) {
        if (!CharactersBeyondAscii()) return false;
        continue;
      }
      if (byte < 0x20) return false;
      ++at_;
      if (byte == '"') return true;
      uint32_t code;
      if (!ReadJsonEscape(text_, &at_, &code)) return false;
    }
  }

  bool CharactersBeyondAscii() {
    while (static_cast<uint8_t>(Peek()) >= 0x80) {
      const size_t length = Utf8Length(text_.substr(at_));
      if (length == 0) return false;
      at_ += length;
    }
    return true;
  }

  bool Word(std::string_view word) {
    for (const char c : word) {
      if (!Take(c)) return false;
    }
    return true;
  }

  bool Number() {
    Take('-');
    if (!Take('0') && !Digits()) return false;
    if (Take('.') && !Digits()) return false;
    if (!Take('e') && !Take('E')) return true;
    if (!Take('+')) Take('-');
    return Digits();
  }

  bool Digits() {
    const size_t start = at_;
    while (IsDigit(Peek())) ++at_;
    return at_ > start;
  }

  void Space() { at_ = SkipJsonSpace(text_, at_); }
  // A zero byte, which fits nowhere, at the end.
  char Peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
  bool Take(char c) {
    if (at_ == text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }

  const std::string_view text_;
  size_t at_ = 0;
};

}  // namespace

std::optional<JsonProblem> FindJsonProblem(std::string_view text) {
  Validator validator(text);
  if (validator.Run()) return {};
  const size_t invalid = FindInvalidUtf8(text.substr(validator.at()));
  if (invalid == std::string_view::npos) return JsonProblem{validator.at(), true};
  return JsonProblem{validator.at() + invalid, false};
}

}  // namespace ba
