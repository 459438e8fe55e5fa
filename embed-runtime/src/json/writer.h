#ifndef BA_JSON_WRITER_H
#define BA_JSON_WRITER_H

#include <string>
#include <string_view>

namespace ba {

// Appends a JSON string, with the escapes of JSON.stringify. `utf8` is taken as it is.
void AppendJsonString(std::string* out, std::string_view utf8);

// {"code":…,"message":…}
std::string GuestErrorJson(std::string_view code, std::string_view message);

}  // namespace ba

#endif
