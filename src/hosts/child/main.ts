/**
 * The extension process of the hosts `worker` and `embedded`:
 * `node --jitless … main.js --host worker|embedded [--addon PATH]`. Frames come on fd 3 and leave on fd 4.
 * @module
 */
import { Socket } from "node:net";
import { parseArgs } from "node:util";
import { loadAddon } from "./addon.js";
import { runSession } from "./session.js";

const { values } = parseArgs({ options: { host: { type: "string" }, addon: { type: "string" } } });
const host = values.host ?? "worker";

if (host === "embedded" && values.addon !== undefined) loadAddon(values.addon).run();
if (host !== "worker") throw new Error(`usage: main.js --host worker|embedded [--addon PATH]; got --host ${host}`);

const input = new Socket({ fd: 3, readable: true, writable: false });
const output = new Socket({ fd: 4, readable: false, writable: true });
// The parent is gone, which the end of fd 3 tells as well.
output.on("error", () => {});

if ((await runSession(input, output)) === "parentGone") endTree();
output.end(() => process.exit(0));

/** Ends this process and all that the handler started, at once: nobody reads what they would still have to say. */
function endTree(): void {
  try {
    process.kill(-process.pid, "SIGKILL");
  } catch {
    // Not the leader of a process group: started by hand.
    process.kill(process.pid, "SIGKILL");
  }
}
