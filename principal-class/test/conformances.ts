/** A symbol graph lists what a type conforms to with all that follows from it; these are the rules by which it follows. */
const implied: Readonly<Record<string, readonly string[]>> = {
  Actor: ["Sendable"],
  Error: ["Sendable"],
  ExpressibleByExtendedGraphemeClusterLiteral: ["ExpressibleByUnicodeScalarLiteral"],
  ExpressibleByStringInterpolation: ["ExpressibleByStringLiteral"],
  ExpressibleByStringLiteral: ["ExpressibleByExtendedGraphemeClusterLiteral"],
  Hashable: ["Equatable"],
  // An enum with numbers.
  Int: ["Equatable", "Hashable", "RawRepresentable"],
  LocalizedError: ["Error"],
  NSObject: ["CustomDebugStringConvertible", "CustomStringConvertible", "Equatable", "Hashable", "NSObjectProtocol"],
  NSSecureCoding: ["NSCoding"],
  OptionSet: ["Equatable", "ExpressibleByArrayLiteral", "RawRepresentable", "SetAlgebra"],
  Sendable: ["SendableMetatype"],
};

/** The compiler adds these where they fit; only a type that declares them must have them. */
const added = new Set(["BitwiseCopyable", "SendableMetatype"]);

type ClauseOf = (name: string) => readonly string[] | undefined;

/**
 * What is missing and what is too much.
 *
 * @param inherits the declared inheritance clause
 * @param found all that the symbol graph lists
 * @param of the declared clause of another type of the modules
 */
export function compareConformances(
  kind: string,
  inherits: readonly string[],
  found: readonly string[],
  of: ClauseOf,
): { missing: string[]; extra: string[] } {
  const closure = (names: readonly string[]): Set<string> => {
    const all = new Set<string>();
    const add = (name: string): void => {
      if (all.has(name)) return;
      all.add(name);
      for (const next of [...(implied[name] ?? []), ...(of(name) ?? [])]) add(next);
    };
    for (const name of names) add(name);
    return all;
  };
  const expected = closure(kind === "actor" ? ["Actor", ...inherits] : inherits);
  // A graph lists the direct superclass only.
  const there = closure(found);
  return {
    // The raw type is in `init(rawValue:)`, not among the conformances.
    missing: [...expected].filter((name) => name !== "Int" && !there.has(name)),
    extra: found.filter((name) => !expected.has(name) && !added.has(name)),
  };
}
