import { readFileSync } from "node:fs";

import { describe, expect, it } from "vitest";

import { compare, type Difference, type Measured } from "./compare.js";
import { parseDeclared } from "./declared.js";
import { readGraphs } from "./symbol-graph.js";

// Symbol graphs of the real extractor; `fixtures/Fixture.swift` is their source. No Swift is needed here.
const read = (name: string): string => readFileSync(new URL(`fixtures/${name}.symbols.json`, import.meta.url), "utf8");
const graphs = [read("Fixture"), read("CFixture")];
const precise = (path: string): string =>
  readGraphs(graphs.map((graph): unknown => JSON.parse(graph))).find((symbol) => symbol.path === path)?.precise ?? "";

const measured: Measured = {
  rawValues: new Map([
    ["Request.install", 1],
    ["Request.update", 2],
    ["Download.State.failed", -1],
    ["Download.State.created", 0],
  ]),
  sendable: new Map([[precise("Download.fetch(completionHandler:)"), 1]]),
};

const symbols = [
  { path: "Listener", kind: "protocol", declaration: "protocol Listener" },
  {
    path: "Listener.downloads(for:at:)",
    kind: "method",
    declaration: "func downloads(for request: Request, at url: URL?) -> Set<String>",
    requirement: true,
  },
  {
    path: "Listener.challenge()",
    kind: "method",
    declaration: "func challenge() async throws -> (Int, String?)",
    requirement: true,
    default: true,
  },
  { path: "Request", kind: "enum", declaration: "enum Request : Int, @unchecked Sendable" },
  { path: "Request.init(rawValue:)", kind: "init", declaration: "init?(rawValue: Int)" },
  { path: "Request.install", kind: "enum case", declaration: "case install", rawValue: 1 },
  { path: "Request.update", kind: "enum case", declaration: "case update", rawValue: 2 },
  {
    path: "Download",
    kind: "class",
    declaration: "open class Download : NSObject, NSCopying, @unchecked Sendable",
  },
  { path: "Download.State", kind: "enum", declaration: "enum State : Int, @unchecked Sendable" },
  { path: "Download.State.init(rawValue:)", kind: "init", declaration: "init?(rawValue: Int)" },
  { path: "Download.State.failed", kind: "enum case", declaration: "case failed", rawValue: -1 },
  { path: "Download.State.created", kind: "enum case", declaration: "case created", rawValue: 0 },
  { path: "Download.state", kind: "property", declaration: "open var state: Download.State { get }" },
  {
    path: "Download.fetch(completionHandler:)",
    kind: "method",
    declaration: "open func fetch(completionHandler: @escaping @Sendable (String?) -> Void)",
  },
  {
    path: "Download.old()",
    kind: "method",
    declaration: "open func old()",
    availability: "old",
    message: "Too old.",
  },
  { path: "Nested", kind: "class", declaration: "class Nested : Download, @unchecked Sendable" },
  { path: "Nested._underscored()", kind: "method", declaration: "func _underscored()" },
  { path: "Manager", kind: "actor", declaration: "actor Manager" },
  { path: "Manager.url(for:)", kind: "method", declaration: "nonisolated func url(for path: String) throws -> URL" },
];

interface Change {
  added?: object[];
  /** Path → what is declared otherwise; `null` leaves it out. */
  declared?: Record<string, object | null>;
  /** Text of the graphs' files → text. */
  mirror?: Record<string, string>;
  measured?: Partial<Measured>;
}

function run({ added = [], declared = {}, mirror = {}, measured: other = {} }: Change): Difference[] {
  const file = {
    module: "Fixture",
    sdk: "0",
    availability: {
      all: { iOS: "16.1", macOS: "13.0" },
      old: { iOS: "16.1 deprecated 16.4", macOS: "13.0" },
      later: { iOS: "27.0", macOS: "27.0" },
    },
    groups: [
      {
        section: "1",
        evidence: "I",
        availability: "all",
        symbols: [
          ...symbols
            .filter((symbol) => declared[symbol.path] !== null)
            .map((symbol) => ({ ...symbol, ...declared[symbol.path] })),
          ...added,
        ],
      },
    ],
  };
  const texts = graphs.map((graph) => {
    let text = graph;
    for (const [from, to] of Object.entries(mirror)) text = text.replaceAll(from, to);
    return text;
  });
  if (Object.keys(mirror).length > 0) expect(texts, "the change changes something").not.toEqual(graphs);
  const parsed = texts.map((text): unknown => JSON.parse(text));
  return compare(parseDeclared(file), readGraphs(parsed), { ...measured, ...other });
}

