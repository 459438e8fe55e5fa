#ifndef BA_JSON_DOCUMENT_H
#define BA_JSON_DOCUMENT_H

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/coded_error.h"
#include "core/mapped_file.h"

namespace ba {

// A value or a name in a document: its offset in the file plus one. 0 is the root, too, wherever that begins.
using JsonNode = int64_t;
constexpr JsonNode kNoNode = -1;
constexpr JsonNode kNotContainer = -2;

// A mapped JSON file that was checked as a whole when it was opened. There is no index: a step walks over text, so
// memory does not depend on the file. A file that is changed in place meanwhile gives nonsense, within the mapping.
class JsonDocument {
 public:
  // Once. BA_FILE_UNREADABLE, BA_FILE_NOT_UTF8 or BA_MALFORMED_JSON, with the messages of src/guest/native.ts.
  std::optional<CodedError> Open(const std::string& path);

  // Whether a number can be a node here. The functions below take such nodes only.
  bool Contains(JsonNode node) const { return node >= 0 && static_cast<uint64_t>(node) <= content().size(); }

  // The node at a JSON Pointer below `node`, or kNoNode. `pointer` is one, in UTF-8: IsJsonPointer.
  JsonNode Find(JsonNode node, std::string_view pointer) const;
  // As it is in the file.
  std::string_view Text(JsonNode node) const;
  char Kind(JsonNode node) const { return content()[OffsetOf(node)]; }
  // The first element or name inside, kNoNode, or kNotContainer.
  JsonNode First(JsonNode node) const;
  // After an element the next one, after a name its value, after that the next name; kNoNode at the end.
  JsonNode Next(JsonNode node) const;

 private:
  std::string_view content() const { return file_.content(); }
  size_t OffsetOf(JsonNode node) const { return node == 0 ? root_ : static_cast<size_t>(node) - 1; }

  MappedFile file_;
  size_t root_ = 0;
};

}  // namespace ba

#endif
