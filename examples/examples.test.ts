import { createHash } from "node:crypto";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { missingHost } from "../test/missing-host.js";

const folder = import.meta.dirname;
const examples = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== "node_modules")
  .map(({ name }) => name);

const filesBelow = (path: string): string[] =>
  readdirSync(join(folder, path), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

it("are the four that the table of the README lists", () => {
  const table = readFileSync(join(folder, "README.md"), "utf8");
  expect([...table.matchAll(/^\| \[([^\]]+)\]\(\1\) \|/gm)].map((row) => row[1]).sort()).toEqual(examples);
  expect(examples).toHaveLength(4);
});

// With `CI` set, a machine that lacks one of them fails here; elsewhere the examples' tests leave it out.
it.each(["worker", "embedded", "libnode", "swift"] as const)("run in the host %s", async (host) => {
  const missing = await missingHost(host);
  expect(missing && process.env["CI"]).toBeFalsy();
});

describe.each(examples)("%s", (name) => {
  it.each(["package.json", "ba.config.ts", "tsconfig.json", "src/handler.ts", "README.md", `test/${name}.test.ts`])(
    "has %s",
    (file) => {
      expect(existsSync(join(folder, name, file))).toBe(true);
    },
  );

  it("is private and leads to this checkout", () => {
    const manifest: unknown = JSON.parse(readFileSync(join(folder, name, "package.json"), "utf8"));
    expect(manifest).toMatchObject({ name: `example-${name}`, private: true });
    expect(manifest).toMatchObject({ devDependencies: { "ba-extension": "file:../.." } });
  });

  it("type-checks, with no way around a type", () => {
    expect(diagnose(join(folder, name, "tsconfig.json"))).toEqual([]);
    expect(diagnose(join(folder, name, "tsconfig.test.json"))).toEqual([]);
    expect(filesBelow(`${name}/src`).flatMap(escapesIn)).toEqual([]);
  });

  it("imports ba-extension and its own files only", () => {
    const imports = filesBelow(`${name}/src`).flatMap((file) =>
      ts.preProcessFile(readFileSync(file, "utf8")).importedFiles.map(({ fileName }) => fileName),
    );
    expect(imports).toContain("ba-extension");
    expect(imports.filter((specifier) => specifier !== "ba-extension" && !/^\.\/[^/]+\.js$/.test(specifier))).toEqual(
      [],
    );
  });

  it("has assets that are what its manifest says", () => {
    const file = join(folder, name, "assets/manifest.json");
    const assets = filesBelow(`${name}/assets`).filter((path) => path !== file);
    expect(assets.length).toBeGreaterThanOrEqual(3);
    // Without one, the simulated system makes it.
    if (!existsSync(file)) return;
    const entries = entriesIn(JSON.parse(readFileSync(file, "utf8")));
    expect(entries.sort()).toEqual(assets.map((path) => entryOf(path, dirname(file))).sort());
  });
});

/** Those of packages, parsed once for all projects, whose options are the same. */
const declarations = new Map<string, ts.SourceFile | undefined>();

/** Errors of a project, each with its file. */
function diagnose(config: string): string[] {
  const { fileNames, options, errors } = ts.parseJsonConfigFileContent(
    ts.readConfigFile(config, (path) => readFileSync(path, "utf8")).config,
    ts.sys,
    dirname(config),
  );
  const host = ts.createCompilerHost(options);
  const { getSourceFile } = host;
  host.getSourceFile = (path, ...rest) => {
    if (!path.includes("/node_modules/")) return getSourceFile(path, ...rest);
    const parsed = declarations.get(path) ?? getSourceFile(path, ...rest);
    declarations.set(path, parsed);
    return parsed;
  };
  const found = [...errors, ...ts.getPreEmitDiagnostics(ts.createProgram(fileNames, options, host))];
  expect(fileNames.length).toBeGreaterThan(0);
  return found.map(
    ({ file, messageText }) =>
      `${file ? basename(file.fileName) : ""}: ${ts.flattenDiagnosticMessageText(messageText, " ")}`,
  );
}

/** Casts (but `as const`), non-null assertions, `any`, and comments that silence a tool. */
function escapesIn(file: string): string[] {
  const text = readFileSync(file, "utf8");
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const found = [...text.matchAll(/@ts-\w+|(?:es|ox)lint-disable/g)].map(([comment]) => comment);
  const visit = (node: ts.Node): void => {
    const cast = ts.isAsExpression(node) && !ts.isConstTypeReference(node.type);
    const escape = cast || ts.isTypeAssertionExpression(node) || ts.isNonNullExpression(node);
    if (escape || node.kind === ts.SyntaxKind.AnyKeyword) found.push(node.getText());
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found.map((what) => `${basename(file)}: ${what}`);
}

/** Every entry of a manifest with a URL, at whatever depth. */
function entriesIn(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  if (!("url" in value && "size" in value && "sha256" in value)) return Object.values(value).flatMap(entriesIn);
  return [`${String(value.url)} ${String(value.size)} ${String(value.sha256)}`];
}

function entryOf(file: string, root: string): string {
  const content = readFileSync(file);
  const url = `https://assets.example.com/${file.slice(root.length + 1)}`;
  return `${url} ${content.length} ${createHash("sha256").update(content).digest("hex")}`;
}
