#include "core/last_error.h"

#include <string>
#include <utility>

namespace ba {
namespace {

thread_local std::string last_error;

}  // namespace

ba_status Publish(Result result) {
  if (result.ok()) {
    last_error.clear();
  } else {
    last_error = std::move(result.text);
  }
  return result.status;
}

const char* LastError() { return last_error.c_str(); }

}  // namespace ba
