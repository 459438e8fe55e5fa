import { join } from "node:path";
import { packageRoot } from "../config/package-root.js";
import type { HostCommand } from "./extension-process.js";

/**
 * `--jitless`: no executable memory, as on Apple platforms; it removes WebAssembly, hence `fetch`. V8 takes it only
 * before it starts, hence on the command line. Node 20 and 22 complain on stderr that the two flags conflict unless the
 * second is taken back as well; Node 24 does not, and refuses to be told.
 */
const nodeFlags = [
  "--jitless",
  ...(Number.parseInt(process.versions.node, 10) < 24 ? ["--no-expose-wasm"] : []),
  "--max-semi-space-size=1",
];

/** A child Node process with the handler in a worker thread. */
export function workerCommand(): HostCommand {
  return childCommand(["--host", "worker"]);
}

/** A child Node process with the C++ runtime. `addon`: absolute path of `ba_runtime.node`. */
export function embeddedCommand(addon: string): HostCommand {
  return childCommand(["--host", "embedded", "--addon", addon]);
}

/** Absolute path of the child's program, which `npm run build` makes. */
export function childProgram(): string {
  return join(packageRoot(), "dist/child/main.js");
}

function childCommand(args: readonly string[]): HostCommand {
  return { file: process.execPath, args: [...nodeFlags, childProgram(), ...args] };
}
