#ifndef BA_ENGINES_JSC_BOOTSTRAP_H
#define BA_ENGINES_JSC_BOOTSTRAP_H

#include <string>

namespace ba {

// The body of a function (setTimer, fail, log) that readies a fresh context and returns { start, describe, runTimers }. ASCII.
std::string JscBootstrapSource();

}  // namespace ba

#endif
