import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { packageRoot } from "../../config/package-root.js";
import { temporaryFolder } from "../test-guest.js";
import { findOrBuildAddon } from "./index.js";

/** A real addon that is no runtime, but answers as one: the build is what is tested here, and it is fast this way. */
const addonSource = (exports: string): string => `
#include <node_api.h>
#include "message.h"
static napi_value init(napi_env env, napi_value exports) {
  napi_value script, result = exports;
  napi_create_string_utf8(env, R"JS(${exports})JS", NAPI_AUTO_LENGTH, &script);
  napi_run_script(env, script, &result);
  return result;
}
NAPI_MODULE(ba_runtime, init)
`;
/** The extension process, synchronous, in JavaScript. `loaded` and `answer`: expressions for frames. */
const speaking = (
  loaded = '{ kind: "loaded", callbacks: [] }',
  answer = '{ kind: "reply", id, outcome: "answered", reply: { status: "fulfilled", value: null } }',
): string => `({
  abiVersion: 1,
  run() {
    const { readSync, writeSync } = process.getBuiltinModule("node:fs");
    const say = (frame) => {
      const json = Buffer.from(JSON.stringify(frame));
      const length = Buffer.alloc(4);
      length.writeUInt32LE(json.length);
      writeSync(4, Buffer.concat([length, json]));
    };
    const take = (size) => {
      const bytes = Buffer.alloc(size);
      for (let at = 0; at < size; ) {
        const count = readSync(3, bytes, at, size - at, null);
        if (count === 0) process.exit(0);
        at += count;
      }
      return bytes;
    };
    say({ kind: "hello", protocol: 1, host: "embedded", engine: "node", engineVersion: "1.2.3", pid: process.pid });
    for (;;) {
      const { kind, id } = JSON.parse(take(take(4).readUInt32LE()));
      if (kind === "load") say(${loaded});
      if (kind === "dispatch") say(${answer});
      if (kind === "stop") process.exit(0);
    }
  },
})`;
const answering = speaking();

/** A package whose runtime is this source and a second one. */
function makePackage(source: string): { root: string; cache: string; lines: string[]; report: (line: string) => void } {
  const root = temporaryFolder();
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  write("package.json", '{ "name": "ba-extension", "version": "1.2.3" }');
  write(
    "embed-runtime/sources.json",
    '{ "core": [], "engine-node": ["src/one.cc"], "process-addon": [], "extension": [], "addon": ["src/two.cc"], "program": ["absent.cc"] }',
  );
  write("embed-runtime/include/message.h", "#define MESSAGE 1\n");
  write("embed-runtime/src/one.cc", source);
  write("embed-runtime/src/two.cc", "static_assert(__cplusplus >= 202002L);\n");
  mkdirSync(join(root, "node_modules"));
  symlinkSync(join(packageRoot(), "node_modules/node-addon-api"), join(root, "node_modules/node-addon-api"));
  const lines: string[] = [];
  return { root, cache: join(root, "cache"), lines, report: (line) => void lines.push(line) };
}

