import { execFile, execFileSync } from "node:child_process";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { packageRoot } from "../../src/config/package-root.js";
import { requireOrSkip } from "../../test/skip.js";

export const toolchain = join(packageRoot(), "scripts/linux-toolchain");

/** Whether a test that needs libnode is left out here; says so on stderr, and throws in CI. */
export function skipWithoutLibnode(): boolean {
  return requireOrSkip(status().available, "libnode and its toolchain", "scripts/linux-toolchain setup");
}

/** The same for JavaScriptCore, which is built beside libnode where its C headers are. */
export function skipWithoutJavaScriptCore(): boolean {
  const { available, javascriptcore } = status();
  const how = "scripts/linux-toolchain setup, or install libjavascriptcoregtk-4.1-dev";
  return requireOrSkip(available && javascriptcore !== null, "JavaScriptCore with its C headers", how);
}

function status(): { readonly available: boolean; readonly javascriptcore?: string | null } {
  return JSON.parse(execFileSync(toolchain, ["status"], { encoding: "utf8" }));
}

let building: Promise<string> | undefined;

/** Builds what is out of date. Resolves to the folder of the programs. */
export function buildWithLibnode(): Promise<string> {
  building ??= promisify(execFile)(join(packageRoot(), "scripts/build-runtime")).then(({ stdout }) =>
    dirname(stdout.trim()),
  );
  return building;
}
