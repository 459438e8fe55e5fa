#ifndef BA_ENGINES_JSC_DOWNLOAD_ARGUMENTS_H
#define BA_ENGINES_JSC_DOWNLOAD_ARGUMENTS_H

#include <deque>
#include <string>
#include <vector>

#include "ba_runtime.h"
#include "engines/jsc/call.h"

namespace ba {

// The arguments of emitDownload as a ba_download, valid as long as this lives.
class JscDownloadArguments {
 public:
  explicit JscDownloadArguments(JSContextRef context) : context_(context) { download_.struct_size = sizeof download_; }

  // False: an argument is of another type than src/guest/native.ts says.
  bool Read(const JscCall& call);
  const ba_download& get() const { return download_; }

 private:
  bool ReadRequest(JSObjectRef request);
  bool ReadHeaders(JSValueRef value);
  bool ReadText(JSValueRef value, ba_string* out);
  bool ReadOptionalText(JSValueRef value, ba_string* out);
  bool ReadOption(JSValueRef value, ba_option* out) const;

  JSContextRef context_;
  ba_download download_{};
  // Texts stay where they are.
  std::deque<std::string> texts_;
  std::vector<ba_header> headers_;
};

}  // namespace ba

#endif
