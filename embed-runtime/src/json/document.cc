#include "json/document.h"

#include "core/file_errors.h"
#include "core/utf8.h"
#include "json/characters.h"
#include "json/cursor.h"
#include "json/validate.h"
#include "json/writer.h"

namespace ba {
namespace {

JsonNode NodeAt(size_t offset) { return offset == kNoJson ? kNoNode : static_cast<JsonNode>(offset) + 1; }

CodedError MalformedError(std::string_view content, size_t at) {
  std::string message = "unexpected ";
  if (at == content.size()) {
    message += "end";
  } else {
    AppendJsonString(&message, content.substr(at, Utf8Length(content.substr(at))));
  }
  return {"BA_MALFORMED_JSON", message + " at " + PlaceIn(content, at)};
}

}  // namespace

std::optional<CodedError> JsonDocument::Open(const std::string& path) {
  if (auto error = OpenFile(path, &file_)) return error;
  if (const auto problem = FindJsonProblem(content())) {
    return problem->is_utf8 ? MalformedError(content(), problem->offset) : NotUtf8Error(content(), problem->offset);
  }
  root_ = SkipJsonSpace(content(), 0);
  return {};
}

JsonNode JsonDocument::Find(JsonNode node, std::string_view pointer) const {
  return NodeAt(FindInJson(content(), OffsetOf(node), pointer));
}

std::string_view JsonDocument::Text(JsonNode node) const {
  const size_t at = OffsetOf(node);
  return content().substr(at, SkipJson(content(), at) - at);
}

JsonNode JsonDocument::First(JsonNode node) const {
  return IsJsonContainer(Kind(node)) ? NodeAt(FirstInJson(content(), OffsetOf(node))) : kNotContainer;
}

JsonNode JsonDocument::Next(JsonNode node) const {
  return NodeAt(NextInJson(content(), SkipJson(content(), OffsetOf(node))));
}

}  // namespace ba
