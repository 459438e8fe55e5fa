#ifndef BA_JSON_FIELDS_H
#define BA_JSON_FIELDS_H

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ba {

// The top level of a JSON object. Values stay text: what the program does not read itself passes through unread.
class JsonFields {
 public:
  // Empty when `json` is not one object in UTF-8, with valid syntax throughout. Borrows the text.
  static std::optional<JsonFields> Parse(std::string_view json);

  // The text of a value; with a name that occurs twice the last one, as JSON.parse has it.
  std::optional<std::string_view> Raw(std::string_view name) const;
  // Empty when it is absent or of another type.
  std::optional<std::string> Text(std::string_view name) const;
  // A whole number that a double holds exactly.
  std::optional<uint64_t> Count(std::string_view name) const;
  // The text of a value that is an object.
  std::optional<std::string_view> Object(std::string_view name) const;

 private:
  std::vector<std::pair<std::string, std::string_view>> fields_;
};

}  // namespace ba

#endif
