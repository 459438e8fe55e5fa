#include "json/documents.h"

namespace ba {

std::optional<CodedError> JsonDocuments::Open(const std::string& path, uint64_t* number) {
  const auto entry = documents_.try_emplace(last_ + 1).first;
  auto error = entry->second.Open(path);
  if (error) {
    documents_.erase(entry);
  } else {
    *number = ++last_;
  }
  return error;
}

const JsonDocument* JsonDocuments::Find(uint64_t number) const {
  const auto entry = documents_.find(number);
  return entry == documents_.end() ? nullptr : &entry->second;
}

}  // namespace ba
