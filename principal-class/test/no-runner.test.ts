import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

import { requireOrSkip } from "../../test/skip.js";
import { buildProduct, hasSwift } from "./swift-build.js";

const toolchain = fileURLToPath(new URL("../../scripts/linux-toolchain", import.meta.url));
const skip = requireOrSkip(await hasSwift(), "Swift", "sudo scripts/linux-toolchain setup");
const minutes = 60_000;

describe.skipIf(skip)("an extension that no simulated system runs", () => {
  it(
    "says so and ends",
    async () => {
      const program = await buildProduct("ProbeStruct");
      const { status, stderr } = spawnSync(toolchain, ["run", "--", program], { encoding: "utf8" });
      expect(stderr).toContain("No simulated system runs this extension");
      expect(status).not.toBe(0);
    },
    10 * minutes,
  );
});
