#ifndef BA_ENGINES_NODE_DOWNLOAD_ARGUMENTS_H
#define BA_ENGINES_NODE_DOWNLOAD_ARGUMENTS_H

#include <v8.h>

#include <deque>
#include <string>
#include <vector>

#include "ba_runtime.h"

namespace ba {

// The arguments of native.emitDownload as a ba_download, whose strings live as long as this.
class DownloadArguments {
 public:
  explicit DownloadArguments(v8::Isolate* isolate);

  // From the second argument on. False when one is missing or of another type.
  bool Read(const v8::FunctionCallbackInfo<v8::Value>& info);

  const ba_download& get() const { return download_; }

 private:
  bool ReadRequest(v8::Local<v8::Object> request);
  bool ReadHeaders(v8::Local<v8::Value> value);
  bool ReadText(v8::Local<v8::Value> value, ba_string* out);
  bool ReadOptionalText(v8::Local<v8::Value> value, ba_string* out);

  v8::Isolate* isolate_;
  ba_download download_{};
  // A deque does not move what it holds.
  std::deque<std::string> texts_;
  std::vector<ba_header> headers_;
};

}  // namespace ba

#endif
