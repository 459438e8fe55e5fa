#ifndef BA_CORE_UTF8_H
#define BA_CORE_UTF8_H

#include <string_view>

namespace ba {

enum class Encoding { kAscii, kUtf8, kInvalid };

// What bytes are, as text: without overlong forms, surrogates, or code points past U+10FFFF.
Encoding DetectEncoding(std::string_view bytes);

}  // namespace ba

#endif
