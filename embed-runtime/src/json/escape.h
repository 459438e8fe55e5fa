#ifndef BA_JSON_ESCAPE_H
#define BA_JSON_ESCAPE_H

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace ba {

// Reads the escape whose backslash is before `*at`, and moves `*at` behind it: a surrogate pair at once, half a pair as
// U+FFFD. False when there is none; `*at` is then at the first character that does not fit.
bool ReadJsonEscape(std::string_view text, size_t* at, uint32_t* code);

// What a string means, without its quotes. `content` has been validated.
std::string DecodeJsonString(std::string_view content);

// Whether a string means `text`, which is UTF-8. Allocates nothing.
bool JsonStringEquals(std::string_view content, std::string_view text);

}  // namespace ba

#endif
