/**
 * How the last files ended. A system that is killed before it has written down an answer delivers its message again; the
 * file has left by then, and only this tells whether it was claimed, given up or lost.
 */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { settledFile } from "../protocol/system.js";
import { ownFolder } from "./container.js";
import { inTurn, orNull, whereWritable, writeAtomically } from "./files.js";

const records = z.object({
  version: z.literal(1),
  /** Oldest first. */
  files: z.array(z.object({ uniqueIdentifier: z.string(), file: settledFile })),
});
export type Settled = z.infer<typeof settledFile>;

/** A system delivers one result after another: few can be in doubt at a time. */
const remembered = 32;

const settledPath = (container: string): string => join(container, ownFolder, "settled.json");

/** By unique identifier of the download. */
export async function readSettled(container: string): Promise<ReadonlyMap<string, Settled>> {
  const text = await orNull(readFile(settledPath(container), "utf8"));
  try {
    const { files } = records.parse(JSON.parse(text ?? ""));
    return new Map(files.map(({ uniqueIdentifier, file }) => [uniqueIdentifier, file]));
  } catch {
    return new Map();
  }
}

/** Puts the end of a file on record. `null`: it is here again. */
export async function rememberSettled(
  container: string,
  uniqueIdentifier: string,
  file: Settled | null,
): Promise<void> {
  const path = settledPath(container);
  await inTurn(path, async () => {
    const all = new Map(await readSettled(container));
    const had = all.delete(uniqueIdentifier);
    if (file) all.set(uniqueIdentifier, file);
    else if (!had) return;
    const files = [...all].slice(-remembered).map(([uniqueIdentifier, file]) => ({ uniqueIdentifier, file }));
    const text = `${JSON.stringify({ version: 1, files } satisfies z.infer<typeof records>, null, 2)}\n`;
    await whereWritable(writeAtomically(container, path, text));
  });
}
