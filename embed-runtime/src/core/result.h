#ifndef BA_CORE_RESULT_H
#define BA_CORE_RESULT_H

#include <string>
#include <utility>

#include "ba_runtime.h"

namespace ba {

// A status for machines and a text for people; the text of BA_OK is a result, where there is one.
struct Result {
  ba_status status = BA_OK;
  std::string text;

  bool ok() const { return status == BA_OK; }

  static Result Ok(std::string text = {}) { return {BA_OK, std::move(text)}; }
  static Result Error(ba_status status, std::string text) { return {status, std::move(text)}; }
};

}  // namespace ba

#endif
