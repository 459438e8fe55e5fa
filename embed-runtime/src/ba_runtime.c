/* Compiled as C99, and that is all: ba_runtime.h is a C header. With SwiftPM, what makes it a module. */
#include "ba_runtime.h"

typedef int header_compiles[sizeof(ba_runtime_options) > 0 ? 1 : -1];
