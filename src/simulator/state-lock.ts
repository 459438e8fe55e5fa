import { readFile, rm, writeFile } from "node:fs/promises";
import { UserError } from "../diagnostics/index.js";
import { isAlive } from "../hosts/index.js";

/** What this process holds: in a container the next process may well have the number of the one that was killed. */
const held = new Set<string>();

/**
 * Takes a state directory for this process, so that two simulated devices never share one. Returns what gives it back.
 * A lock whose process has gone is left over from a crash and is taken.
 *
 * @throws UserError `BA_STATE_IN_USE`
 */
export async function lockState(directory: string, file: string): Promise<() => Promise<void>> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      await writeFile(file, String(process.pid), { flag: "wx" });
      held.add(file);
      return async () => {
        held.delete(file);
        await rm(file, { force: true });
      };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
    const owner = Number(await readFile(file, "utf8").catch(() => ""));
    const inUse = owner === process.pid ? held.has(file) : owner > 0 && isAlive(owner);
    if (attempt > 0 || inUse) {
      throw new UserError("BA_STATE_IN_USE", `The state folder ${directory} is in use by process ${owner}.`, {
        hint: `Wait until that simulation has ended, or name another folder with --state. If none runs, delete ${file}.`,
      });
    }
    await rm(file, { force: true });
  }
}
