import { readFile } from "node:fs/promises";
import { defaultExportKeys, UserError } from "../diagnostics/index.js";
import { unknownCallbackHint } from "../principal/index.js";
import { callbacksOf } from "../protocol/guest.js";
import type { Mode } from "../protocol/values.js";

const defineFunctions = [
  "defineDownloaderExtension",
  "defineManagedDownloaderExtension",
  "defineStoreDownloaderExtension",
];

/**
 * Refuses a key of the handler that is no callback of the mode, where the entry file spells the handler out. Handlers
 * that are put together elsewhere are checked when they load.
 *
 * @throws UserError `BA_HANDLER_UNKNOWN_KEY`, with one problem for each key
 */
export async function checkCallbacks(entry: string, mode: Mode): Promise<void> {
  const source = await readFile(entry, "utf8");
  const keys =
    defineFunctions.map((callee) => defaultExportKeys(source, callee)).find(({ length }) => length > 0) ?? [];
  const known: readonly string[] = [...callbacksOf[mode], "concurrent"];
  const unknown = keys.filter(({ key }) => !known.includes(key));
  if (unknown.length === 0) return;
  const problems = unknown.map(({ key, line, column }) => ({
    message: `"${key}" is no callback.`,
    hint: unknownCallbackHint(key, mode),
    location: { file: entry, line, column },
  }));
  throw new UserError("BA_HANDLER_UNKNOWN_KEY", problems.map(({ message }) => message).join("\n"), {
    problems,
    hint: problems[0]?.hint,
  });
}
