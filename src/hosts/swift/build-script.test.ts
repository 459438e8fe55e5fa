import { execFile, execFileSync, spawnSync } from "node:child_process";
import { chmodSync, copyFileSync, mkdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { packageRoot } from "../../config/package-root.js";
import { temporaryFolder } from "../test-guest.js";

const folders = ["Mirror", "Sources", "Simulation"].map((name) => `principal-class/${name}`);
const sources = [...folders, "embed-runtime/include", "embed-runtime/src"];

/** A package with the script, whose toolchain writes down what it is to run and makes an empty program. */
function makePackage(): string {
  const root = temporaryFolder();
  for (const folder of ["scripts", ...sources]) mkdirSync(join(root, folder), { recursive: true });
  for (const file of ["Package.swift", "embed-runtime/sources.json", ...sources.map((folder) => `${folder}/a file`)])
    touch(join(root, file), -60);
  for (const folder of sources) utimesSync(join(root, folder), ...secondsFromNow(-60));
  const script = join(root, "scripts/build-extension");
  copyFileSync(join(packageRoot(), "scripts/build-extension"), script);
  setToolchain(root, "6.2.3");
  return root;
}

function setToolchain(
  root: string,
  swift: string,
  build = 'mkdir -p "$bin" && > "$bin/$product" && chmod +x "$bin/$product"',
): void {
  const toolchain = join(root, "scripts/linux-toolchain");
  writeFileSync(
    toolchain,
    `#!/bin/bash
[[ $1 == status ]] && echo 'swift ${swift}' && exit
echo "\${@:3}" >> '${root}/ran'
while [[ $1 != --scratch-path ]]; do shift; done
bin=$2/release
while [[ $1 != --product ]]; do shift; done
product=$2
${build}
`,
  );
  chmodSync(toolchain, 0o755);
}

const secondsFromNow = (seconds: number): [Date, Date] => {
  const date = new Date(Date.now() + seconds * 1000);
  return [date, date];
};

function touch(file: string, seconds: number): void {
  writeFileSync(file, "");
  utimesSync(file, ...secondsFromNow(seconds));
}

const build = (root: string, ...args: string[]): string =>
  execFileSync(join(root, "scripts/build-extension"), args, { encoding: "utf8" }).trim();
const builds = (root: string): string[] => readFileSync(join(root, "ran"), "utf8").trim().split("\n");

describe.runIf(process.platform === "linux")("scripts/build-extension", () => {
  it("builds the program of a mode and prints its path", () => {
    const root = makePackage();
    expect(build(root)).toBe(join(root, "build/swift/release/ba-unmanaged-extension"));
    expect(build(root, "managed")).toBe(join(root, "build/swift/release/ba-managed-extension"));
    expect(builds(root)).toEqual(
      ["unmanaged", "managed"].map(
        (mode) =>
          `swift build --package-path ${root} --scratch-path ${root}/build/swift -c release --product ba-${mode}-extension`,
      ),
    );
  });

  it("builds once, as long as nothing changes", () => {
    const root = makePackage();
    expect(build(root)).toBe(build(root));
    expect(builds(root)).toHaveLength(1);
  });

  it.each([
    ["the package", (root: string) => touch(join(root, "Package.swift"), 60)],
    ["a Swift source", (root: string) => touch(join(root, "principal-class/Simulation/a file"), 60)],
    ["a source of the runtime", (root: string) => touch(join(root, "embed-runtime/src/a file"), 60)],
    [
      "the number of sources",
      (root: string) => {
        rmSync(join(root, "principal-class/Sources/a file"));
        utimesSync(join(root, "principal-class/Sources"), ...secondsFromNow(60));
      },
    ],
    ["the toolchain", (root: string) => setToolchain(root, "6.2.4")],
    [
      "the program, which has gone,",
      (root: string) => rmSync(join(root, "build/swift/release/ba-unmanaged-extension")),
    ],
  ])("builds again when %s has changed", (_what, change) => {
    const root = makePackage();
    build(root);
    change(root);
    build(root);
    expect(builds(root)).toHaveLength(2);
  });

  it("waits for another build of the same, and leaves the work to it", async () => {
    const root = makePackage();
    const script = join(root, "scripts/build-extension");
    await Promise.all(Array.from({ length: 4 }, () => promisify(execFile)(script)));
    expect(builds(root)).toHaveLength(1);
  });

  it("passes arguments on, and builds then in any case", () => {
    const root = makePackage();
    build(root);
    build(root, "--", "-j", "2");
    expect(builds(root)[1]).toMatch(/--product ba-unmanaged-extension -j 2$/);
  });

  it("shows the output of a build that failed, and tries again", () => {
    const root = makePackage();
    setToolchain(root, "6.2.3", "echo 'error: no such module'; exit 1");
    for (let attempt = 1; attempt <= 2; attempt += 1) {
      const { status, stdout, stderr } = spawnSync(join(root, "scripts/build-extension"), { encoding: "utf8" });
      expect([status, stdout]).toEqual([1, ""]);
      expect(stderr).toMatch(/error: no such module\n.*The whole log: .*unmanaged\.log/s);
      expect(builds(root)).toHaveLength(attempt);
    }
  });

  it("knows no other mode", () => {
    const { status, stderr } = spawnSync(join(makePackage(), "scripts/build-extension"), ["manged"], {
      encoding: "utf8",
    });
    expect(status).toBe(2);
    expect(stderr).toMatch(/no mode manged.*unmanaged\|managed\|store/s);
  });
});
