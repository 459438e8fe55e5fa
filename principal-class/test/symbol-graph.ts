import { z } from "zod";

import { parseDeclaration } from "./declaration.js";
import { parentOf } from "./declared.js";

/** The parts of `swift-symbolgraph-extract`'s files that are used here. */
const versionSchema = z.object({ major: z.number(), minor: z.number().optional() });
const graphSchema = z.object({
  module: z.object({ name: z.string() }),
  symbols: z.array(
    z.object({
      kind: z.object({ identifier: z.string() }),
      identifier: z.object({ precise: z.string() }),
      pathComponents: z.array(z.string()),
      declarationFragments: z.array(z.object({ spelling: z.string() })),
      accessLevel: z.string(),
      spi: z.boolean().optional(),
      swiftExtension: z.object({ typeKind: z.string().optional() }).optional(),
      availability: z
        .array(
          z.object({
            domain: z.string().optional(),
            introduced: versionSchema.optional(),
            deprecated: versionSchema.optional(),
            message: z.string().optional(),
            renamed: z.string().optional(),
            isUnconditionallyUnavailable: z.boolean().optional(),
          }),
        )
        .optional(),
    }),
  ),
  relationships: z.array(
    z.object({
      kind: z.string(),
      source: z.string(),
      target: z.string(),
      targetFallback: z.string().optional(),
      sourceOrigin: z.object({ identifier: z.string() }).optional(),
    }),
  ),
});

type Graph = z.infer<typeof graphSchema>;

/** A public symbol of a mirror module as its symbol graph tells it. */
export interface MirrorSymbol {
  readonly path: string;
  readonly declaration: string;
  readonly role: "member" | "requirement" | "extension";
  /** Platform → `16.1`, `16.1 deprecated 16.4` or `unavailable`; `undefined` where the graph cannot know (C). */
  readonly availability: Readonly<Record<string, string>> | undefined;
  readonly message: string | undefined;
  readonly renamed: string | undefined;
  /** Names without module of everything it conforms to or inherits from. */
  readonly conformances: readonly string[];
  /** It overrides, or implements a requirement of, what another module declares. */
  readonly answersOutside: boolean;
  /** The compiler's name, which tells what the declaration line does not. */
  readonly precise: string;
}

/**
 * The public symbols of a module in the given graphs: its own, its extensions of other modules' types (files
 * `A@B.symbols.json`) and those of the C module that it re-exports.
 */
export function readGraphs(files: readonly unknown[]): MirrorSymbol[] {
  const graphs = files.map((file) => graphSchema.parse(file));
  const outside = answersOutside(graphs);
  const symbols = graphs.flatMap((graph) => {
    const relations = new Map<string, Graph["relationships"]>();
    for (const relation of graph.relationships) {
      relations.set(relation.source, [...(relations.get(relation.source) ?? []), relation]);
    }
    const names = new Map(graph.symbols.map((symbol) => [symbol.identifier.precise, symbol.pathComponents.join(".")]));
    return (
      graph.symbols
        // Extracted with a lower access level: with "public" the extractor leaves out names that begin with `_`.
        .filter((symbol) => (symbol.accessLevel === "public" || symbol.accessLevel === "open") && symbol.spi !== true)
        .filter((symbol) => !symbol.identifier.precise.includes("::SYNTHESIZED::"))
        .filter((symbol) => !symbol.availability?.some((entry) => isNowhere(entry)))
        .map((symbol) => readSymbol(symbol, relations.get(symbol.identifier.precise) ?? [], { outside, names }))
    );
  });
  return followAliases(symbols);
}

function readSymbol(
  symbol: Graph["symbols"][number],
  relations: Graph["relationships"],
  known: { outside: ReadonlySet<string>; names: ReadonlyMap<string, string> },
): MirrorSymbol {
  const fragments = symbol.declarationFragments.map((fragment) => fragment.spelling).join("");
  const requirement = relations.some((relation) => /^(?:optionalR|r)equirementOf$/u.test(relation.kind));
  const inProtocolExtension = symbol.swiftExtension?.typeKind === "swift.protocol";
  return {
    path: symbol.pathComponents.join("."),
    declaration: (symbol.accessLevel === "open" ? "open " : "") + fragments.replaceAll(/\s+/gu, " ").trim(),
    role: requirement ? "requirement" : inProtocolExtension ? "extension" : "member",
    availability:
      symbol.identifier.precise.startsWith("s:So") || symbol.identifier.precise.startsWith("c:")
        ? undefined
        : Object.fromEntries((symbol.availability ?? []).map((entry) => [entry.domain ?? "*", said(entry)])),
    message: symbol.availability?.find((entry) => entry.message !== undefined)?.message,
    renamed: symbol.availability?.find((entry) => entry.renamed !== undefined)?.renamed,
    conformances: relations
      .filter((relation) => relation.kind === "conformsTo" || relation.kind === "inheritsFrom")
      .map((relation) => known.names.get(relation.target) ?? relation.targetFallback ?? relation.target)
      .map((name) => name.slice(name.lastIndexOf(".") + 1)),
    answersOutside: known.outside.has(symbol.identifier.precise),
    precise: symbol.identifier.precise,
  };
}

