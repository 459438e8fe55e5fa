#include "engines/node/download_arguments.h"

#include "engines/node/arguments.h"
#include "engines/node/values.h"

namespace ba {
namespace {

bool ReadOption(v8::Local<v8::Value> value, ba_option* out) {
  if (!value->IsUndefined() && !value->IsBoolean()) return false;
  *out = value->IsUndefined() ? BA_UNSET : value->IsTrue() ? BA_YES : BA_NO;
  return true;
}

}  // namespace

DownloadArguments::DownloadArguments(v8::Isolate* isolate) : isolate_(isolate) {
  download_.struct_size = sizeof download_;
}

bool DownloadArguments::Read(const v8::FunctionCallbackInfo<v8::Value>& info) {
  uint64_t priority;
  if (!ReadText(info[1], &download_.identifier) || !ReadText(info[2], &download_.url)) return false;
  if (!ReadCount(info[3], &download_.file_size) || !info[4]->IsBoolean()) return false;
  if (!ReadCount(info[5], &priority) || priority > BA_PRIORITY_MAX) return false;
  if (!ReadOptionalText(info[6], &download_.application_group_identifier)) return false;
  download_.essential = info[4]->IsTrue();
  download_.priority = static_cast<ba_priority>(priority);
  return info[7]->IsUndefined() || (info[7]->IsObject() && ReadRequest(info[7].As<v8::Object>()));
}

bool DownloadArguments::ReadRequest(v8::Local<v8::Object> request) {
  auto context = isolate_->GetCurrentContext();
  auto get = [&](const char* name) {
    v8::Local<v8::Value> value;
    return request->Get(context, Name(isolate_, name)).ToLocal(&value) ? value : v8::Null(isolate_).As<v8::Value>();
  };
  auto timeout = get("timeoutInterval");
  return ReadOptionalText(get("method"), &download_.method) && ReadHeaders(get("headers")) &&
         ReadOptionalText(get("cachePolicy"), &download_.cache_policy) &&
         (timeout->IsUndefined() || ReadCount(timeout, &download_.timeout_interval)) &&
         ReadOption(get("allowsCellularAccess"), &download_.allows_cellular_access) &&
         ReadOption(get("allowsConstrainedNetworkAccess"), &download_.allows_constrained_network_access) &&
         ReadOption(get("allowsExpensiveNetworkAccess"), &download_.allows_expensive_network_access);
}

// Name, value, name, value, …
bool DownloadArguments::ReadHeaders(v8::Local<v8::Value> value) {
  if (!value->IsArray() || value.As<v8::Array>()->Length() % 2 != 0) return false;
  auto context = isolate_->GetCurrentContext();
  auto pairs = value.As<v8::Array>();
  auto read = [&](uint32_t at, ba_string* out) {
    v8::Local<v8::Value> text;
    return pairs->Get(context, at).ToLocal(&text) && ReadText(text, out);
  };
  headers_.resize(pairs->Length() / 2);
  for (uint32_t at = 0; at < headers_.size(); ++at) {
    if (!read(2 * at, &headers_[at].name) || !read(2 * at + 1, &headers_[at].value)) return false;
  }
  download_.headers = headers_.data();
  download_.header_count = headers_.size();
  return true;
}

bool DownloadArguments::ReadText(v8::Local<v8::Value> value, ba_string* out) {
  if (!value->IsString()) return false;
  const std::string& text = texts_.emplace_back(ToUtf8(isolate_, value));
  *out = {text.data(), text.size()};
  return true;
}

bool DownloadArguments::ReadOptionalText(v8::Local<v8::Value> value, ba_string* out) {
  return value->IsUndefined() || ReadText(value, out);
}

}  // namespace ba
