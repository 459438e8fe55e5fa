import { expect, test } from "vitest";
import { locateProperty } from "./index.js";

/** The text without its marker, and whether the path leads to the marker's place. */
function check(marked: string, ...path: (string | number)[]) {
  const offset = marked.indexOf("¶");
  const source = marked.replace("¶", "");
  const before = source.slice(0, offset).split("\n");
  expect(locateProperty(source, path)).toEqual({ line: before.length, column: (before.at(-1)?.length ?? 0) + 1 });
}

test("finds a nested key", () => {
  check(
    `import { defineConfig } from "ba-extension/config";
     export default defineConfig({
       entry: "simulate/server",
       // server: { directory
       simulate: { locale: "de", server: { ¶directroy: "assets" } },
     });`,
    "simulate",
    "server",
    "directroy",
  );
});

test("finds quoted keys, elements of arrays, shorthands and methods", () => {
  check(`export default { a: { ¶"b-c": 1 } }`, "a", "b-c");
  check(`export default { hosts: ["a.example", ¶"b_example"] }`, "hosts", 1);
  check(`const a = 1; export default { list: [{ b: 1 }, { ¶b: 2 }], a }`, "list", 1, "b");
  check(`export default { x: 1, ¶entry }`, "entry");
  check(`export default { x() {}, async *¶downloads({ manifest }) { yield* f() } }`, "downloads");
  check(`export default { ¶downloads: async function* () {}, y: 1 }`, "downloads");
  check(`export default () => ({ ¶entry: 1 })`, "entry");
});

test("prefers what is exported over namesakes", () => {
  check(
    `function helper(options: { entry: string }) { log({ entry: options.entry }); }
     const other = { entry: 1 };
     export default defineConfig({ simulate: { entry: 1 }, ¶entry: 2 });`,
    "entry",
  );
});

test("finds the key of an object that has a name of its own", () => {
  check(`const server = { ¶port: 1 };\nexport default { simulate: { server } };`, "simulate", "server", "port");
});

test("is not led astray by strings, templates, comments and regular expressions", () => {
  check(
    "const t = `{ a: ${ { a: `}` }.a } \\``; const r = /[/\"']{/; /* { a: */ const s = '{ a: 1'; const d = 4 / 2 / 1;\nexport default { ¶a: t };",
    "a",
  );
});

test("gives nothing where no key carries the name", () => {
  expect(locateProperty("export default { b: 1 }", ["a"])).toBeUndefined();
  expect(locateProperty('}}}} ((( `${ " ', ["a"])).toBeUndefined();
});
