#ifndef BA_CORE_FILE_ERRORS_H
#define BA_CORE_FILE_ERRORS_H

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "core/coded_error.h"
#include "core/mapped_file.h"

namespace ba {

// Opens a file, or says why it cannot be read: BA_FILE_UNREADABLE.
std::optional<CodedError> OpenFile(const std::string& path, MappedFile* file);

// BA_FILE_TOO_LARGE: `what` ends in "… is longer than a string can be".
CodedError TooLargeError(std::string_view what, const std::string& path);

// BA_FILE_NOT_UTF8: "byte 0xFF at line 3, column 7". What comes before `at` is UTF-8.
CodedError NotUtf8Error(std::string_view content, size_t at);

// "line 3, column 7": from 1, columns in UTF-16 code units. What comes before `at` is UTF-8.
std::string PlaceIn(std::string_view content, size_t at);

}  // namespace ba

#endif
