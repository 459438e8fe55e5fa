import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { packageRoot } from "../config/package-root.js";
import { gone, guestBundle, isRunning, launch } from "./test-guest.js";

/** A program that launches a guest, prints its pid, and waits. Below the package, whose root it looks for. */
const source = (bundlePath: string, listener: string): string => `
  import { launchGuest } from "./src/hosts/index.ts";
  import { configuration } from "./src/hosts/test-configuration.ts";
  ${listener}
  const guest = await launchGuest({ host: "worker", bundle: { path: ${JSON.stringify(bundlePath)} }, configuration,
    loadDeadlineMs: 30_000, heapMegabytes: 64, onHostCall: async () => ({ ok: true, value: null }), onLog() {} });
  void guest.dispatch({ kind: "extensionWillTerminate" }, 0, { download() { console.log(guest.pid); } });
`;
const busy = `(id) => { native.emitDownload(id, "x", "https://a.example/", 1, false, 1, undefined, undefined); for (;;) {} }`;

let folder: string;
beforeAll(() => {
  mkdirSync(join(packageRoot(), ".cache"), { recursive: true });
  folder = mkdtempSync(join(packageRoot(), ".cache/hosts-exit-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function startParent(
  listener = "",
): Promise<{ parent: ReturnType<typeof spawn>; guestPid: number; lines: AsyncIterator<string> }> {
  const outfile = join(folder, `parent-${process.hrtime.bigint()}.mjs`);
  await build({
    stdin: { contents: source(guestBundle(busy), listener), resolveDir: packageRoot(), loader: "ts" },
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    packages: "external",
    logLevel: "silent",
  });
  const parent = spawn(process.execPath, [outfile], { stdio: ["ignore", "pipe", "inherit"] });
  const lines = createInterface({ input: parent.stdout })[Symbol.asyncIterator]();
  const { value } = await lines.next();
  return { parent, guestPid: Number(value), lines };
}

describe("an extension process with a busy handler", () => {
  it.each(["SIGHUP", "SIGINT", "SIGTERM", "SIGKILL"] as const)(
    "ends when its parent is ended by %s",
    async (signal) => {
      const { parent, guestPid } = await startParent();
      expect(isRunning(guestPid)).toBe(true);
      parent.kill(signal);
      expect(await once(parent, "exit")).toEqual([null, signal]);
      await gone(guestPid);
    },
  );

  it("ends before a listener of the program's own decides about a signal", async () => {
    const listener = `process.on("SIGINT", () => { console.log("mine"); process.exitCode = 130; });`;
    const { parent, guestPid, lines } = await startParent(listener);
    parent.kill("SIGINT");
    expect((await lines.next()).value).toBe("mine");
    expect(await once(parent, "exit")).toEqual([130, null]);
    await gone(guestPid);
  });
});

it("many extension processes share one hook, and the last one takes it away", async () => {
  const count = (): number[] => ["exit", "SIGINT", "SIGTERM", "SIGHUP"].map((event) => process.listenerCount(event));
  const before = count();
  const bundle = guestBundle("(id) => done(id)");
  const launched = await Promise.all([1, 2, 3].map(() => launch("worker", bundle)));
  expect(count()).toEqual(before.map((listeners) => listeners + 1));
  await Promise.all(launched.map(({ guest }) => guest.stop()));
  expect(count()).toEqual(before);
});
