#ifndef BA_JSON_DOCUMENTS_H
#define BA_JSON_DOCUMENTS_H

#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "core/coded_error.h"
#include "json/document.h"

namespace ba {

// The open documents of one engine, by number, from 1. Numbers are never used again. Not synchronised.
class JsonDocuments {
 public:
  // Sets `number` unless there is an error.
  std::optional<CodedError> Open(const std::string& path, uint64_t* number);
  // Null: closed, or never open.
  const JsonDocument* Find(uint64_t number) const;
  // What is not open stays so.
  void Close(uint64_t number) { documents_.erase(number); }
  void CloseAll() { documents_.clear(); }

 private:
  std::map<uint64_t, JsonDocument> documents_;
  uint64_t last_ = 0;
};

}  // namespace ba

#endif
