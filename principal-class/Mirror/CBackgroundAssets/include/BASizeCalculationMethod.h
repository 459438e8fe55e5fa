#ifndef BASIZECALCULATIONMETHOD_H
#define BASIZECALCULATIONMETHOD_H

#include "CBackgroundAssets.h"

/* How the size of a local asset pack is counted (27.2 beta; the raw values are not on its page). */
BA_ENUM(BASizeCalculationMethod) {
  BASizeCalculationMethodLogical = 0,
  BASizeCalculationMethodAllocated = 1,
} BA_FROM(27.2, 27.2, 27.2, 27.2) BA_NOT_ON_WATCHOS __attribute__((swift_name("SizeCalculationMethod")));

typedef enum BASizeCalculationMethod BASizeCalculationMethod __attribute__((swift_name("SizeCalculationMethod")));

#endif
