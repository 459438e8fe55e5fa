import { BAError } from "../sdk/errors.js";

/**
 * Offset of the first character at which `text` is not JSON; its length, where it ends too early. Engines name no
 * place, or each in its own words. Runs only after `JSON.parse` has refused the text.
 */
export function jsonErrorOffset(text: string): number {
  let at = 0;
  const skip = (pattern: RegExp): boolean => {
    pattern.lastIndex = at;
    return pattern.test(text) && ((at = pattern.lastIndex), true);
  };
  const token = (pattern: RegExp): boolean => skip(pattern) && skip(/[ \t\n\r]*/y);
  const string = (): boolean => skip(/"([^"\\\x00-\x1f]|\\(["\\/bfnrt]|u[\da-fA-F]{4}))*/y) && token(/"/y);
  const list = (end: RegExp, item: () => boolean): boolean => {
    if (token(end)) return true;
    do if (!item()) return false;
    while (token(/,/y));
    return token(end);
  };
  const member = (): boolean => string() && token(/:/y) && value();
  const value = (): boolean =>
    token(/\[/y)
      ? list(/]/y, value)
      : token(/{/y)
        ? list(/}/y, member)
        : string() || token(/-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?|true|false|null/y);
  try {
    token(/(?:)/y);
    value();
  } catch {
    // Nested too deep, or a string too long for the engine's patterns: how far it came is the best that can be told.
  }
  return at;
}

/** Parses a file. Throws `BA_MALFORMED_JSON` with 1-based line and column. `name`: for example `"The manifest"`. */
export function parseFile(name: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    const at = jsonErrorOffset(text);
    const lines = text.slice(0, at).split("\n");
    throw new BAError(
      "BA_MALFORMED_JSON",
      `${name} is not JSON: unexpected ${JSON.stringify(text[at]) ?? "end"} at line ${lines.length}, column ${lines.pop()!.length + 1}.`,
    );
  }
}
