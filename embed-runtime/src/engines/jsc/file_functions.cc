#include "engines/jsc/file_functions.h"

#include <cstdlib>
#include <cstring>
#include <string>

#include "core/file_errors.h"
#include "core/mapped_file.h"
#include "core/utf8.h"

namespace ba {
namespace {

// Of a string's characters and of an array buffer's bytes.
constexpr size_t kMaxLength = 0x7fffffff;

JSValueRef Throw(JscCall& call, const CodedError& error) { return call.Throw(error.code, error.message); }

}  // namespace

JSValueRef ReadText(JscCall& call, JscNativeState*) {
  if (!call.IsString(0)) return call.ThrowArguments("readText(path)");
  MappedFile file;
  const std::string path = call.Text(0);
  if (const auto error = OpenFile(path, &file)) return Throw(call, *error);
  const auto content = file.content();
  if (const size_t invalid = FindInvalidUtf8(content); invalid != std::string_view::npos) {
    return Throw(call, NotUtf8Error(content, invalid));
  }
  if (content.size() > kMaxLength) return Throw(call, TooLargeError("The file is longer than a string can be", path));
  return ToJs(call.context(), content);
}

JSValueRef ReadBytes(JscCall& call, JscNativeState*) {
  if (!call.IsString(0)) return call.ThrowArguments("readBytes(path)");
  MappedFile file;
  const std::string path = call.Text(0);
  if (const auto error = OpenFile(path, &file)) return Throw(call, *error);
  const auto content = file.content();
  void* bytes = content.size() <= kMaxLength ? std::malloc(content.empty() ? 1 : content.size()) : nullptr;
  if (bytes == nullptr) return Throw(call, TooLargeError("The file is larger than 2 GiB, or than the memory", path));
  if (!content.empty()) std::memcpy(bytes, content.data(), content.size());
  return JSObjectMakeTypedArrayWithBytesNoCopy(
      call.context(), kJSTypedArrayTypeUint8Array, bytes, content.size(), [](void* data, void*) { std::free(data); },
      nullptr, nullptr);
}

}  // namespace ba
