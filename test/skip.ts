/**
 * For what a machine may lack (a C++ compiler, the Linux toolchain): a test is left out there, with a line on stderr
 * that says how to get it. With `CI` set nothing is left out: a missing tool is a failure.
 *
 * @param met whether the machine has it
 * @param what what is missing, e.g. `"a C++20 compiler"`
 * @param howToGet the command that gets it
 * @returns true when the test must be skipped
 *
 * @example
 * describe.skipIf(requireOrSkip(hasCompiler, "a C++20 compiler", "apt-get install g++"))("embedded host", () => …);
 */
export function requireOrSkip(met: boolean, what: string, howToGet: string): boolean {
  if (met) return false;
  if (process.env["CI"]) throw new Error(`This test needs ${what}, and CI skips no test. Get it: ${howToGet}`);
  process.stderr.write(`\n! SKIPPED: needs ${what}. Get it: ${howToGet}\n\n`);
  return true;
}
