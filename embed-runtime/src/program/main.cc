// The extension process of a host: the runtime with its engine, spoken to in frames.
#include "extension/run.h"

int main() { ba::RunExtension(BA_HOST_NAME); }
