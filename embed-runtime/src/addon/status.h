#ifndef BA_ADDON_STATUS_H
#define BA_ADDON_STATUS_H

#include <napi.h>

#include <string>

#include "ba_runtime.h"

namespace ba {

// "BA_ERROR_WRONG_STATE" and its like.
const char* StatusName(ba_status status);

// An Error whose `code` is the name of the status.
Napi::Error MakeError(Napi::Env env, ba_status status, const std::string& message);

// Throws unless BA_OK, with the message of ba_last_error().
void ThrowUnlessOk(Napi::Env env, ba_status status);

}  // namespace ba

#endif
