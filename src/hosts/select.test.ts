import { join } from "node:path";
import { beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import type * as Select from "./select.js";
import { findLibnode } from "./libnode.js";
import { temporaryFolder } from "./test-guest.js";
import { toolchainPackage } from "./test-package.js";

/** What is found is kept for the process; each test looks anew. */
let selectHost: typeof Select.selectHost;
beforeEach(async () => {
  vi.resetModules();
  ({ selectHost } = await import("./select.js"));
});

function breakCompiler(): void {
  vi.stubEnv("BA_CACHE_DIR", temporaryFolder());
  vi.stubEnv("CXX", "/nonexistent/c++");
  onTestFinished(() => void vi.unstubAllEnvs());
}

describe("the host", () => {
  it("is worker when that is requested", async () => {
    expect(await selectHost("worker", () => {})).toEqual({
      host: "worker",
      reason: "requested; a worker thread of a child Node process",
      diagnostic: null,
    });
  });

  it("is worker with a diagnostic that names the log when none was requested and the addon cannot be built", async () => {
    breakCompiler();
    expect(await selectHost(undefined, () => {})).toEqual({
      host: "worker",
      reason: "the embedded runtime is not available here; a worker thread of a child Node process",
      diagnostic: {
        code: "BA_ADDON_BUILD",
        severity: "warning",
        message: expect.stringMatching(
          /^The embedded runtime could not be built for Node v\d+\.\d+: .* in a worker thread instead\.$/,
        ),
        hint: expect.stringMatching(/C\+\+20 compiler.*Log: .*build-.*\.log$/),
        location: null,
      },
    });
  });

  it("is a user's error when embedded was requested and the addon cannot be built", async () => {
    breakCompiler();
    await expect(selectHost("embedded", () => {})).rejects.toMatchObject({
      name: "UserError",
      code: "BA_ADDON_BUILD",
      hint: expect.stringContaining("--host worker"),
    });
  });
});

describe.runIf(process.platform === "linux")("the libnode program", () => {
  const makePackage = (status: object | undefined, program: boolean, build = "exit 1"): string =>
    toolchainPackage(status, { "build-runtime": build }, program ? ["build/libnode/ba-extension-host"] : []);
  const available = { available: true, kind: "root", libnode: "24.22.2", swift: "6.2.3", suite: "sid" };

  it("is started through the toolchain", async () => {
    const root = makePackage(available, true);
    expect(await findLibnode(() => {}, root)).toEqual({
      command: {
        file: join(root, "scripts/linux-toolchain"),
        args: ["run", "--", join(root, "build/libnode/ba-extension-host")],
      },
      libnodeVersion: "24.22.2",
    });
  });

  it("is built when it is not there, and not again", async () => {
    const root = makePackage(
      available,
      false,
      'cd "$(dirname "$0")/.." && mkdir -p build/libnode && > build/libnode/ba-extension-host',
    );
    const lines: string[] = [];
    const first = await findLibnode((line) => lines.push(line), root);
    expect(lines).toEqual([expect.stringContaining("Building the runtime for libnode")]);
    expect(await findLibnode((line) => lines.push(line), root)).toEqual(first);
    expect(lines).toHaveLength(1);
  });

  it.each([
    [
      "the package has no scripts",
      undefined,
      true,
      "BA_LIBNODE_TOOLCHAIN",
      /comes without scripts\/linux-toolchain/,
      /checkout/,
    ],
    [
      "there is no toolchain",
      { available: false, reason: "there is no root", fix: "scripts/linux-toolchain setup" },
      true,
      "BA_LIBNODE_TOOLCHAIN",
      /there is no root/,
      /linux-toolchain setup/,
    ],
    ["it cannot be built", available, false, "BA_LIBNODE_BUILD", /could not be built/, /build-runtime/],
  ])("is missed with the command that makes it when %s", async (_when, status, program, code, message, hint) => {
    await expect(findLibnode(() => {}, makePackage(status, program))).rejects.toMatchObject({
      name: "UserError",
      code,
      message: expect.stringMatching(message),
      hint: expect.stringMatching(hint),
    });
  });
});
