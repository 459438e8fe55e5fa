#ifndef BATYPES_H
#define BATYPES_H

#include "CBackgroundAssets.h"

/* BATypes.h: why the system wakes the extension. */
BA_ENUM(BAContentRequest) {
  /* The app was installed. */
  BAContentRequestInstall = 1,
  /* The app was updated. */
  BAContentRequestUpdate,
  /* The system asks for fresh content at a time of its choice. */
  BAContentRequestPeriodic,
  /* Someone changed the app's preferred language. */
  BAContentRequestLanguageChange BA_FROM(27.0, 27.0, 27.0, 27.0),
} BA_FROM(16.1, 13.0, 18.4, 2.4) BA_NOT_ON_WATCHOS;

typedef enum BAContentRequest BAContentRequest;

#endif
