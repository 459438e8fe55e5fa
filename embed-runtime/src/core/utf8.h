#ifndef BA_CORE_UTF8_H
#define BA_CORE_UTF8_H

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace ba {

enum class Encoding { kAscii, kUtf8, kInvalid };

// What bytes are, as text: without overlong forms, surrogates, or code points past U+10FFFF.
Encoding DetectEncoding(std::string_view bytes);

// Offset of the first byte that begins no character; std::string_view::npos when all of it is UTF-8.
size_t FindInvalidUtf8(std::string_view bytes);

// Bytes of the character at the start of `bytes`; 0 when there is none.
size_t Utf8Length(std::string_view bytes);

// Writes a code point, which is no surrogate; returns how many bytes it took.
size_t EncodeUtf8(uint32_t code, char out[4]);

}  // namespace ba

#endif
