#include "json/writer.h"

#include <cstdio>

namespace ba {

void AppendJsonString(std::string* out, std::string_view utf8) {
  out->push_back('"');
  for (char c : utf8) {
    if (c == '"' || c == '\\') {
      out->push_back('\\');
      out->push_back(c);
    } else if (static_cast<unsigned char>(c) < 0x20) {
      char escape[7];
      std::snprintf(escape, sizeof escape, "\\u%04x", c);
      out->append(escape);
    } else {
      out->push_back(c);
    }
  }
  out->push_back('"');
}

std::string GuestErrorJson(std::string_view code, std::string_view message) {
  std::string json = R"({"code":)";
  AppendJsonString(&json, code);
  json += R"(,"message":)";
  AppendJsonString(&json, message);
  return json += '}';
}

}  // namespace ba
