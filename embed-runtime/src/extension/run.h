#ifndef BA_EXTENSION_RUN_H
#define BA_EXTENSION_RUN_H

#include <string_view>

namespace ba {

// The extension process: the parent's frames come on fd 3, ours leave on fd 4, until the parent says `stop` or is gone.
// Ends the process. `host`: its name in `hello`; static storage.
[[noreturn]] void RunExtension(std::string_view host);

}  // namespace ba

#endif
