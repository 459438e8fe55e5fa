/* SwiftPM takes no C target without a source. */
#include "CBackgroundAssets.h"
