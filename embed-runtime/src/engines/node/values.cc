#include "engines/node/values.h"

#include "core/utf8.h"

namespace ba {

v8::Local<v8::String> Name(v8::Isolate* isolate, std::string_view ascii) {
  return v8::String::NewFromOneByte(isolate, reinterpret_cast<const uint8_t*>(ascii.data()),
                                    v8::NewStringType::kInternalized,
                                    static_cast<int>(ascii.size()))
      .ToLocalChecked();  // Only a text of hundreds of megabytes fails.
}

v8::MaybeLocal<v8::String> ToJs(v8::Isolate* isolate, std::string_view utf8) {
  if (utf8.size() > static_cast<size_t>(v8::String::kMaxLength)) return {};
  const int length = static_cast<int>(utf8.size());
  // One byte a character instead of two, and no decoding.
  if (DetectEncoding(utf8) == Encoding::kAscii) {
    return v8::String::NewFromOneByte(isolate, reinterpret_cast<const uint8_t*>(utf8.data()),
                                      v8::NewStringType::kNormal, length);
  }
  return v8::String::NewFromUtf8(isolate, utf8.data(), v8::NewStringType::kNormal, length);
}

std::string ToUtf8(v8::Isolate* isolate, v8::Local<v8::Value> value) {
  v8::TryCatch ignored(isolate);
  v8::String::Utf8Value written(isolate, value);
  if (*written == nullptr) return {};
  std::string text(*written, static_cast<size_t>(written.length()));
  // Some versions of V8 write half a surrogate pair as three bytes, which are no UTF-8.
  constexpr std::string_view kReplacement = "\xef\xbf\xbd";
  for (size_t at = 0, next; (next = FindInvalidUtf8(std::string_view(text).substr(at))) != std::string_view::npos;) {
    at += next;
    text.replace(at, kReplacement.size(), kReplacement);
  }
  return text;
}

void ThrowError(v8::Isolate* isolate, std::string_view code, std::string_view message) {
  v8::Local<v8::String> text;
  if (!ToJs(isolate, message).ToLocal(&text)) return;
  v8::Local<v8::Value> error = v8::Exception::Error(text);
  const auto defined =
      error.As<v8::Object>()->Set(isolate->GetCurrentContext(), Name(isolate, "code"), Name(isolate, code));
  if (defined.FromMaybe(false)) isolate->ThrowException(error);
}

}  // namespace ba
