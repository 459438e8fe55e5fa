/**
 * Whether a text is JSON, by sticky patterns: no recursion, and nothing that the heap would have to hold, whereas the
 * result of `JSON.parse` on a large file would not fit in it. The C++ runtime's `json/validate.cc` says the same of
 * every text.
 * @module
 */

const space = String.raw`[ \t\n\r]*`;
const string = String.raw`"[^"\\\x00-\x1f]*"`;
const number = String.raw`-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?`;
const scalar = `(?:${string}|${number}|true|false|null)`;

// What a manifest is full of, many values at a time: an engine without JIT pays for each step rather than for each
// character. Strings with escapes and deeper nesting take the slow way. The repetitions have limits, because the engine
// remembers each of them until the whole pattern has matched.
const flat = orContainerOf(orContainerOf(scalar));
const elements = new RegExp(`(?:${flat}${space},${space}){1,16}`, "y");
const members = new RegExp(`(?:${string}${space}:${space}${flat}${space},${space}){1,16}`, "y");

// As far as a value can go on: whole or not is seen by its end.
const numberStart = /-?(?:(?:0|[1-9]\d*)(?:\.(?:\d+(?:[eE][+-]?\d*)?)?|[eE][+-]?\d*)?)?/y;
const wordStart = /t(?:r(?:ue?)?)?|f(?:a(?:l(?:se?)?)?)?|n(?:u(?:ll?)?)?/y;
const plainStart = /[^"\\\x00-\x1f]*/y;
const escapeStart = /\\(?:["\\/bfnrt]|u[\da-fA-F]{0,4})?/y;
const spaces = /[ \t\n\r]*/y;

function orContainerOf(value: string): string {
  const list = (item: string): string => `${space}(?:${item}${space}(?:,${space}${item}${space}){0,63})?`;
  return String.raw`(?:${value}|\[${list(value)}\]|\{${list(`${string}${space}:${space}${value}`)}\})`;
}

/**
 * Offset of the first character that no JSON could have there; the length of a text that ends too early. -1 when it is
 * JSON.
 */
export function findJsonProblem(text: string): number {
  const validator = new Validator(text);
  return validator.run() ? -1 : validator.at;
}

/** Where a step fails, `at` is the place. */
class Validator {
  readonly #text: string;
  at = 0;
  /** 1 for an object. Outside the heap, because there may be as many levels as characters. */
  #nesting = new Uint8Array(64);
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
  }

  run(): boolean {
    do if (!this.#open()) return false;
    while (this.#continue());
    return this.#depth === 0 && this.at === this.#text.length;
  }

  /** A scalar or an empty container; or the start of one that is not empty, up to its first value. */
  #open(): boolean {
    for (;;) {
      this.#space();
      const opening = this.#text[this.at];
      if (opening !== "{" && opening !== "[") return this.#scalar(opening);
      this.at += 1;
      this.#space();
      if (this.#take(opening === "{" ? "}" : "]")) return true;
      this.#push(opening === "{");
      if (!this.#next(opening === "{")) return false;
    }
  }

  /** After a value: ends what ends here. True when another value must follow. */
  #continue(): boolean {
    for (; ; this.#depth -= 1) {
      this.#space();
      if (this.#depth === 0) return false;
      const inObject = this.#nesting[this.#depth - 1] === 1;
      if (this.#take(",")) return this.#next(inObject);
      if (!this.#take(inObject ? "}" : "]")) return false;
    }
  }

  /** To the next value of a container. */
  #next(inObject: boolean): boolean {
    this.#space();
    this.#skip(inObject ? members : elements);
    if (!inObject) return true;
    if (this.#text[this.at] !== '"' || !this.#string()) return false;
    this.#space();
    return this.#take(":");
  }

  #scalar(first: string | undefined): boolean {
    const start = this.at;
    switch (first) {
      case '"':
        return this.#string();
      case "t":
      case "f":
      case "n":
        this.#skip(wordStart);
        return this.at - start === (first === "f" ? 5 : 4);
      default:
        return this.#skip(numberStart) && isDigit(this.#text.charCodeAt(this.at - 1)) && this.at > start;
    }
  }

  #string(): boolean {
    this.at += 1;
    for (;;) {
      this.#skip(plainStart);
      if (this.#take('"')) return true;
      const start = this.at;
      if (!this.#skip(escapeStart)) return false;
      const length = this.at - start;
      if (length === 1 || (this.#text[start + 1] === "u" && length < 6)) return false;
    }
  }

  #push(object: boolean): void {
    if (this.#depth === this.#nesting.length) {
      const larger = new Uint8Array(this.#depth * 2);
      larger.set(this.#nesting);
      this.#nesting = larger;
    }
    this.#nesting[this.#depth] = object ? 1 : 0;
    this.#depth += 1;
  }

  #space(): void {
    if (this.#text.charCodeAt(this.at) <= 0x20) this.#skip(spaces);
  }

  #take(character: string): boolean {
    if (this.#text[this.at] !== character) return false;
    this.at += 1;
    return true;
  }

  #skip(pattern: RegExp): boolean {
    pattern.lastIndex = this.at;
    if (!pattern.test(this.#text)) return false;
    this.at = pattern.lastIndex;
    return true;
  }
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}
