#include "engines/jsc/values.h"

#include <cmath>
#include <cstdint>
#include <vector>

#include "core/utf8.h"

namespace ba {
namespace {

constexpr uint32_t kReplacement = 0xfffd;
constexpr double kMaxSafeInteger = 9007199254740991.0;

uint32_t DecodeUtf8(std::string_view bytes, size_t length) {
  const auto byte = [&](size_t at) { return static_cast<uint32_t>(static_cast<unsigned char>(bytes[at])); };
  switch (length) {
    case 1:
      return byte(0);
    case 2:
      return (byte(0) & 0x1f) << 6 | (byte(1) & 0x3f);
    case 3:
      return (byte(0) & 0x0f) << 12 | (byte(1) & 0x3f) << 6 | (byte(2) & 0x3f);
    default:
      return (byte(0) & 0x07) << 18 | (byte(1) & 0x3f) << 12 | (byte(2) & 0x3f) << 6 | (byte(3) & 0x3f);
  }
}

std::vector<JSChar> ToUtf16(std::string_view utf8) {
  std::vector<JSChar> units;
  units.reserve(utf8.size());
  while (!utf8.empty()) {
    const size_t length = Utf8Length(utf8);
    const uint32_t code = length == 0 ? kReplacement : DecodeUtf8(utf8, length);
    if (code < 0x10000) {
      units.push_back(static_cast<JSChar>(code));
    } else {
      units.push_back(static_cast<JSChar>(0xd800 + ((code - 0x10000) >> 10)));
      units.push_back(static_cast<JSChar>(0xdc00 + ((code - 0x10000) & 0x3ff)));
    }
    utf8.remove_prefix(length == 0 ? 1 : length);
  }
  return units;
}

std::string FromUtf16(const JSChar* units, size_t count) {
  std::string utf8;
  utf8.reserve(count);
  for (size_t at = 0; at < count; ++at) {
    uint32_t code = units[at];
    const bool leads = code >= 0xd800 && code < 0xdc00;
    if (leads && at + 1 < count && units[at + 1] >= 0xdc00 && units[at + 1] < 0xe000) {
      code = 0x10000 + ((code - 0xd800) << 10) + (units[++at] - 0xdc00);
    } else if (code >= 0xd800 && code < 0xe000) {
      code = kReplacement;
    }
    char bytes[4];
    utf8.append(bytes, EncodeUtf8(code, bytes));
  }
  return utf8;
}

// Plain texts stay of one byte a character in the engine.
JSStringRef CreateString(std::string_view utf8) {
  if (DetectEncoding(utf8) == Encoding::kAscii && utf8.find('\0') == std::string_view::npos) {
    return JSStringCreateWithUTF8CString(std::string(utf8).c_str());
  }
  const auto units = ToUtf16(utf8);
  return JSStringCreateWithCharacters(units.data(), units.size());
}

}  // namespace

JscString::JscString(std::string_view utf8) : string_(CreateString(utf8)) {}

JscString::~JscString() {
  if (string_ != nullptr) JSStringRelease(string_);
}

std::string JscString::ToUtf8() const {
  if (string_ == nullptr) return {};
  // The engine would keep a copy of two bytes a character for JSStringGetCharactersPtr.
  std::string text(JSStringGetMaximumUTF8CStringSize(string_), '\0');
  const size_t written = JSStringGetUTF8CString(string_, text.data(), text.size());
  if (written > 0) {
    text.resize(written - 1);
    return text;
  }
  return FromUtf16(JSStringGetCharactersPtr(string_), JSStringGetLength(string_));
}

JSValueRef ToJs(JSContextRef context, std::string_view utf8) {
  return JSValueMakeString(context, JscString(utf8).get());
}

std::string ToUtf8(JSContextRef context, JSValueRef value) {
  return JscString(JSValueToStringCopy(context, value, nullptr)).ToUtf8();
}

JSValueRef MakeError(JSContextRef context, std::string_view code, std::string_view message) {
  JSValueRef text = ToJs(context, message);
  JSObjectRef error = JSObjectMakeError(context, 1, &text, nullptr);
  JSObjectSetProperty(context, error, JscString("code").get(), ToJs(context, code), kJSPropertyAttributeNone, nullptr);
  return error;
}

JSValueRef GetProperty(JSContextRef context, JSObjectRef object, const char* name) {
  JSValueRef value = JSObjectGetProperty(context, object, JscString(name).get(), nullptr);
  return value == nullptr ? JSValueMakeUndefined(context) : value;
}

bool ReadCount(JSContextRef context, JSValueRef value, uint64_t* out) {
  if (!JSValueIsNumber(context, value)) return false;
  const double number = JSValueToNumber(context, value, nullptr);
  if (!(number >= 0 && number <= kMaxSafeInteger) || std::floor(number) != number) return false;
  *out = static_cast<uint64_t>(number);
  return true;
}

}  // namespace ba
