import { readFile, readdir } from "node:fs/promises";
import { dirname, join, posix } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { expect, it } from "vitest";

/** From top to bottom. A folder may import from those beside and below it. */
const layers = [
  ["cli"],
  ["testing"],
  ["build", "simulator", "server"],
  ["hosts"],
  ["principal"],
  ["config", "diagnostics"],
  ["protocol"],
  ["sdk"],
];
/** Runs inside the engine, beside the layers: shares types with those who talk to it. */
const guestSeams = ["guest → protocol", "hosts → guest"];
/** Packages that a folder may import; a folder that is not named here may import any. */
const packages: Readonly<Record<string, readonly string[]>> = { sdk: [], guest: [], protocol: ["zod"] };
/** Tests and what helps them may use what they like. */
const testOnly = /\.test\.ts$|\/fixtures\/|\/testing\/|\/test-[^/]*$/;

interface Import {
  readonly specifier: string;
  readonly typeOnly: boolean;
}

it("imports go down only", async () => {
  const source = dirname(fileURLToPath(import.meta.url));
  const files = (await readdir(source, { recursive: true }))
    .map((file) => file.replaceAll("\\", "/"))
    .filter((file) => file.endsWith(".ts") && !testOnly.test(file));
  const texts = await Promise.all(files.map((file) => readFile(join(source, file), "utf8")));
  const violations = files.flatMap((file, index) => violationsIn(file, texts[index] ?? ""));
  expect(files.length).toBeGreaterThan(0);
  expect(violations).toEqual([]);
});

it.each([
  ["hosts/launch.ts", 'import { play } from "../simulator/index.js";', "hosts may not know simulator"],
  ["principal/staging.ts", 'export * from "../hosts/index.js";', "principal may not know hosts"],
  ["protocol/frames.ts", 'import type { Config } from "../config/index.js";', "protocol may not know config"],
  ["config/index.ts", 'const build = await import("../build/index.js");', "config may not know build"],
  ["sdk/index.ts", 'import { z } from "zod";', "sdk may not import the package zod"],
  ["sdk/index.ts", 'import type { Stats } from "node:fs";', "sdk may not import the package node:fs"],
  ["guest/index.ts", 'import { guestEvent } from "../protocol/guest.js";', "guest may use protocol for types only"],
  ["guest/index.ts", 'type T = import("../principal/index.js").T;', "guest may not know principal"],
  ["hosts/child/main.ts", 'import { start } from "../../guest/index.js";', "hosts may use guest for types only"],
  ["simulator/index.ts", 'import { start } from "../guest/index.js";', "simulator may not know guest"],
  ["protocol/guest.ts", 'import fs from "node:fs";', "protocol may not import the package node:fs"],
])("finds fault with %s that says: %s", (file, text, message) => {
  expect(violationsIn(file, text)).toEqual([expect.stringContaining(message)]);
});

it.each([
  ["cli/main.ts", 'import { createSimulator } from "../simulator/index.js";'],
  ["simulator/index.ts", 'import { startAssetServer } from "../server/index.js";'],
  ["hosts/index.ts", 'import type { Config } from "../config/types.js";'],
  ["guest/index.ts", 'import type { GuestEvent } from "../protocol/guest.js";'],
  ["hosts/child/worker.ts", 'import type { Native } from "../../guest/native.js";'],
  ["guest/index.ts", 'import { BAError } from "../sdk/errors.js";'],
  ["protocol/values.ts", 'import { z } from "zod";'],
])("has nothing against %s that says: %s", (file, text) => {
  expect(violationsIn(file, text)).toEqual([]);
});

/** @param file path relative to `src`, with slashes */
function violationsIn(file: string, text: string): string[] {
  const from = folderOf(file);
  return importsOf(file, text).flatMap(({ specifier, typeOnly }) => {
    const rule = specifier.startsWith(".")
      ? folderRule(from, folderOf(posix.join(posix.dirname(file), specifier)), typeOnly)
      : packageRule(from, specifier);
    return rule === null ? [] : [`${file} imports ${specifier}: ${rule}`];
  });
}

function folderOf(file: string): string {
  return file.split("/")[0] ?? file;
}

function layerOf(folder: string): number {
  return layers.findIndex((layer) => layer.includes(folder));
}

function folderRule(from: string, to: string, typeOnly: boolean): string | null {
  if (from === to || (from === "guest" && to === "sdk")) return null;
  if (guestSeams.includes(`${from} → ${to}`)) return typeOnly ? null : `${from} may use ${to} for types only`;
  const fromLayer = layerOf(from);
  const toLayer = layerOf(to);
  const down = fromLayer !== -1 && toLayer !== -1 && fromLayer <= toLayer;
  return down ? null : `${from} may not know ${to}`;
}

function packageRule(from: string, specifier: string): string | null {
  const allowed = packages[from] ?? [specifier];
  return allowed.includes(specifier) ? null : `${from} may not import the package ${specifier}`;
}

/** Static, dynamic and type imports, and re-exports. */
function importsOf(file: string, text: string): Import[] {
  const found: Import[] = [];
  const add = (node: ts.Node | undefined, typeOnly: boolean): void => {
    if (node && ts.isStringLiteralLike(node)) found.push({ specifier: node.text, typeOnly });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node))
      add(node.moduleSpecifier, node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword);
    else if (ts.isExportDeclaration(node)) add(node.moduleSpecifier, node.isTypeOnly);
    else if (ts.isImportTypeNode(node))
      add(ts.isLiteralTypeNode(node.argument) ? node.argument.literal : undefined, true);
    else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
      add(node.arguments[0], false);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest));
  return found;
}
