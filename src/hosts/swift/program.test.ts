import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { toolchainPackage } from "../test-package.js";
import { findSwiftExtension } from "./program.js";

const available = { available: true, kind: "root", libnode: "24.22.2", swift: "6.2.3", suite: "sid" };
const program = "build/swift/release/ba-unmanaged-extension";

/** What `scripts/build-extension` does there: says what it was asked for. */
const building = `cd "$(dirname "$0")/.." && mkdir -p build/swift/release && echo "$@" >> built && > build/swift/release/ba-$1-extension`;
const makePackage = (status: object | undefined, build = building, programs: readonly string[] = []): string =>
  toolchainPackage(status, { "build-extension": build }, programs);

describe.runIf(process.platform === "linux")("the Swift extension", () => {
  it("is built on first use, and started through the toolchain", async () => {
    const root = makePackage(available);
    const lines: string[] = [];
    expect(await findSwiftExtension("unmanaged", (line) => lines.push(line), root)).toEqual({
      command: { file: join(root, "scripts/linux-toolchain"), args: ["run", "--", join(root, program)] },
      swiftVersion: "6.2.3",
      libnodeVersion: "24.22.2",
    });
    expect(lines).toEqual(["Building the Swift extension for Linux (first use only)…"]);
  });

  it("is asked for again without a word, since its sources may have changed", async () => {
    const root = makePackage(available, building, [program]);
    const lines: string[] = [];
    await findSwiftExtension("unmanaged", (line) => lines.push(line), root);
    expect(existsSync(join(root, "built"))).toBe(true);
    expect(lines).toEqual([]);
  });

  it("is another program for each mode", async () => {
    const { command } = await findSwiftExtension("managed", () => {}, makePackage(available));
    expect(command.args.at(-1)).toMatch(/ba-managed-extension$/);
  });

  it.each([
    [
      "the package has no scripts",
      undefined,
      "BA_SWIFT_TOOLCHAIN",
      /comes without scripts\/linux-toolchain/,
      /checkout/,
    ],
    [
      "there is no toolchain",
      { available: false, reason: "there is no root", fix: "scripts/linux-toolchain setup" },
      "BA_SWIFT_TOOLCHAIN",
      /the swift host has no toolchain: there is no root/i,
      /linux-toolchain setup/,
    ],
    [
      "its Swift is too old",
      { ...available, swift: "6.1.2" },
      "BA_SWIFT_VERSION",
      /6\.2 or newer.*6\.1\.2/,
      /--suite sid/,
    ],
    ["its Swift is of another time", { ...available, swift: "5.9" }, "BA_SWIFT_VERSION", /5\.9/, /--host embedded/],
    ["nobody knows its Swift", { ...available, swift: "" }, "BA_SWIFT_VERSION", /unknown/, /--suite sid/],
  ])("is missed with the way out when %s", async (_when, status, code, message, hint) => {
    await expect(findSwiftExtension("unmanaged", () => {}, makePackage(status))).rejects.toMatchObject({
      name: "UserError",
      code,
      message: expect.stringMatching(message),
      hint: expect.stringMatching(hint),
    });
  });

  it("takes a Swift that is newer", async () => {
    const root = makePackage({ ...available, swift: "7.0" });
    expect(await findSwiftExtension("unmanaged", () => {}, root)).toMatchObject({ swiftVersion: "7.0" });
  });

  it("tells the last line of a build that failed, and which command shows the rest", async () => {
    const root = makePackage(available, "echo error: no such module >&2; echo the whole log: x >&2; exit 1");
    await expect(findSwiftExtension("store", () => {}, root)).rejects.toMatchObject({
      code: "BA_SWIFT_BUILD",
      message: "The swift host could not be built: the whole log: x",
      hint: `Run ${join(root, "scripts/build-extension")} store to see the whole output, or use --host embedded.`,
    });
  });
});
