#include "CExtensionFoundation.h"

/* Weak: null in a program without an extension process. Swift cannot say that, hence C. */
extern void ba_simulation_install_runner(void) __attribute__((weak));

int ba_simulation_call_install_runner(void) {
  if (!ba_simulation_install_runner) return 0;
  ba_simulation_install_runner();
  return 1;
}
