#include "addon/status.h"

namespace ba {

const char* StatusName(ba_status status) {
  switch (status) {
    case BA_OK:
      return "BA_OK";
    case BA_ERROR_INVALID_ARGUMENT:
      return "BA_ERROR_INVALID_ARGUMENT";
    case BA_ERROR_INVALID_HANDLE:
      return "BA_ERROR_INVALID_HANDLE";
    case BA_ERROR_WRONG_STATE:
      return "BA_ERROR_WRONG_STATE";
    case BA_ERROR_QUEUE_FULL:
      return "BA_ERROR_QUEUE_FULL";
    case BA_ERROR_ENGINE:
      return "BA_ERROR_ENGINE";
    case BA_ERROR_DEADLINE:
      return "BA_ERROR_DEADLINE";
    case BA_ERROR_STOPPED:
      return "BA_ERROR_STOPPED";
    case BA_ERROR_WRONG_THREAD:
      return "BA_ERROR_WRONG_THREAD";
    case BA_ERROR_LOAD:
      return "BA_ERROR_LOAD";
  }
  return "BA_ERROR_UNKNOWN";
}

Napi::Error MakeError(Napi::Env env, ba_status status, const std::string& message) {
  Napi::Error error = Napi::Error::New(env, message);
  error.Set("code", Napi::String::New(env, StatusName(status)));
  return error;
}

void ThrowUnlessOk(Napi::Env env, ba_status status) {
  if (status != BA_OK) MakeError(env, status, ba_last_error()).ThrowAsJavaScriptException();
}

}  // namespace ba
