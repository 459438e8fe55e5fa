import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "ba-extension-gate-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs a program in a Node that claims to be of `version`. */
function runAs(version: string, program: string) {
  const disguise = join(folder, `${version}.cjs`);
  writeFileSync(disguise, `Object.defineProperty(process.versions, "node", { value: "${version}" });`);
  return spawnSync(process.execPath, ["--require", disguise, join(root, program), "--help"], { encoding: "utf8" });
}

describe.each(["bin/ba-extension.cjs", "create-ba-extension/bin/create-ba-extension.cjs"])("%s", (program) => {
  it.each(["16.20.2", "20.18.3", "21.7.3", "22.11.0"])("refuses Node %s, and says which it needs", (version) => {
    const { status, stdout, stderr } = runAs(version, program);
    expect(stderr).toContain(`needs Node ^20.19 || >=22.12, and this is Node ${version}.`);
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
  });

  it.each(["20.19.0", "22.12.0", "23.0.0", "24.1.0"])("starts in Node %s", (version) => {
    const { status, stdout } = runAs(version, program);
    expect(stdout).toContain("Usage:");
    expect(status).toBe(0);
  });
});
