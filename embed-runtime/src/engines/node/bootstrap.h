#ifndef BA_ENGINES_NODE_BOOTSTRAP_H
#define BA_ENGINES_NODE_BOOTSTRAP_H

#include <string>

namespace ba {

// The body of a function (process, require, log, fail) that readies a fresh environment and returns
// { start, describe }. ASCII.
std::string BootstrapSource();

}  // namespace ba

#endif
