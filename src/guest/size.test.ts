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

test("the bundle of a minimal handler is at most 6 KiB", async () => {
  const { outputFiles } = await build({
    stdin: { contents: minimalHandler, resolveDir: join(import.meta.dirname, "..") },
    bundle: true,
    write: false,
    minify: true,
    charset: "ascii",
    format: "cjs",
    target: "es2022",
    platform: "neutral",
    logLevel: "silent",
  });
  expect(outputFiles[0]?.contents.byteLength).toBeLessThanOrEqual(6 * 1024);
});
