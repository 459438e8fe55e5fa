#ifndef BA_CORE_CODED_ERROR_H
#define BA_CORE_CODED_ERROR_H

#include <string>
#include <string_view>

namespace ba {

// What an engine throws to the guest: an Error with a `code`, which is a literal.
struct CodedError {
  std::string_view code;
  std::string message;
};

}  // namespace ba

#endif
