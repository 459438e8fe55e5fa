import { readdir, readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { generatedFiles } from "../scripts/generated-files.js";
import { schemaFiles } from "../scripts/schemas.js";
import { rules } from "../src/simulator/rules.js";

const read = (path: string): Promise<string> => readFile(new URL(`../${path}`, import.meta.url), "utf8");

describe("generated files", () => {
  it.each(Object.entries(generatedFiles()))("%s is what the source says (npm run generate)", async (path, content) => {
    expect(await read(path)).toBe(content);
  });
});

describe("the JSON Schemas", () => {
  it.each(Object.entries(schemaFiles()))("schemas/%s refers only to what it holds", (_name, content) => {
    const document = JSON.parse(content);
    const references = [...content.matchAll(/"\$ref": "([^"]*)"/g)].map((match) => match[1] ?? "");
    for (const reference of references) {
      expect(reference).toMatch(/^#/);
      const target = reference
        .slice(1)
        .split("/")
        .filter(Boolean)
        .reduce((at, key) => at?.[key], document);
      expect(target, reference).toBeTypeOf("object");
    }
  });
});

describe("the rules of the simulated system", () => {
  // A test names the rules that it holds in its title: "…" (rule essential-first).
  const folders = ["test/", "src/simulator/", "src/simulator/transfer/", "src/simulator/faults/"];
  const tests = async (): Promise<string[]> =>
    (await Promise.all(folders.map((folder) => readdir(new URL(`../${folder}`, import.meta.url)))))
      .flatMap((names, index) => names.map((name) => `${folders[index]}${name}`))
      .filter((path) => path.endsWith(".test.ts"));

  it.each(Object.keys(rules))("%s is held by a test", async (id) => {
    const sources = await Promise.all((await tests()).map(read));
    expect(sources.some((source) => new RegExp(`\\(rules? [^)]*\\b${id}\\b`).test(source))).toBe(true);
  });
});
