/**
 * The extension process of the hosts `worker` and `embedded`:
 * `node --jitless … main.js --host worker|embedded [--addon PATH]`. Frames come on fd 3 and leave on fd 4.
 * @module
 */
import { Socket } from "node:net";
import { parseArgs } from "node:util";
import { loadAddonEngine } from "./addon-runtime.js";
import type { Engine } from "./runtime.js";
import { runSession } from "./session.js";
import { WorkerRuntime } from "./worker-runtime.js";

const { values } = parseArgs({ options: { host: { type: "string" }, addon: { type: "string" } } });
const host = values.host ?? "worker";

const input = new Socket({ fd: 3, readable: true, writable: false });
const output = new Socket({ fd: 4, readable: false, writable: true });
// The parent is gone, which the end of fd 3 tells as well.
output.on("error", () => {});

if ((await runSession({ host, engine: startEngine(host, values.addon), input, output })) === "parentGone") endTree();
output.end(() => process.exit(0));

function startEngine(name: string, addon: string | undefined): Engine {
  if (name === "worker") {
    return { name: "node", version: process.versions.node, createRuntime: (options) => new WorkerRuntime(options) };
  }
  if (name === "embedded" && addon !== undefined) return loadAddonEngine(addon);
  throw new Error(`usage: main.js --host worker|embedded [--addon PATH]; got --host ${name}`);
}

/** Ends this process and all that the handler started, at once: nobody reads what they would still have to say. */
function endTree(): void {
  try {
    process.kill(-process.pid, "SIGKILL");
  } catch {
    // Not the leader of a process group: started by hand.
    process.kill(process.pid, "SIGKILL");
  }
}
