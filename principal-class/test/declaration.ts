/** What a Swift declaration on one line says, in an order that does not depend on who printed it. */
export interface Declaration {
  /** Comparable text: attributes and modifiers sorted, without access, inheritance (protocols excepted) and defaults of printing. */
  readonly text: string;
  readonly kind: DeclarationKind;
  /** As in a symbol path: `cancel(_:)`, `state`, `began(_:)`. */
  readonly name: string;
  /** The inheritance clause, without `@unchecked`. */
  readonly inherits: readonly string[];
  readonly open: boolean;
  /** `optional` of an Objective-C protocol. */
  readonly optional: boolean;
  /** How often `@Sendable` stands in it; symbol graphs do not print it. */
  readonly sendable: number;
}

export const declarationKinds = [
  "actor",
  "associatedtype",
  "class",
  "enum",
  "enum case",
  "init",
  "method",
  "operator",
  "property",
  "protocol",
  "static method",
  "static property",
  "struct",
  "typealias",
] as const;

export type DeclarationKind = (typeof declarationKinds)[number];

const types = new Set(["actor", "class", "enum", "protocol", "struct"]);
const keywords = new Set([...types, "associatedtype", "case", "func", "init", "let", "typealias", "var"]);
/** What the compiler leaves out of a symbol graph, and access, which it keeps elsewhere. */
const dropped = new Set(["@_disfavoredOverload", "@_hasMissingDesignatedInitializers", "optional", "open", "public"]);

export function parseDeclaration(source: string): Declaration {
  const line = source.replaceAll(/\s+/gu, " ").replaceAll("`", "").trim();
  const { head, keyword, rest } = splitHead(line);
  const sendable = line.split("@Sendable ").length - 1;
  const { body, inherits } = types.has(keyword) ? splitInheritance(keyword, rest) : { body: rest, inherits: [] };
  const words = head.filter((word) => !dropped.has(word)).sort();
  return {
    text: [...words, keyword === "init" ? `init${body}` : `${keyword} ${body}`]
      .join(" ")
      .replaceAll("@Sendable ", "")
      .replace(/ \{ get set \}$/u, ""),
    kind: kindOf(keyword, head, body),
    name: nameOf(keyword, body),
    inherits,
    open: head.includes("open"),
    optional: head.includes("optional"),
    sendable,
  };
}

function splitHead(line: string): { head: string[]; keyword: string; rest: string } {
  const head: string[] = [];
  let rest = line;
  for (;;) {
    const word = /^@?\w+(?:\.\w+)*/u.exec(rest)?.[0];
    if (word === undefined) throw new Error(`Not a Swift declaration: ${line}`);
    const after = rest.slice(word.length);
    // `class` is a modifier before `func` and `var`.
    if (keywords.has(word) && !(word === "class" && /^ (?:func|var) /u.test(after))) {
      return { head, keyword: word, rest: word === "init" ? after : after.trimStart() };
    }
    const end = after.startsWith("(") ? closing(after, 0) + 1 : 0;
    head.push(word + after.slice(0, end));
    rest = after.slice(end).trimStart();
  }
}

/** `BADownload : NSObject, NSCopying` → name and list. A protocol keeps its clause: there the graph prints it. */
function splitInheritance(keyword: string, rest: string): { body: string; inherits: string[] } {
  const colon = topLevel(rest, ":")[0];
  if (colon === undefined) return { body: rest, inherits: [] };
  const clause = rest.slice(colon + 1).split(" where ")[0] ?? "";
  const inherits = split(clause, ",").map((name) => name.replace("@unchecked ", "").trim());
  return { body: keyword === "protocol" ? rest : rest.slice(0, colon).trim(), inherits };
}

function kindOf(keyword: string, head: readonly string[], body: string): DeclarationKind {
  const isStatic = head.includes("static") || head.includes("class");
  if (keyword === "let" || keyword === "var") return isStatic ? "static property" : "property";
  if (keyword === "case") return "enum case";
  if (keyword === "func") {
    if (!/^\w/u.test(body)) return "operator";
    return isStatic ? "static method" : "method";
  }
  return keyword as DeclarationKind;
}

function nameOf(keyword: string, body: string): string {
  if (keyword === "init") return `init${labels(body)}`;
  const name = /^(?:\w+|[^\w\s(]+)/u.exec(body)?.[0] ?? "";
  if (keyword === "func") {
    const found = labels(body.slice(name.length).trimStart());
    // An operator is called without labels.
    return name + (/^\w/u.test(name) ? found : found.replaceAll(/\w+:/gu, "_:"));
  }
  return keyword === "case" && body.startsWith("(", name.length) ? name + labels(body.slice(name.length), true) : name;
}

/** `<T>(for request: X, _ y: Y) -> Z` → `(for:_:)`. The values of an enum case may have no label. */
function labels(signature: string, bare = false): string {
  const open = topLevel(signature, "(", 1)[0];
  if (open === undefined) throw new Error(`No parameter list: ${signature}`);
  const list = signature.slice(open + 1, closing(signature, open));
  const names = split(list, ",").map((parameter) => {
    const first = /^\s*(\w+)/u.exec(parameter)?.[1] ?? "_";
    return bare && topLevel(parameter, ":").length === 0 ? "_" : first;
  });
  return `(${names.map((name) => `${name}:`).join("")})`;
}

/** Positions of `character` outside of all brackets. */
function topLevel(text: string, character: string, most = Number.POSITIVE_INFINITY): number[] {
  const found: number[] = [];
  let depth = 0;
  for (let at = 0; at < text.length && found.length < most; at += 1) {
    const here = text.charAt(at);
    if (here === character && depth === 0) found.push(at);
    if ("([{<".includes(here)) depth += 1;
    else if (")]}".includes(here) || (here === ">" && text[at - 1] !== "-")) depth -= 1;
  }
  return found;
}

function closing(text: string, open: number): number {
  let depth = 0;
  for (let at = open; at < text.length; at += 1) {
    if (text[at] === "(") depth += 1;
    else if (text[at] === ")") {
      depth -= 1;
      if (depth === 0) return at;
    }
  }
  throw new Error(`Unbalanced: ${text}`);
}

function split(text: string, separator: string): string[] {
  if (text.trim() === "") return [];
  const parts: string[] = [];
  let from = 0;
  for (const at of topLevel(text, separator)) {
    parts.push(text.slice(from, at));
    from = at + 1;
  }
  return [...parts, text.slice(from)];
}
