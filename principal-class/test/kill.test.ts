/** A wake of the Swift principal class that is killed before any of its changes of files. */
import { spawnSync } from "node:child_process";
import { beforeAll, describe } from "vitest";
import { claimingWake } from "../../src/principal/testing/claiming-wake.js";
import type { KillArguments } from "../../src/principal/testing/kill-child.js";
import { moves } from "../../src/principal/testing/kill-scenarios.js";
import { testKills, writtenFile, type ClaimingWake } from "../../src/principal/testing/kills.js";
import { systemReply } from "../../src/protocol/system.js";
import { requireOrSkip } from "../../test/skip.js";
import { buildProduct, hasSwift, toolchain } from "./swift-build.js";

const skip = requireOrSkip(await hasSwift(), "Swift", "sudo scripts/linux-toolchain setup");

let program = "";

const play = (killAt: number, wake: KillArguments) =>
  spawnSync(toolchain, ["run", "--", program, String(killAt), JSON.stringify(wake)], { encoding: "utf8" });

/** Its handler answers whatever comes with the move, be it one event or, with the file offered again, two. */
const swiftWake: ClaimingWake = async (root, message) => {
  const { stdout, stderr, status } = play(-1, { root, message, guest: { reoffers: [moves], ...moves } });
  if (status !== 0) throw new Error(`PrincipalKillProbe ended with ${status}: ${stderr}`);
  return systemReply.parse(JSON.parse(stdout));
};

describe.skipIf(skip)("the Swift principal class", () => {
  beforeAll(async () => {
    program = await buildProduct("PrincipalKillProbe");
  });
  // Each of the two reads the files of the other.
  testKills({ playUntil: play, nextWakes: [swiftWake, claimingWake], writes: [writtenFile] });
});