describe("the addon", () => {
  it("is built on first use, tested, and found in the cache afterwards", async () => {
    const options = makePackage(addonSource(answering));
    const built = await findOrBuildAddon(options);
    expect(built.origin).toBe("built");
    expect(options.lines).toEqual(
      [0, 1, 2].map((n) =>
        expect.stringMatching(`^Building the embedded runtime for Node v\\d+\\.\\d+ \\(first use only\\)… ${n}/2$`),
      ),
    );
    const [key] = readdirSync(join(options.cache, "runtime"));
    expect(key).toMatch(
      new RegExp(`^1\\.2\\.3-[0-9a-f]{16}-node-v${process.versions.modules}-${process.platform}-${process.arch}$`),
    );
    expect(built.path).toBe(join(options.cache, "runtime", key ?? "", "ba_runtime.node"));
    // Nothing is left but the addon.
    expect(readdirSync(options.cache, { recursive: true }).sort()).toEqual([
      "logs",
      "runtime",
      `runtime/${key}`,
      `runtime/${key}/ba_runtime.node`,
    ]);

    options.lines.length = 0;
    expect(await findOrBuildAddon(options)).toEqual(built);
    expect(options.lines).toEqual([]);
  });

  it("is built anew when a header of it changes", async () => {
    const options = makePackage(addonSource(answering));
    const first = await findOrBuildAddon(options);
    writeFileSync(join(options.root, "embed-runtime/include/message.h"), "#define MESSAGE 2\n");
    expect((await findOrBuildAddon(options)).path).not.toBe(first.path);
  });

  it("is built once when two want it at the same time", async () => {
    const options = makePackage(addonSource(answering));
    const [first, second] = await Promise.all([findOrBuildAddon(options), findOrBuildAddon(options)]);
    expect(first).toEqual(second);
    expect(options.lines.filter((line) => line.endsWith("2/2"))).toHaveLength(1);
    expect(options.lines).toContain("Waiting for another process that builds the embedded runtime…");
  });

  it("is taken from the platform package when that is of the same version and has one for this Node", async () => {
    const options = makePackage("#error not compiled");
    const installed = join(options.root, `node_modules/@ba-extension/runtime-${process.platform}-${process.arch}`);
    const prebuilt = join(installed, `node-v${process.versions.modules}/ba_runtime.node`);
    mkdirSync(dirname(prebuilt), { recursive: true });
    writeFileSync(prebuilt, "");
    writeFileSync(join(installed, "package.json"), '{ "version": "1.2.3" }');
    expect(await findOrBuildAddon(options)).toEqual({ path: prebuilt, origin: "prebuilt" });

    writeFileSync(join(installed, "package.json"), '{ "version": "1.2.2" }');
    await expect(findOrBuildAddon(options)).rejects.toMatchObject({ name: "AddonBuildError" });
  });

  it("that does not compile leaves a log with the command and what the compiler said", async () => {
    const options = makePackage("#error this is the reason\n");
    const error: unknown = await findOrBuildAddon(options).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      name: "AddonBuildError",
      message: expect.stringMatching(/failed \(exit code 1\) on one\.cc/),
    });
    const { logPath } = error as { logPath: string };
    expect(readFileSync(logPath, "utf8")).toMatch(/^\$ .*-std=c\+\+20.*one\.cc.*#error this is the reason/ms);
    expect(existsSync(join(options.cache, "runtime"))).toBe(true);
    expect(readdirSync(join(options.cache, "runtime"))).toEqual([]);
  });

  it.each([
    [
      "does not start",
      `(() => { throw new Error("cannot start"); })()`,
      /exited with code 1 before the handler was loaded/,
    ],
    [
      "starts no engine",
      speaking('{ kind: "loadFailed", error: { code: "BA_ENGINE", message: "no thread" } }'),
      /The handler could not be loaded: no thread/,
    ],
    ["is of another ABI", `({ abiVersion: 99 })`, /version 99 of the runtime's interface/],
    ["crashes", speaking(undefined, "process.abort()"), /SIGABRT/],
    [
      "does not answer",
      speaking(undefined, '{ kind: "reply", id, outcome: "engine", message: "no thread" }'),
      /did not answer its first event: no thread/,
    ],
  ])("that %s does not get into the cache", async (_what, exports, message) => {
    const options = makePackage(addonSource(exports));
    await expect(findOrBuildAddon(options)).rejects.toMatchObject({
      name: "AddonBuildError",
      message: expect.stringMatching(message),
    });
    expect(readdirSync(join(options.cache, "runtime"))).toEqual([]);
  });

  it("cannot be built from a package without its sources", async () => {
    const options = makePackage(addonSource(answering));
    rmSync(join(options.root, "embed-runtime"), { recursive: true });
    await expect(findOrBuildAddon(options)).rejects.toMatchObject({
      name: "AddonBuildError",
      message: expect.stringMatching(/^The runtime's sources cannot be read: ENOENT.*sources\.json/),
    });
  });

  it("cannot be built without a compiler", async () => {
    vi.stubEnv("CXX", "/nonexistent/c++ -x");
    onTestFinished(() => void vi.unstubAllEnvs());
    const options = makePackage(addonSource(answering));
    await expect(findOrBuildAddon(options)).rejects.toMatchObject({
      name: "AddonBuildError",
      message: "The C++ compiler that CXX names does not run: /nonexistent/c++ -x.",
      logPath: expect.stringContaining(join(options.cache, "logs")),
    });
  });
});
