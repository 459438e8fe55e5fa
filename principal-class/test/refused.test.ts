import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";

import { requireOrSkip } from "../../test/skip.js";
import { mirrorModules } from "./declared.js";
import { build, type Built, hasSwift } from "./swift-build.js";

// What Apple's compiler refuses must not pass here. The first line of each file is a part of the compiler's answer.
const toolchain = fileURLToPath(new URL("../../scripts/linux-toolchain", import.meta.url));
const folder = fileURLToPath(new URL("../Tests/MirrorRefused", import.meta.url));
const skip = requireOrSkip(await hasSwift(), "Swift", "sudo scripts/linux-toolchain setup");
const minutes = 60_000;

describe.skipIf(skip)("what the mirror modules refuse", () => {
  let built: Built;

  beforeAll(async () => {
    built = await build(mirrorModules);
  }, 15 * minutes);

  it.each(readdirSync(folder))(
    "%s",
    (name) => {
      const file = join(folder, name);
      const expected = /^\/\/ error: (.+)$/mu.exec(readFileSync(file, "utf8"))?.[1];
      expect(expected).toBeTruthy();
      const options = ["-typecheck", "-parse-as-library", "-swift-version", "6", "-target", built.target];
      const { status, stderr } = spawnSync(toolchain, ["run", "--", "swiftc", ...options, ...built.searchPaths, file], {
        encoding: "utf8",
      });
      expect(status, stderr).toBe(1);
      const errors = stderr.split("\n").filter((line) => line.startsWith(`${file}:`) && line.includes(" error: "));
      expect(errors.join("\n")).toContain(expected);
    },
    minutes,
  );
});
