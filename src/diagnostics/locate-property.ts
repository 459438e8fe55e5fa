import { tokens, type Token } from "./tokens.js";

/** A place in a text. */
export interface TextPosition {
  /** From 1. */
  readonly line: number;
  /** In UTF-16 units, from 1. */
  readonly column: number;
}

/** A key of an object literal or an element of an array literal. */
interface Property {
  /** Keys and indexes that lead to it, from the outermost literal or function around it. */
  readonly path: readonly string[];
  readonly offset: number;
  /** Within what the file exports by default, directly or as an argument of a call. */
  readonly exported: boolean;
}

/**
 * Where `path` stands in a source text: the key that spells it out, `simulate: { server: { directory` for
 * `["simulate", "server", "directory"]`. Objects that were given a name first are found by the end of the path; of
 * several, the most complete path, what is exported by default, and then the first one wins. Undefined where no key
 * carries the last name.
 */
export function locateProperty(source: string, path: readonly PropertyKey[]): TextPosition | undefined {
  const wanted = path.map(String);
  let best: Property | undefined;
  let bestScore = 0;
  for (const property of properties(source)) {
    const shared = sharedEnd(property.path, wanted);
    if (shared === 0) continue;
    const whole = shared === wanted.length && property.path.length === shared;
    const score = shared * 4 + (whole ? 2 : 0) + (property.exported ? 1 : 0);
    if (score > bestScore) [best, bestScore] = [property, score];
  }
  return best && positionAt(source, best.offset);
}

/**
 * The keys of the object literal that a module exports by default, directly or as the argument of `callee`: empty where
 * it exports something else.
 */
export function defaultExportKeys(source: string, callee: string): (TextPosition & { readonly key: string })[] {
  const list = [...tokens(source)];
  const start = list.findIndex((token, i) => token.text === "default" && list[i - 1]?.text === "export");
  const next = list.slice(start + 1, start + 4).map(({ text }) => text);
  const direct = next[0] === "{" || (next[0] === callee && next[1] === "(" && next[2] === "{");
  if (start < 0 || !direct) return [];
  return [...properties(source)]
    .filter(({ exported, path }) => exported && path.length === 1)
    .map(({ path: [key = ""], offset }) => ({ key, ...positionAt(source, offset) }));
}

/** Line and column of an offset. */
export function positionAt(source: string, offset: number): TextPosition {
  const before = source.slice(0, offset).split(/\r\n|\n|\r/);
  return { line: before.length, column: (before.at(-1) ?? "").length + 1 };
}

function sharedEnd(a: readonly string[], b: readonly string[]): number {
  let length = 0;
  while (length < Math.min(a.length, b.length) && a.at(-1 - length) === b.at(-1 - length)) length++;
  return length;
}

/** An open bracket. */
interface Frame {
  readonly kind: "object" | "array" | "other";
  readonly path: readonly string[];
  readonly exported: boolean;
  /** The property whose value is being read. */
  key: string | undefined;
  /** Where the current element began, to tell modifiers from keys. */
  atStart: boolean;
  index: number;
}

function* properties(source: string): Generator<Property> {
  const list = [...tokens(source)];
  const frames: Frame[] = [{ kind: "other", path: [], exported: false, key: undefined, atStart: true, index: 0 }];
  let afterExportDefault = false;
  for (const [i, token] of list.entries()) {
    const frame = frames.at(-1);
    if (frame === undefined) return;
    const previous = list[i - 1];
    if (token.text === "default" && previous?.text === "export") afterExportDefault = true;
    if (frame.kind === "array" && frame.atStart && token.text !== "]") {
      frame.key = String(frame.index);
      frame.atStart = false;
      yield { path: [...frame.path, frame.key], offset: token.offset, exported: frame.exported };
    } else if (frame.kind === "object" && frame.atStart && previous?.text !== "..." && isKey(token, list[i + 1])) {
      frame.key = token.text;
      frame.atStart = false;
      yield { path: [...frame.path, frame.key], offset: token.offset, exported: frame.exported };
    }
    if (token.kind !== "other") continue;
    if (token.text === "{" || token.text === "[" || token.text === "(") {
      const path = frame.key === undefined ? frame.path : [...frame.path, frame.key];
      const exported = frame.exported || (frames.length === 1 && afterExportDefault);
      frames.push({ kind: frameKind(token, previous, frame), path, exported, key: undefined, atStart: true, index: 0 });
    } else if (token.text === "}" || token.text === "]" || token.text === ")") {
      if (frames.length > 1) frames.pop();
    } else if (token.text === "," && frame.kind !== "other") {
      frame.key = undefined;
      frame.atStart = true;
      frame.index++;
    } else if (token.text === ";" && frames.length === 1) afterExportDefault = false;
  }
}

/** Whether a token at the start of a property is its key, rather than `async`, `get`, `*`, `...` or `[`. */
function isKey(token: Token, next: Token | undefined): boolean {
  return token.kind !== "other" && next?.kind === "other" && /^[:(,}<?]$/.test(next.text);
}

function frameKind(open: Token, previous: Token | undefined, parent: Frame): Frame["kind"] {
  const startsValue = previous === undefined || isBeforeValue(previous);
  if (open.text === "[") return startsValue && !(parent.kind === "object" && parent.atStart) ? "array" : "other";
  return open.text === "{" && startsValue ? "object" : "other";
}

/** Whether a bracket after this token begins a literal: not a block, an index or a call. */
function isBeforeValue(previous: Token): boolean {
  if (previous.kind === "word") return /^(?:return|default|yield|await|case)$/.test(previous.text);
  return previous.kind === "other" && /^(?:[([,=:?|&!+]|\.\.\.)$/.test(previous.text);
}
