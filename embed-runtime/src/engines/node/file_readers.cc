#include "engines/node/file_readers.h"

#include <cstdlib>
#include <cstring>
#include <string>
#include <utility>

#include "core/file_errors.h"
#include "core/mapped_file.h"
#include "core/utf8.h"
#include "engines/node/arguments.h"
#include "engines/node/values.h"

namespace ba {
namespace {

using Info = v8::FunctionCallbackInfo<v8::Value>;

constexpr size_t kMaxBytes = 0x7fffffff;

void Throw(const Info& info, const CodedError& error) { ThrowError(info.GetIsolate(), error.code, error.message); }

bool Open(const Info& info, const char* usage, MappedFile* file, std::string* path) {
  if (!CheckArguments(info, info[0]->IsString(), usage)) return false;
  *path = ToUtf8(info.GetIsolate(), info[0]);
  const auto error = OpenFile(*path, file);
  if (error) Throw(info, *error);
  return !error;
}

}  // namespace

void ReadText(const Info& info) {
  MappedFile file;
  std::string path;
  if (!Open(info, "readText(path)", &file, &path)) return;
  if (const size_t invalid = FindInvalidUtf8(file.content()); invalid != std::string_view::npos) {
    return Throw(info, NotUtf8Error(file.content(), invalid));
  }
  v8::Local<v8::String> text;
  if (!ToJs(info.GetIsolate(), file.content()).ToLocal(&text)) {
    return Throw(info, TooLargeError("The file is longer than a string can be", path));
  }
  info.GetReturnValue().Set(text);
}

void ReadBytes(const Info& info) {
  MappedFile file;
  std::string path;
  if (!Open(info, "readBytes(path)", &file, &path)) return;
  const auto content = file.content();
  // malloc, because V8's own allocation ends the process when it fails.
  void* bytes = content.size() <= kMaxBytes ? std::malloc(content.empty() ? 1 : content.size()) : nullptr;
  if (bytes == nullptr) return Throw(info, TooLargeError("The file is larger than 2 GiB, or than the memory", path));
  if (!content.empty()) std::memcpy(bytes, content.data(), content.size());
  auto store = v8::ArrayBuffer::NewBackingStore(
      bytes, content.size(), [](void* data, size_t, void*) { std::free(data); }, nullptr);
  auto buffer = v8::ArrayBuffer::New(info.GetIsolate(), std::move(store));
  info.GetReturnValue().Set(v8::Uint8Array::New(buffer, 0, content.size()));
}

}  // namespace ba
