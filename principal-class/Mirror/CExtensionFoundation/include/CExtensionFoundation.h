#ifndef CEXTENSIONFOUNDATION_H
#define CEXTENSIONFOUNDATION_H

/*
 * Calls `ba_simulation_install_runner` when the program has such a function, and says whether it had. An
 * extension's `main()` runs before any code of the extension process could install a runner, so it asks for one.
 */
int ba_simulation_call_install_runner(void);

#endif
