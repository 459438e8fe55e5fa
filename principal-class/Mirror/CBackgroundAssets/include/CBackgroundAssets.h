/*
 * The C enums of Background Assets. They are C because an enum that Swift imports with open extensibility holds
 * any raw value, as it does on Apple platforms; a Swift enum cannot.
 */
#ifndef CBACKGROUNDASSETS_H
#define CBACKGROUNDASSETS_H

/* NS_ENUM without its typedef, which Clang takes only in Objective-C. `long` is NSInteger. */
#define BA_ENUM(name) enum __attribute__((enum_extensibility(open))) name : long

#define BA_FROM(iosVersion, macosVersion, tvosVersion, visionosVersion)                      \
  __attribute__((availability(ios, introduced = iosVersion)))                                \
  __attribute__((availability(macos, introduced = macosVersion)))                            \
  __attribute__((availability(tvos, introduced = tvosVersion)))                              \
  __attribute__((availability(visionos, introduced = visionosVersion)))

#define BA_NOT_ON_WATCHOS __attribute__((availability(watchos, unavailable)))

#include "BATypes.h"
#include "BADownloadState.h"
#include "BAError.h"
#include "BASizeCalculationMethod.h"

#endif
