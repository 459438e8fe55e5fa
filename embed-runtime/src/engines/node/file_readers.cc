#include "engines/node/file_readers.h"

#include <cstdlib>
#include <cstring>
#include <string>
#include <utility>

#include "core/mapped_file.h"
#include "core/utf8.h"
#include "engines/node/values.h"

namespace ba {
namespace {

using Info = v8::FunctionCallbackInfo<v8::Value>;

constexpr size_t kMaxBytes = 0x7fffffff;

bool Open(const Info& info, MappedFile* file, std::string* path) {
  v8::Isolate* isolate = info.GetIsolate();
  *path = ToUtf8(isolate, info[0]);
  Result opened = file->Open(*path);
  if (!opened.ok())
    ThrowError(isolate, "BA_FILE_UNREADABLE", "The file cannot be read: " + *path + ". " + opened.text + ".");
  return opened.ok();
}

}  // namespace

void ReadText(const Info& info) {
  v8::Isolate* isolate = info.GetIsolate();
  MappedFile file;
  std::string path;
  if (!Open(info, &file, &path)) return;
  if (DetectEncoding(file.content()) == Encoding::kInvalid) {
    return ThrowError(isolate, "BA_FILE_NOT_UTF8", "The file is not UTF-8 text: " + path + ".");
  }
  v8::Local<v8::String> text;
  if (!ToJs(isolate, file.content()).ToLocal(&text)) {
    return ThrowError(isolate, "BA_FILE_TOO_LARGE", "The file is longer than a string can be: " + path + ".");
  }
  info.GetReturnValue().Set(text);
}

void ReadBytes(const Info& info) {
  v8::Isolate* isolate = info.GetIsolate();
  MappedFile file;
  std::string path;
  if (!Open(info, &file, &path)) return;
  const auto content = file.content();
  // malloc, because V8's own allocation ends the process when it fails.
  void* bytes = content.size() <= kMaxBytes ? std::malloc(content.empty() ? 1 : content.size()) : nullptr;
  if (bytes == nullptr)
    return ThrowError(isolate, "BA_FILE_TOO_LARGE", "The file is larger than 2 GiB, or than the memory: " + path + ".");
  if (!content.empty()) std::memcpy(bytes, content.data(), content.size());
  auto store = v8::ArrayBuffer::NewBackingStore(
      bytes, content.size(), [](void* data, size_t, void*) { std::free(data); }, nullptr);
  auto buffer = v8::ArrayBuffer::New(isolate, std::move(store));
  info.GetReturnValue().Set(v8::Uint8Array::New(buffer, 0, content.size()));
}

}  // namespace ba
