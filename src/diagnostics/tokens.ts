/** A piece of source text that matters to the structure of a file. */
export interface Token {
  readonly kind: "word" | "string" | "number" | "other";
  /** The text; of a string, what it stands for (simple escapes aside). */
  readonly text: string;
  readonly offset: number;
}

const skipped = /(?:\s|\/\/[^\n]*|\/\*[^]*?(?:\*\/|$))+/y;
const word = /[\p{ID_Start}$_#][\p{ID_Continue}$]*/uy;
const string = /"(?:[^"\\\n]|\\[^])*"?|'(?:[^'\\\n]|\\[^])*'?/y;
const number = /\d[\w.]*/y;
const regularExpression = /\/(?:[^/\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/\w*/y;
const punctuator = /=>|\.\.\.|[^]/y;

/**
 * Tokens of JavaScript or TypeScript, good enough to tell where object literals and their keys are. Template
 * literals are one token. Text that is not a program gives tokens too, never an error.
 */
export function* tokens(source: string): Generator<Token> {
  let previous: Token | undefined;
  for (let offset = 0; offset < source.length;) {
    const match = (pattern: RegExp): string | undefined => {
      pattern.lastIndex = offset;
      return pattern.exec(source)?.[0];
    };
    const gap = match(skipped);
    if (gap !== undefined) {
      offset += gap.length;
      continue;
    }
    let text: string | undefined;
    let token: Token;
    if ((text = match(word)) !== undefined) token = { kind: "word", text, offset };
    else if ((text = match(string)) !== undefined) token = { kind: "string", text: text.slice(1, -1), offset };
    else if ((text = match(number)) !== undefined) token = { kind: "number", text, offset };
    else if (source[offset] === "`") {
      text = source.slice(offset, templateEnd(source, offset));
      token = { kind: "string", text: text.slice(1, -1), offset };
    } else {
      text = (startsExpression(previous) ? match(regularExpression) : undefined) ?? match(punctuator) ?? "";
      token = { kind: "other", text, offset };
    }
    offset += Math.max(1, text.length);
    yield token;
    previous = token;
  }
}

/** Whether a `/` after this token begins a regular expression, not a division. */
function startsExpression(previous: Token | undefined): boolean {
  if (previous === undefined) return true;
  if (previous.kind === "word")
    return /^(?:return|typeof|case|in|of|yield|await|default|void|delete)$/.test(previous.text);
  return previous.kind === "other" && !/^[)\]}]$/.test(previous.text);
}

/** Offset after the template literal that begins at `start`. */
function templateEnd(source: string, start: number): number {
  for (let i = start + 1; i < source.length; i++) {
    if (source[i] === "\\") i++;
    else if (source[i] === "`") return i + 1;
    else if (source.startsWith("${", i)) i = substitutionEnd(source, i + 2);
  }
  return source.length;
}

/** Offset of the brace that closes a substitution whose expression begins at `start`. */
function substitutionEnd(source: string, start: number): number {
  let depth = 0;
  for (const { text, offset } of tokens(source.slice(start))) {
    if (text === "{") depth++;
    else if (text === "}" && depth-- === 0) return start + offset;
  }
  return source.length;
}
