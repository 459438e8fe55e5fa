/**
 * Steps through a JSON text that was validated, by offsets, as the C++ runtime's `json/cursor.cc` does. Patterns are
 * sticky, and none of them repeats without limit over something that the engine would have to remember.
 * @module
 */

const characters = { quote: 0x22, bracket: 0x5b, brace: 0x7b } as const;

/** No offset. */
export const none = -1;

const spaces = /[ \t\n\r]*/y;
const scalar = /[^,\]} \t\n\r]*/y;
/** Up to the next bracket, or a string with escapes. */
const flat = /(?:[^"{}[\]]+|"[^"\\]*"){1,100}/y;

export function skipSpace(text: string, at: number): number {
  return text.charCodeAt(at) <= 0x20 ? match(spaces, text, at) : at;
}

/** The end of the value, or of the name, at `at`. */
export function skipJson(text: string, at: number): number {
  const first = text[at];
  if (first === '"') return skipString(text, at);
  return first === "{" || first === "[" ? skipContainer(text, at) : match(scalar, text, at);
}

/** The first element, or name, of the container at `at`. */
export function firstInJson(text: string, at: number): number {
  const first = skipSpace(text, at + 1);
  return text[first] === "]" || text[first] === "}" ? none : first;
}

/** After an element the next one, after a name its value, after that the next name. `end`: of what is there now. */
export function nextInJson(text: string, end: number): number {
  const at = skipSpace(text, end);
  return text[at] === "," || text[at] === ":" ? skipSpace(text, at + 1) : none;
}

/** A JSON Pointer (RFC 6901), or none. */
export function isJsonPointer(pointer: string): boolean {
  return /^(?:\/(?:[^~]|~[01])*)?$/.test(pointer);
}

/** What a pointer leads to from the value at `at`. Of a name that is there twice the last counts. */
export function findInJson(text: string, at: number, pointer: string): number {
  let found = at;
  for (const part of pointer.split("/").slice(1)) {
    const token = part.replaceAll("~1", "/").replaceAll("~0", "~");
    if (text[found] === "{") found = findMember(text, found, token);
    else found = text[found] === "[" ? findElement(text, found, token) : none;
    if (found === none) break;
  }
  return found;
}

function findMember(text: string, object: number, name: string): number {
  const wanted = wellFormed(name);
  let found = none;
  for (let at = firstInJson(text, object); at !== none;) {
    const end = skipString(text, at);
    const value = nextInJson(text, end);
    if (isName(text, at, end, wanted)) found = value;
    at = nextInJson(text, skipJson(text, value));
  }
  return found;
}

function isName(text: string, at: number, end: number, wanted: string): boolean {
  // Most names have no escapes and are of another length.
  if (end - at - 2 < wanted.length) return false;
  if (end - at - 2 === wanted.length && text.startsWith(wanted, at + 1)) return !wanted.includes("\\");
  const raw = text.slice(at, end);
  return raw.includes("\\") && wellFormed(String(JSON.parse(raw))) === wanted;
}

function findElement(text: string, array: number, token: string): number {
  if (!/^(?:0|[1-9]\d*)$/.test(token)) return none;
  let at = firstInJson(text, array);
  for (let index = Number(token); index > 0 && at !== none; index -= 1) at = nextInJson(text, skipJson(text, at));
  return at;
}

/** `at`: of the opening quote. */
function skipString(text: string, at: number): number {
  for (let quote = text.indexOf('"', at + 1); ; quote = text.indexOf('"', quote + 1)) {
    let backslashes = 0;
    while (text[quote - backslashes - 1] === "\\") backslashes += 1;
    if (backslashes % 2 === 0) return quote + 1;
  }
}

function skipContainer(text: string, start: number): number {
  let depth = 0;
  for (let at = start; ; at = match(flat, text, at)) {
    switch (text.charCodeAt(at)) {
      case characters.quote:
        at = skipString(text, at);
        break;
      case characters.bracket:
      case characters.brace:
        depth += 1;
        at += 1;
        break;
      default:
        depth -= 1;
        at += 1;
        if (depth === 0) return at;
    }
  }
}

/** Half a surrogate pair has no UTF-8, which the C++ runtime compares. */
function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, "\ufffd");
}

/** The end of what matches at `at`, which is `at` when nothing does. */
function match(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at;
}
