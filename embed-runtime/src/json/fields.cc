#include "json/fields.h"

#include <charconv>

#include "json/characters.h"
#include "json/cursor.h"
#include "json/escape.h"
#include "json/validate.h"

namespace ba {
namespace {

constexpr uint64_t kMaxSafeInteger = 9007199254740991;

// A string without its quotes.
std::string_view Content(std::string_view raw) { return raw.substr(1, raw.size() - 2); }

}  // namespace

std::optional<JsonFields> JsonFields::Parse(std::string_view json) {
  if (FindJsonProblem(json)) return {};
  const size_t root = SkipJsonSpace(json, 0);
  if (json[root] != '{') return {};
  JsonFields result;
  auto text = [&](size_t at) { return json.substr(at, SkipJson(json, at) - at); };
  for (size_t name = FirstInJson(json, root); name != kNoJson;) {
    const size_t value = NextInJson(json, SkipJson(json, name));
    result.fields_.emplace_back(DecodeJsonString(Content(text(name))), text(value));
    name = NextInJson(json, SkipJson(json, value));
  }
  return result;
}

std::optional<std::string_view> JsonFields::Raw(std::string_view name) const {
  for (auto field = fields_.rbegin(); field != fields_.rend(); ++field) {
    if (field->first == name) return field->second;
  }
  return {};
}

std::optional<std::string> JsonFields::Text(std::string_view name) const {
  const auto raw = Raw(name);
  if (!raw || raw->front() != '"') return {};
  return DecodeJsonString(Content(*raw));
}

std::optional<uint64_t> JsonFields::Count(std::string_view name) const {
  const auto raw = Raw(name);
  uint64_t count;
  if (!raw) return {};
  const auto [end, error] = std::from_chars(raw->data(), raw->data() + raw->size(), count);
  if (error != std::errc() || end != raw->data() + raw->size() || count > kMaxSafeInteger) return {};
  return count;
}

std::optional<std::string_view> JsonFields::Object(std::string_view name) const {
  const auto raw = Raw(name);
  return raw && raw->front() == '{' ? raw : std::nullopt;
}

}  // namespace ba
