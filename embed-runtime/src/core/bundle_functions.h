#ifndef BA_CORE_BUNDLE_FUNCTIONS_H
#define BA_CORE_BUNDLE_FUNCTIONS_H

#include <string>
#include <string_view>

namespace ba {

// JavaScript that the bootstrap of every engine has in it: the functions startBundle and describeThrown. ASCII.
std::string_view BundleFunctions();

// `__dirname` of a bundle.
std::string DirectoryOf(const std::string& path);

}  // namespace ba

#endif
