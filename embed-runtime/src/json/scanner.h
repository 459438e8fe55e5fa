#ifndef BA_JSON_SCANNER_H
#define BA_JSON_SCANNER_H

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace ba {

// Walks over JSON text (RFC 8259) without building values.
class JsonScanner {
 public:
  explicit JsonScanner(std::string_view text) : text_(text) {}

  void SkipSpace();
  bool AtEnd() const { return at_ == text_.size(); }
  // Takes the character when it is next.
  bool Take(char c);
  bool TakeWord(std::string_view word);

  // A value of any kind, checked throughout; `raw` is its text.
  bool SkipValue(std::string_view* raw, int depth = 0);
  // A string; `decoded` may be null.
  bool SkipString(std::string* decoded);

 private:
  bool SkipContent(int depth);
  bool SkipMembers(int depth);
  bool SkipElements(int depth);
  bool SkipNumber();
  bool SkipDigits();
  bool SkipEscape(std::string* decoded);
  bool ReadHex(uint32_t* code);

  std::string_view text_;
  size_t at_ = 0;
};

}  // namespace ba

#endif
