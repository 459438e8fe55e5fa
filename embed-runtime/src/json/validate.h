#ifndef BA_JSON_VALIDATE_H
#define BA_JSON_VALIDATE_H

#include <cstddef>
#include <optional>
#include <string_view>

namespace ba {

struct JsonProblem {
  // Of the first byte that is no UTF-8, wherever the JSON goes wrong; else of the first character that no JSON could
  // have there, or the length of a text that ends too early.
  size_t offset;
  bool is_utf8;
};

// Checks a text: UTF-8 and JSON (RFC 8259), of any depth, in one pass and without recursion. Memory: a bit for each
// level of nesting. Nothing when the text is JSON.
std::optional<JsonProblem> FindJsonProblem(std::string_view text);

}  // namespace ba

#endif
