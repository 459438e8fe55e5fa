import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";

const read = (path: string): Promise<string> => readFile(new URL(`../${path}`, import.meta.url), "utf8");

test("project.yml builds the folders and products that the Swift package has", async () => {
  const [spec, manifest] = await Promise.all([read("project.yml"), read("Package.swift")]);
  const folders = [...spec.matchAll(/\bprincipal-class\/[\w/]+/g)].map(([path]) => path);
  expect(folders).toContain("principal-class/Simulation/UnmanagedExtension");
  for (const folder of folders) expect(existsSync(new URL(`../${folder}`, import.meta.url)), folder).toBe(true);
  const [, products = ""] = /products: \[(.*)\]/.exec(spec) ?? [];
  for (const product of products.split(", ")) expect(manifest).toContain(`.library(name: "${product}"`);
  // The two traps that nobody sees before the store does.
  expect(spec).toContain("type: extensionkit-extension");
  expect(spec).not.toMatch(/NSExtension|EXPrincipalClass/);
});
