#ifndef BA_CORE_LAST_ERROR_H
#define BA_CORE_LAST_ERROR_H

#include "core/result.h"

namespace ba {

// Keeps the message of a result for ba_last_error() on this thread, and returns its status.
ba_status Publish(Result result);

// Valid until the next Publish on this thread.
const char* LastError();

}  // namespace ba

#endif
