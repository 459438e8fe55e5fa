#include "engines/jsc/download_arguments.h"

namespace ba {

bool JscDownloadArguments::Read(const JscCall& call) {
  uint64_t priority;
  if (!ReadText(call.at(1), &download_.identifier) || !ReadText(call.at(2), &download_.url)) return false;
  if (!call.Count(3, &download_.file_size) || !JSValueIsBoolean(context_, call.at(4))) return false;
  if (!call.Count(5, &priority) || priority > BA_PRIORITY_MAX) return false;
  if (!ReadOptionalText(call.at(6), &download_.application_group_identifier)) return false;
  download_.essential = JSValueToBoolean(context_, call.at(4));
  download_.priority = static_cast<ba_priority>(priority);
  JSValueRef request = call.at(7);
  if (JSValueIsUndefined(context_, request)) return true;
  return JSValueIsObject(context_, request) && ReadRequest(JSValueToObject(context_, request, nullptr));
}

bool JscDownloadArguments::ReadRequest(JSObjectRef request) {
  const auto get = [&](const char* name) { return GetProperty(context_, request, name); };
  JSValueRef timeout = get("timeoutInterval");
  return ReadOptionalText(get("method"), &download_.method) && ReadHeaders(get("headers")) &&
         ReadOptionalText(get("cachePolicy"), &download_.cache_policy) &&
         (JSValueIsUndefined(context_, timeout) || ReadCount(context_, timeout, &download_.timeout_interval)) &&
         ReadOption(get("allowsCellularAccess"), &download_.allows_cellular_access) &&
         ReadOption(get("allowsConstrainedNetworkAccess"), &download_.allows_constrained_network_access) &&
         ReadOption(get("allowsExpensiveNetworkAccess"), &download_.allows_expensive_network_access);
}

// Name, value, name, value, …
bool JscDownloadArguments::ReadHeaders(JSValueRef value) {
  if (!JSValueIsArray(context_, value)) return false;
  JSObjectRef pairs = JSValueToObject(context_, value, nullptr);
  uint64_t length;
  if (!ReadCount(context_, GetProperty(context_, pairs, "length"), &length) || length % 2 != 0) return false;
  const auto read = [&](size_t at, ba_string* out) {
    JSValueRef text = JSObjectGetPropertyAtIndex(context_, pairs, static_cast<unsigned>(at), nullptr);
    return text != nullptr && ReadText(text, out);
  };
  headers_.resize(length / 2);
  for (size_t at = 0; at < headers_.size(); ++at) {
    if (!read(2 * at, &headers_[at].name) || !read(2 * at + 1, &headers_[at].value)) return false;
  }
  download_.headers = headers_.data();
  download_.header_count = headers_.size();
  return true;
}

bool JscDownloadArguments::ReadText(JSValueRef value, ba_string* out) {
  if (!JSValueIsString(context_, value)) return false;
  const std::string& text = texts_.emplace_back(ToUtf8(context_, value));
  *out = {text.data(), text.size()};
  return true;
}

bool JscDownloadArguments::ReadOptionalText(JSValueRef value, ba_string* out) {
  return JSValueIsUndefined(context_, value) || ReadText(value, out);
}

bool JscDownloadArguments::ReadOption(JSValueRef value, ba_option* out) const {
  if (!JSValueIsUndefined(context_, value) && !JSValueIsBoolean(context_, value)) return false;
  *out = JSValueIsUndefined(context_, value) ? BA_UNSET : JSValueToBoolean(context_, value) ? BA_YES : BA_NO;
  return true;
}

}  // namespace ba
