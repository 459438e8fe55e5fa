#include "json/download.h"

#include <string_view>

#include "json/writer.h"

namespace ba {
namespace {

std::string_view View(ba_string string) { return {string.data, string.length}; }

// What the handler left to the system is absent.
void AppendOptional(std::string* out, std::string_view name, ba_string value) {
  if (value.data == nullptr) return;
  out->append(",\"").append(name).append("\":");
  AppendJsonString(out, View(value));
}

void AppendOptional(std::string* out, std::string_view name, ba_option value) {
  if (value == BA_UNSET) return;
  out->append(",\"").append(name).append(value == BA_YES ? "\":true" : "\":false");
}

void AppendHeaders(std::string* out, const ba_header* headers, size_t count) {
  if (count == 0) return;
  out->append(R"(,"headers":{)");
  for (size_t at = 0; at < count; ++at) {
    if (at > 0) out->push_back(',');
    AppendJsonString(out, View(headers[at].name));
    out->push_back(':');
    AppendJsonString(out, View(headers[at].value));
  }
  out->push_back('}');
}

std::string_view PriorityName(ba_priority priority) {
  switch (priority) {
    case BA_PRIORITY_MIN:
      return "min";
    case BA_PRIORITY_MAX:
      return "max";
    case BA_PRIORITY_DEFAULT:
      break;
  }
  return "default";
}

}  // namespace

std::string DownloadJson(const ba_download& download) {
  std::string json = R"({"identifier":)";
  AppendJsonString(&json, View(download.identifier));
  json += R"(,"request":{"url":)";
  AppendJsonString(&json, View(download.url));
  AppendOptional(&json, "method", download.method);
  AppendHeaders(&json, download.headers, download.header_count);
  AppendOptional(&json, "cachePolicy", download.cache_policy);
  if (download.timeout_interval > 0) json += R"(,"timeoutInterval":)" + std::to_string(download.timeout_interval);
  AppendOptional(&json, "allowsCellularAccess", download.allows_cellular_access);
  AppendOptional(&json, "allowsConstrainedNetworkAccess", download.allows_constrained_network_access);
  AppendOptional(&json, "allowsExpensiveNetworkAccess", download.allows_expensive_network_access);
  json += R"(},"fileSize":)" + std::to_string(download.file_size);
  json += R"(,"essential":)";
  json += download.essential ? "true" : "false";
  json += R"(,"priority":")";
  json += PriorityName(download.priority);
  json += '"';
  AppendOptional(&json, "applicationGroupIdentifier", download.application_group_identifier);
  return json += '}';
}

}  // namespace ba
