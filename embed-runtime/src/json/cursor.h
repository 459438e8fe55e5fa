// Steps through JSON that was validated, by offsets. Nothing is kept and nothing is allocated; a text that was changed
// since gives nonsense, but no step leads outside it. Every step is iterative.
#ifndef BA_JSON_CURSOR_H
#define BA_JSON_CURSOR_H

#include <cstddef>
#include <string_view>

namespace ba {

constexpr size_t kNoJson = std::string_view::npos;

inline bool IsJsonContainer(char c) { return c == '{' || c == '['; }

// The end of the value, or of the name, at `at`.
size_t SkipJson(std::string_view text, size_t at);

// The first element, or name, of the container at `at`; kNoJson when it is empty.
size_t FirstInJson(std::string_view text, size_t at);

// After an element the next one, after a name its value, after that the next name; kNoJson at the end. `end`: of the
// one that is there now.
size_t NextInJson(std::string_view text, size_t end);

// A JSON Pointer (RFC 6901), or none.
bool IsJsonPointer(std::string_view pointer);

// What a pointer leads to from the value at `at`; kNoJson when there is nothing. Of a name that is there twice the last
// counts. `pointer` is one, in UTF-8.
size_t FindInJson(std::string_view text, size_t at, std::string_view pointer);

}  // namespace ba

#endif