/**
 * Symbols that implement a requirement of another module or override its member, directly or along a chain. An
 * override of an initializer is none: Apple's classes take `init()` away, and an override would bring it back.
 */
function answersOutside(graphs: readonly Graph[]): Set<string> {
  const symbols = graphs.flatMap((graph) => graph.symbols);
  const own = new Set(symbols.map((symbol) => symbol.identifier.precise));
  const initializers = new Set(
    symbols.filter((symbol) => symbol.kind.identifier === "swift.init").map((symbol) => symbol.identifier.precise),
  );
  const overrides = graphs.flatMap((graph) => graph.relationships.filter((relation) => relation.kind === "overrides"));
  const barred = new Set(
    overrides
      .filter((relation) => initializers.has(relation.source) && !own.has(relation.target))
      .map((relation) => relation.source),
  );
  const answers = graphs.flatMap((graph) =>
    graph.relationships.flatMap((relation) => {
      if (relation.kind === "overrides") return [{ source: relation.source, target: relation.target }];
      return relation.sourceOrigin ? [{ source: relation.source, target: relation.sourceOrigin.identifier }] : [];
    }),
  );
  const outside = new Set<string>();
  for (let before = -1; before !== outside.size;) {
    before = outside.size;
    for (const { source, target } of answers) {
      if (!barred.has(source) && (!own.has(target) || outside.has(target))) outside.add(source);
    }
  }
  return outside;
}

type AvailabilityEntry = NonNullable<Graph["symbols"][number]["availability"]>[number];

const isNowhere = (entry: AvailabilityEntry): boolean =>
  entry.isUnconditionallyUnavailable === true && (entry.domain === undefined || entry.domain === "*");

function said(entry: AvailabilityEntry): string {
  if (entry.isUnconditionallyUnavailable) return "unavailable";
  const version = (of: AvailabilityEntry["introduced"]): string => (of ? `${of.major}.${of.minor ?? 0}` : "");
  return [version(entry.introduced), entry.deprecated && `deprecated ${version(entry.deprecated)}`]
    .filter(Boolean)
    .join(" ");
}

/**
 * A C enum cannot be nested in a Swift class, so the class has a typealias of it: the enum and its cases take the
 * alias's path, as on Apple platforms, and the C name is gone.
 */
function followAliases(symbols: readonly MirrorSymbol[]): MirrorSymbol[] {
  const fromC = new Map(
    symbols.filter((symbol) => symbol.precise.startsWith("c:")).map((symbol) => [symbol.path, symbol]),
  );
  const renamed = new Map<string, string>();
  const aliases = new Set<MirrorSymbol>();
  for (const symbol of symbols) {
    const target = /^(?:open )?typealias \w+ = (?:\w+\.)?(\w+)$/u.exec(symbol.declaration)?.[1];
    if (target === undefined || !fromC.has(target)) continue;
    renamed.set(target, symbol.path);
    aliases.add(symbol);
  }
  return symbols
    .filter((symbol) => !aliases.has(symbol))
    .map((symbol) => {
      const first = symbol.path.split(".")[0] ?? "";
      const path = renamed.get(first);
      if (path === undefined || !/^(?:c:|s:So)/u.test(symbol.precise)) return symbol;
      const name = path.slice(parentOf(path).length).replace(/^\./u, "");
      const declaration =
        symbol.path === first ? symbol.declaration.replace(first, name) : symbol.declaration.replaceAll(first, path);
      return { ...symbol, path: path + symbol.path.slice(first.length), declaration };
    });
}

/** What kind of thing it is, by its declaration. */
export function kindOf(symbol: MirrorSymbol): string {
  const { kind } = parseDeclaration(symbol.declaration);
  return kind === "property" && !symbol.path.includes(".") ? "constant" : kind;
}
