import { join } from "node:path";
import { build } from "esbuild";
import { expect, test } from "vitest";

const minimalHandler = `
  import { defineDownloaderExtension, urlDownload } from "./sdk/index.js";
  import { createStart } from "./guest/index.js";
  exports.start = createStart(defineDownloaderExtension({
    *downloads({ manifest }) {
      for (const { path, url, size } of manifest.json().assets) yield urlDownload({ identifier: path, request: url, fileSize: size });
    },
    async downloadFinished(download, file) {
      await file.moveTo(download.identifier);
    },
  }));
`;

const lazyHandler = `
  import { defineDownloaderExtension, storage, urlDownload } from "./sdk/index.js";
  import { createStart } from "./guest/index.js";
  exports.start = createStart(defineDownloaderExtension({
    async *downloads({ manifest, essentialAllowed }) {
      for (const { path, url, size } of manifest.items("/assets").filter(({ size }) => size > 0)) {
        if ((await storage.stat(path))?.size === size) continue;
        yield urlDownload({ identifier: path, request: url, fileSize: size, essential: essentialAllowed });
      }
    },
    async downloadFinished(download, file) {
      await file.moveTo(download.identifier, { exclusive: true });
    },
  }));
`;

const handlerWithEveryService = `
  import { defineDownloaderExtension, downloadManager, log, notify, settings, storage, urlDownload } from "./sdk/index.js";
  import { createStart } from "./guest/index.js";
  exports.start = createStart(defineDownloaderExtension({
    async *downloads({ manifest }) {
      const previous = await storage.open("manifest.json");
      if ((await previous?.sha256()) === (await manifest.sha256())) return;
      for (const { path, url, size } of manifest.items()) yield urlDownload({ identifier: path, request: url, fileSize: size });
      await manifest.copyTo("manifest.json");
    },
    async downloadFailed(download, error) {
      log.error(download.identifier + ": " + error.message);
      if (download.essential) await downloadManager.schedule(download.removingEssential());
    },
    async downloadFinished(download, file) {
      await file.moveTo(download.identifier);
      await settings.update("finished", (count) => (count ?? 0) + 1);
      await notify("com.example.finished");
    },
  }));
`;

async function bytesOf(handler: string): Promise<number> {
  const { outputFiles } = await build({
    stdin: { contents: handler, resolveDir: join(import.meta.dirname, "..") },
    bundle: true,
    write: false,
    minify: true,
    charset: "ascii",
    format: "cjs",
    target: "es2022",
    platform: "neutral",
    logLevel: "silent",
  });
  return outputFiles[0]?.contents.byteLength ?? Infinity;
}

// docs/handler.md names the first and the last figure.
test.each([
  ["a minimal handler", 6, minimalHandler],
  ["a handler that reads its manifest lazily and looks at its files", 7.5, lazyHandler],
  ["a handler with every service", 11, handlerWithEveryService],
])("the bundle of %s is at most %d KiB", async (_, kibibytes, handler) => {
  expect(await bytesOf(handler)).toBeLessThanOrEqual(kibibytes * 1024);
});
