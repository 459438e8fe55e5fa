#include "json/fields.h"

#include <charconv>

#include "json/scanner.h"

namespace ba {
namespace {

constexpr uint64_t kMaxSafeInteger = 9007199254740991;

}  // namespace

std::optional<JsonFields> JsonFields::Parse(std::string_view json) {
  JsonScanner scanner(json);
  JsonFields result;
  scanner.SkipSpace();
  if (!scanner.Take('{')) return {};
  scanner.SkipSpace();
  if (!scanner.Take('}')) {
    do {
      std::string name;
      std::string_view value;
      scanner.SkipSpace();
      if (!scanner.SkipString(&name)) return {};
      scanner.SkipSpace();
      if (!scanner.Take(':')) return {};
      scanner.SkipSpace();
      if (!scanner.SkipValue(&value)) return {};
      scanner.SkipSpace();
      result.fields_.emplace_back(std::move(name), value);
    } while (scanner.Take(','));
    if (!scanner.Take('}')) return {};
  }
  scanner.SkipSpace();
  return scanner.AtEnd() ? std::optional(std::move(result)) : std::nullopt;
}

std::optional<std::string_view> JsonFields::Raw(std::string_view name) const {
  for (auto field = fields_.rbegin(); field != fields_.rend(); ++field) {
    if (field->first == name) return field->second;
  }
  return {};
}

std::optional<std::string> JsonFields::Text(std::string_view name) const {
  const auto raw = Raw(name);
  std::string text;
  if (!raw || !JsonScanner(*raw).SkipString(&text)) return {};
  return text;
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
