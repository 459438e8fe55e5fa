import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { embeddedCommand } from "../child-command.js";
import { launchCommand } from "../launch-command.js";

const bundle = `exports.start = (native) => ({
  callbacks: ["extensionWillTerminate"],
  dispatch: (event) => native.reply(event, '{"status":"fulfilled","value":null}'),
  hostReply() {},
});
`;

/**
 * Loads an addon in a child process, as it will be used, and has it answer one event. Throws with what went wrong.
 * @param directory an existing folder for a file of its own
 */
export async function selfTest(addon: string, directory: string): Promise<void> {
  const path = join(directory, "self-test.cjs");
  await writeFile(path, bundle);
  const guest = await launchCommand(embeddedCommand(addon), {
    bundle: { path },
    configuration: {
      mode: "unmanaged",
      callbacks: ["extensionWillTerminate"],
      environment: { platform: "macOS", osVersion: "26.1", locale: "en-US" },
      bundle: { infoDictionary: {}, appInfoDictionary: {} },
      clockOffset: 0,
    },
    loadDeadlineMs: 30_000,
    heapMegabytes: 64,
    onHostCall: () => Promise.resolve({ ok: true, value: null }),
    onLog() {},
  });
  const answer = await guest.dispatch({ kind: "extensionWillTerminate" }, 30_000, { download() {} });
  await guest.stop();
  if (answer.outcome !== "answered") throw new Error(`The runtime did not answer its first event: ${answer.message}`);
}
