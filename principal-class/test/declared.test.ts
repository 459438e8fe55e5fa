import { describe, expect, it } from "vitest";

import { parseDeclaration } from "./declaration.js";
import { mirrorModules, parseDeclared, readDeclared } from "./declared.js";

const file = (...symbols: object[]): object => ({
  module: "Fixture",
  sdk: "0",
  availability: { all: { iOS: "16.1", macOS: "13.0 deprecated 14.0", watchOS: "unavailable" } },
  groups: [{ section: "1.1", evidence: "H", availability: "all", symbols }],
});
const type = { path: "A", kind: "struct", declaration: "struct A" };
const member = { path: "A.b", kind: "property", declaration: "let b: Int" };

describe("declared files", () => {
  it.each(mirrorModules)("%s.json is without mistakes", (module) => {
    expect(readDeclared(module).length).toBeGreaterThan(0);
  });

  it("covers the families of the reference", () => {
    const paths = new Set(readDeclared("BackgroundAssets").map((symbol) => symbol.path));
    for (const path of ["BADownloaderExtension", "BAURLDownload", "AssetPackManager", "BAErrorCode", "BAErrorDomain"]) {
      expect(paths).toContain(path);
    }
  });

  it("makes two of a requirement with a default", () => {
    const requirement = { path: "P.f()", kind: "method", declaration: "optional func f()", requirement: true };
    const roles = parseDeclared(file({ path: "P", kind: "protocol", declaration: "protocol P" }, requirement));
    expect(roles.map((symbol) => `${symbol.path} ${symbol.role}`)).toEqual([
      "P member",
      "P.f() requirement",
      "P.f() extension",
    ]);
  });

  it("takes a page of Apple's in place of a section, and a stand-in without its type", () => {
    const member = { path: "A.b()", kind: "method", declaration: "func b()", standInFor: "Foundation" };
    const group = { page: "foundation/A", evidence: "D", availability: "all", symbols: [member] };
    expect(parseDeclared({ ...file(), groups: [group] })).toMatchObject([{ source: "page foundation/A, D" }]);
    expect(() => parseDeclared({ ...file(), groups: [{ ...group, section: "1" }] })).toThrow(/a section or a page/u);
  });

  it.each<[string, object[], RegExp]>([
    ["a duplicate", [type, member, member], /A\.b: stands twice/u],
    ["an unknown kind", [{ ...type, kind: "record" }], /kind/u],
    ["an unknown key", [{ ...type, avaliability: "all" }], /avaliability/u],
    ["an unknown availability", [{ ...type, availability: "soon" }], /A: no availability "soon"/u],
    ["a kind that the declaration contradicts", [{ ...type, kind: "class" }], /the declaration says "struct"/u],
    ["a name that the declaration contradicts", [type, { ...member, path: "A.c" }], /the declaration is that of b/u],
    ["a member of nothing", [member], /A is not declared/u],
    ["a requirement of a struct", [type, { ...member, requirement: true }], /A is no protocol/u],
    ["access", [{ ...type, declaration: "public struct A" }], /`public` is understood/u],
    ["two lines", [{ ...type, declaration: "struct  A" }], /not one normalised line/u],
    ["a raw value of a type", [{ ...type, rawValue: 1 }], /a struct has no raw value/u],
    [
      "two cases of one number",
      [
        { path: "E", kind: "enum", declaration: "enum E : Int" },
        { path: "E.a", kind: "enum case", declaration: "case a", rawValue: 1 },
        { path: "E.b", kind: "enum case", declaration: "case b", rawValue: 1 },
      ],
      /E\.b: 1 is taken/u,
    ],
  ])("refuses %s", (_, symbols, message) => {
    expect(() => parseDeclared(file(...symbols))).toThrow(message);
  });
});

describe("parseDeclaration", () => {
  it.each([
    ["func f(_ a: Int, for b: [A : any Error], _ c: (Int, Int) -> Void = { _, _ in })", "f(_:for:_:)", "method"],
    [
      "@backDeployed(before: iOS 27, macOS 27) final public func f<T>(before d: Date) async -> T",
      "f(before:)",
      "method",
    ],
    ["static func == (lhs: A, rhs: A) -> Bool", "==(_:_:)", "operator"],
    ["case failed(AssetPack, any Error)", "failed(_:_:)", "enum case"],
    ["case missing(withID: String)", "missing(withID:)", "enum case"],
    ["convenience init?(identifier: String)", "init(identifier:)", "init"],
    ["init()", "init()", "init"],
    ["class var shared: A { get }", "shared", "static property"],
    ["static let `default`: A", "default", "static property"],
    ["@resultBuilder struct Bind", "Bind", "struct"],
  ])("%s", (line, name, kind) => {
    expect(parseDeclaration(line)).toMatchObject({ name, kind });
  });

  it("does not care about order, spaces, access and back ticks", () => {
    const one = parseDeclaration("@preconcurrency @MainActor public  static let `default`: A");
    expect(one.text).toBe(parseDeclaration("@MainActor @preconcurrency static let default: A").text);
  });

  it("keeps what changes the meaning", () => {
    expect(parseDeclaration("nonisolated func f()").text).not.toBe(parseDeclaration("func f()").text);
    expect(parseDeclaration("final let a: Int").text).not.toBe(parseDeclaration("let a: Int").text);
    expect(parseDeclaration("var a: Int { get }").text).not.toBe(parseDeclaration("var a: Int").text);
  });
});
