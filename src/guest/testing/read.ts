import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { FileReader, MappedFile } from "../../sdk/reader.js";
import { Engine } from "./engine.js";
import { contentRequest } from "./events.js";

/** A file for the test that runs. */
export function temporaryFile(content: string | Uint8Array, token = "manifest"): MappedFile {
  const folder = mkdtempSync(join(tmpdir(), "ba-guest-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, "file");
  writeFileSync(path, content);
  return { path, size: Buffer.byteLength(content), token };
}

/** Runs `body` as the `downloads` of a handler whose manifest has that content; settles as it does. */
export async function readManifest<T>(
  content: string | Uint8Array,
  body: (manifest: FileReader, engine: Engine) => T | Promise<T>,
): Promise<T> {
  let result: Promise<T> | undefined;
  using engine = new Engine({
    async downloads({ manifest }: { manifest: FileReader }) {
      result = (async () => body(manifest, engine))();
      await result.catch(() => undefined);
      return [];
    },
  });
  const reply = await engine.dispatch(contentRequest({ manifest: temporaryFile(content) }));
  if (!result) throw new Error(`The handler was not called: ${JSON.stringify(reply)}`);
  return result;
}
