#include "json/writer.h"

#include <cstdio>

namespace ba {

void AppendJsonString(std::string* out, std::string_view utf8) {
  constexpr std::string_view kCharacters = "\"\\\b\f\n\r\t", kEscapes = "\"\\bfnrt";
  out->push_back('"');
  for (char c : utf8) {
    if (static_cast<unsigned char>(c) >= 0x20 && c != '"' && c != '\\') {
      out->push_back(c);
    } else if (const size_t known = kCharacters.find(c); known != std::string_view::npos) {
      out->push_back('\\');
      out->push_back(kEscapes[known]);
    } else {
      char escape[7];
      std::snprintf(escape, sizeof escape, "\\u%04x", c);
      out->append(escape);
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