const declares = (path: string, declaration: string, more: object = {}): Change => ({
  declared: { [path]: { declaration, ...more } },
});

describe("compare", () => {
  it("finds nothing where there is nothing", () => {
    expect(run({})).toEqual([]);
  });

  it("finds what is missing", () => {
    const path = "Manager.contents(of:)";
    const added = { path, kind: "method", declaration: "func contents(of path: String) throws -> Data" };
    expect(run({ added: [added] })).toEqual([
      { what: "missing", path, declared: added.declaration, source: "section 1, I" },
    ]);
  });

  it("finds a requirement without its default, and a default without requirement", () => {
    const path = "Listener.downloads(for:at:)";
    expect(run({ declared: { [path]: { default: true } } })).toMatchObject([
      { what: "missing", path: `${path} (in the protocol's extension)` },
    ]);
    expect(run({ declared: { "Listener.challenge()": { requirement: undefined } } })).toMatchObject([
      { what: "too much", path: "Listener.challenge()" },
    ]);
  });

  it.each<[string, string, string, object?]>([
    [
      "another label",
      "Manager.url(for:)",
      "nonisolated func url(at path: String) throws -> URL",
      { path: "Manager.url(at:)" },
    ],
    ["another parameter name", "Manager.url(for:)", "nonisolated func url(for name: String) throws -> URL"],
    ["a missing nonisolated", "Manager.url(for:)", "func url(for path: String) throws -> URL"],
    ["an extra throws", "Manager.url(for:)", "nonisolated func url(for path: String) -> URL"],
    ["a default argument", "Manager.url(for:)", 'nonisolated func url(for path: String = "") throws -> URL'],
    [
      "other optionality of a parameter",
      "Listener.downloads(for:at:)",
      "func downloads(for request: Request, at url: URL) -> Set<String>",
    ],
    [
      "another result",
      "Listener.downloads(for:at:)",
      "func downloads(for request: Request, at url: URL?) -> Set<String>?",
    ],
    ["a setter", "Download.state", "open var state: Download.State"],
    ["isolation of a protocol", "Listener", "@MainActor protocol Listener"],
    ["the refinement of a protocol", "Listener", "protocol Listener : Sendable"],
    ["a failable initializer", "Request.init(rawValue:)", "init(rawValue: Int)"],
    ["another kind", "Download", "struct Download : NSObject, NSCopying, @unchecked Sendable", { kind: "struct" }],
    ["an actor that is none", "Manager", "class Manager", { kind: "class" }],
    ["a class that is open", "Download", "class Download : NSObject, NSCopying, @unchecked Sendable"],
    ["a class that is not open", "Nested", "open class Nested : Download, @unchecked Sendable"],
    ["a missing conformance", "Download", "open class Download : NSObject, NSCoding, NSCopying, @unchecked Sendable"],
    ["an extra conformance", "Download", "open class Download : NSObject, @unchecked Sendable"],
    ["a missing superclass", "Nested", "class Nested : NSObject, NSCopying, @unchecked Sendable"],
  ])("finds %s", (_, path, declaration, more = {}) => {
    const found = run(declares(path, declaration, more));
    const expected = "path" in more ? more.path : path;
    const here = found.filter((difference) => difference.path === expected);
    expect(here).not.toEqual([]);
    // A subclass differs with its superclass; nothing is merely missing or too much.
    for (const difference of found) expect(difference.what).toBe("different");
    for (const { declared, mirror } of here) expect(declared).not.toBe(mirror);
  });

  it("finds a missing async, and shows both lines", () => {
    const path = "Listener.challenge()";
    const graph = (word: string): string => JSON.stringify({ kind: "keyword", spelling: word });
    const space = JSON.stringify({ kind: "text", spelling: " " });
    const found = run({ mirror: { [`${graph("async")},${space},`]: "" } });
    const lines = {
      what: "different",
      declared: "func challenge() async throws -> (Int, String?)",
      mirror: "func challenge() throws -> (Int, String?)",
      source: "section 1, I",
    };
    expect(found).toEqual([
      { ...lines, path },
      { ...lines, path: `${path} (in the protocol's extension)` },
    ]);
  });

  it.each(["Nested._underscored()", "Request.update", "Download.State.failed"])("finds %s too much", (path) => {
    expect(run({ declared: { [path]: null } })).toMatchObject([{ what: "too much", path }]);
  });

  it("finds an extension of another module's type too much", () => {
    const symbol = {
      kind: { identifier: "swift.method" },
      identifier: { precise: "s:SS7FixtureE4moreyyF" },
      pathComponents: ["String", "more()"],
      declarationFragments: [{ spelling: "func more()" }],
      accessLevel: "public",
      swiftExtension: { typeKind: "swift.struct" },
    };
    const graph: unknown = { module: { name: "Fixture" }, symbols: [symbol], relationships: [] };
    expect(compare([], readGraphs([graph]), measured)).toEqual([
      { what: "too much", path: "String.more()", mirror: "func more()" },
    ]);
  });

  it("finds init() too much when it is public again", () => {
    const internal = '"accessLevel":"internal"';
    expect(
      run({ mirror: { [internal]: '"accessLevel":"public"' } }).map(({ what, path }) => `${what} ${path}`),
    ).toEqual(["too much Download.init()", "too much Download.inside", "too much Manager.init()"]);
  });

  it("finds SPI too much when it is none", () => {
    expect(run({ mirror: { '"spi":true': '"spi":false' } })).toMatchObject([
      { what: "too much", path: "Download.hidden" },
    ]);
  });

  it("finds a wrong raw value, and one that nobody measured", () => {
    const rawValues = new Map([...measured.rawValues, ["Request.update", 3]] as const);
    expect(run({ measured: { rawValues } })).toEqual([
      {
        what: "different",
        path: "Request.update",
        declared: "raw value: 2",
        mirror: "raw value: 3",
        source: "section 1, I",
      },
    ]);
    expect(run({ measured: { rawValues: new Map() } })).toHaveLength(4);
  });

  it("finds a @Sendable that is missing or too much, and one that nobody measured", () => {
    const path = "Download.fetch(completionHandler:)";
    const sendable = { what: "different", path, declared: "@Sendable: 1" };
    expect(run({ measured: { sendable: new Map([[precise(path), 0]]) } })).toMatchObject([
      { ...sendable, mirror: "@Sendable: 0" },
    ]);
    expect(run({ measured: { sendable: new Map() } })).toMatchObject([
      { ...sendable, mirror: "@Sendable: not measured" },
    ]);
    expect(run(declares(path, "open func fetch(completionHandler: @escaping (String?) -> Void)"))).toMatchObject([
      { declared: "@Sendable: 0", mirror: "@Sendable: 1" },
    ]);
  });

  it("finds another availability, deprecation and message", () => {
    const shown = (version: string): string =>
      `available: iOS ${version}, macOS ${version === "27.0" ? "27.0" : "13.0"}, tvOS not said, visionOS not said`;
    expect(run({ declared: { "Manager.url(for:)": { availability: "later" } } })).toMatchObject([
      { declared: shown("27.0"), mirror: shown("16.1") },
    ]);
    expect(run({ declared: { "Download.old()": { availability: "all" } } })).toMatchObject([
      { declared: shown("16.1"), mirror: shown("16.1 deprecated 16.4") },
    ]);
    expect(run({ declared: { "Download.old()": { message: "Old." } } })).toMatchObject([
      { declared: "message: Old.", mirror: "message: Too old." },
    ]);
  });

  it("says that an entry is unverified", () => {
    const found = run({
      declared: { "Nested._underscored()": { declaration: "final func _underscored()", unverified: true } },
    });
    expect(found).toMatchObject([{ source: "section 1, I, unverified" }]);
  });
});
