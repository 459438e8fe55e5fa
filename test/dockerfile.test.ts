import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";

const read = (path: string): Promise<string> => readFile(new URL(`../${path}`, import.meta.url), "utf8");

test("the Dockerfile installs the packages of the toolchain, and what tests and demo start with", async () => {
  const [, list = ""] = /^PACKAGES=\(\n(.*?)^\)/ms.exec(await read("scripts/linux-toolchain")) ?? [];
  const wanted = list.replaceAll(/#.*$/gm, "").split(/\s+/).filter(Boolean);
  const [, install = ""] = /--no-install-recommends \\\n(.*?)&& rm/s.exec(await read("Dockerfile")) ?? [];
  const installed = install.split(/[\s\\]+/).filter(Boolean);
  expect(wanted.length).toBeGreaterThan(10);
  expect(installed).toEqual([...wanted, "npm", "procps"].sort());
});
