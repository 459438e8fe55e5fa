/** The program behind `ba-extension`. */
import process from "node:process";
import { run } from "./run.js";

const interruption = new AbortController();
for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  // The first one lets the run tidy up; a second one does not wait for it.
  process.on(name, () => (interruption.signal.aborted ? process.exit(130) : interruption.abort()));
}
// `ba-extension … | head`: the reader has gone, nobody is left to tell.
process.stdout.on("error", (error: NodeJS.ErrnoException) => process.exit(error.code === "EPIPE" ? 0 : 1));

process.exitCode = await run(process.argv.slice(2), {
  stdout: process.stdout,
  stderr: process.stderr,
  cwd: process.cwd(),
  env: process.env,
  signal: interruption.signal,
  crash() {
    process.kill(process.pid, "SIGKILL");
    // Nothing may happen any more, also where the signal takes its time.
    for (;;) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  },
});
