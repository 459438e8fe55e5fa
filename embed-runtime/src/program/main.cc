// ba-extension-host: the extension process of the host `libnode`.
#include "extension/run.h"

int main() { ba::RunExtension("libnode"); }
