import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { packageRoot } from "../../src/config/package-root.js";

const runtime = join(packageRoot(), "embed-runtime");
const { $comment: _, ...lists } = JSON.parse(readFileSync(join(runtime, "sources.json"), "utf8")) as Record<
  string,
  readonly string[]
>;

/** The C++ files below folders, as sources.json writes them. */
const filesBelow = (...folders: string[]): string[] =>
  folders
    .flatMap((folder) => readdirSync(join(runtime, folder), { recursive: true }).map((name) => `${folder}/${name}`))
    .filter((name) => name.endsWith(".cc"))
    .map((name) => name.replaceAll("\\", "/"))
    .sort();

describe("sources.json", () => {
  test("has every C++ file once", () => {
    expect(Object.values(lists).flat().sort()).toEqual(filesBelow("src"));
  });

  // Package.swift cannot read the lists: SwiftPM would not notice that they have changed.
  test("is what Package.swift compiles by folders", () => {
    const manifest = readFileSync(join(packageRoot(), "Package.swift"), "utf8");
    const [, excluded, sources] =
      /exclude: \[(.*)\],\s+sources: \[(.*)\],\s+publicHeadersPath: "src\/engines\/node/.exec(manifest) ?? [];
    const texts = (list = ""): string[] => JSON.parse(`[${list}]`) as string[];
    const compiled = filesBelow(...texts(sources)).filter((file) => !texts(excluded).includes(file));
    const engine = ["core", "engine-node", "process-own"].flatMap((list) => lists[list] ?? []);
    // Of the extension process; a program that links the engine does not take it.
    expect(compiled).toEqual([...engine, "src/json/fields.cc"].sort());
  });
});
