import { compareConformances } from "./conformances.js";
import { parseDeclaration } from "./declaration.js";
import { type Declared, parentOf, platforms } from "./declared.js";
import { kindOf, type MirrorSymbol } from "./symbol-graph.js";

/** One way in which a mirror module is not what Apple documents. */
export interface Difference {
  readonly what: "missing" | "different" | "too much";
  readonly path: string;
  readonly declared?: string;
  readonly mirror?: string;
  /** Where the declaration was transcribed from, and whether that is certain. */
  readonly source?: string;
}

/** What a symbol graph does not print, measured in another way. An entry that is not there is a difference. */
export interface Measured {
  /** Path of an enum case or static property → its raw value. */
  readonly rawValues: ReadonlyMap<string, number>;
  /** Compiler's name → how many `@Sendable` its type has. */
  readonly sendable: ReadonlyMap<string, number>;
}

/** The order of the result is that of the declared file, then that of the graph. */
export function compare(
  declared: readonly Declared[],
  mirror: readonly MirrorSymbol[],
  measured: Measured,
  /** Declarations of the modules that this one builds upon. */
  imported: readonly Declared[] = [],
): Difference[] {
  const pairs = pair(declared, mirror);
  const clauses = new Map(
    [...imported, ...declared]
      .filter((symbol) => /^(?:class|protocol)$/u.test(symbol.kind))
      .map((symbol) => [symbol.path, parseDeclaration(symbol.declaration).inherits]),
  );
  const differences = declared.flatMap((symbol): Difference[] => {
    const found = pairs.get(symbol);
    const source = symbol.unverified ? `${symbol.source}, unverified` : symbol.source;
    const path = pathOf(symbol);
    if (!found) return [{ what: "missing", path, declared: symbol.declaration, source }];
    return aspects(symbol, found, measured, (name) => clauses.get(name))
      .filter(([wanted, is]) => wanted !== is)
      .map(([wanted, is]) => ({ what: "different", path, declared: wanted, mirror: is, source }));
  });
  const paired = new Set(pairs.values());
  const foreign = mirror.filter((symbol) => !paired.has(symbol) && !mayBeThere(symbol, declared));
  return [
    ...differences,
    ...foreign.map((symbol): Difference => ({
      what: "too much",
      path: pathOf(symbol),
      mirror: symbol.declaration,
    })),
  ];
}

const pathOf = (symbol: Declared | MirrorSymbol): string =>
  symbol.role === "extension" ? `${symbol.path} (in the protocol's extension)` : symbol.path;

/**
 * Every declared symbol with the mirror's: first those with the same path and line, then the same path (overloads in
 * order), then the same name with other labels.
 */
function pair(declared: readonly Declared[], mirror: readonly MirrorSymbol[]): Map<Declared, MirrorSymbol> {
  const pairs = new Map<Declared, MirrorSymbol>();
  const free = new Set(mirror);
  const bare = (path: string): string => path.replace(/\(.*$/u, "");
  const line = (symbol: Declared | MirrorSymbol): string => parseDeclaration(symbol.declaration).text;
  const isSame: ((a: Declared, b: MirrorSymbol) => boolean)[] = [
    (a, b) => a.path === b.path && line(a) === line(b),
    (a, b) => a.path === b.path,
    (a, b) => bare(a.path) === bare(b.path) && !mayBeThere(b, declared),
  ];
  for (const same of isSame) {
    for (const symbol of declared) {
      if (pairs.has(symbol)) continue;
      for (const candidate of free) {
        if (candidate.role !== symbol.role || !same(symbol, candidate)) continue;
        pairs.set(symbol, candidate);
        free.delete(candidate);
        break;
      }
    }
  }
  return pairs;
}

/** Everything that must be equal, as two lines that can be shown. */
function aspects(
  symbol: Declared,
  found: MirrorSymbol,
  measured: Measured,
  clauseOf: (name: string) => readonly string[] | undefined,
): [string, string][] {
  const wanted = parseDeclaration(symbol.declaration);
  const is = parseDeclaration(found.declaration);
  const result: [string, string][] = [
    [wanted.text, is.text],
    [`kind: ${symbol.kind}`, `kind: ${kindOf(found)}`],
    [`access: ${wanted.open ? "open" : "public"}`, `access: ${is.open ? "open" : "public"}`],
  ];
  if (wanted.sendable > 0 || (measured.sendable.get(found.precise) ?? 0) > 0) {
    const count = measured.sendable.get(found.precise);
    result.push([`@Sendable: ${wanted.sendable}`, `@Sendable: ${count ?? "not measured"}`]);
  }
  if (symbol.rawValue !== undefined) {
    const value = measured.rawValues.get(symbol.path);
    result.push([`raw value: ${symbol.rawValue}`, `raw value: ${value ?? "not measured"}`]);
  }
  // A stand-in is of another module, whose availability says nothing here.
  if (found.availability !== undefined && !symbol.standIn) {
    const shown = shownPlatforms(symbol, found);
    result.push([available(symbol.availability, shown), available(found.availability, shown)]);
    if (symbol.message !== undefined) result.push([`message: ${symbol.message}`, `message: ${found.message ?? ""}`]);
    if (symbol.renamed !== undefined) result.push([`renamed: ${symbol.renamed}`, `renamed: ${found.renamed ?? ""}`]);
  }
  if (/^(?:actor|class|enum|struct)$/u.test(symbol.kind)) {
    const { missing, extra } = compareConformances(symbol.kind, wanted.inherits, found.conformances, clauseOf);
    result.push(
      ["conforms to: ", `conforms to: ${extra.join(", ")}`],
      [`conforms to: ${missing.join(", ")}`, "conforms to: "],
    );
  }
  return result;
}

/**
 * `watchOS` counts on types at the top only: nothing in them can be more available, and Apple repeats it or not.
 * `*` is there when the mirror has it, which is always wrong.
 */
function shownPlatforms(symbol: Declared, found: MirrorSymbol): string[] {
  const top = !symbol.path.includes(".");
  const listed = platforms.filter((platform) => platform !== "watchOS" || top);
  return [...listed, ...Object.keys(found.availability ?? {}).filter((name) => !platforms.some((p) => p === name))];
}

const available = (of: Readonly<Record<string, string | undefined>>, shown: readonly string[]): string =>
  `available: ${shown.map((platform) => `${platform} ${of[platform] ?? "not said"}`).join(", ")}`;

/**
 * Public in the mirror without being declared, and still nothing that Apple's module lacks: the implementation of what
 * a declared conformance to another module's protocol requires, or the override of an inherited member. Whether the
 * conformance itself is declared is compared with the type.
 */
function mayBeThere(symbol: MirrorSymbol, declared: readonly Declared[]): boolean {
  return symbol.answersOutside && declared.some((type) => type.path === parentOf(symbol.path));
}

/** The differences as lines for people. */
export function report(differences: readonly Difference[]): string {
  return differences
    .map(({ what, path, declared, mirror, source }) =>
      [
        `${what}: ${path}${source === undefined ? "" : ` (${source})`}`,
        declared === undefined ? [] : `  declared  ${declared}`,
        mirror === undefined ? [] : `  mirror    ${mirror}`,
      ]
        .flat()
        .join("\n"),
    )
    .join("\n");
}
