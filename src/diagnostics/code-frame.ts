import { readFileSync } from "node:fs";
import type { SourceLocation } from "./errors.js";

/** A source line and the characters under its token, ready to be printed below each other. */
export interface CodeFrame {
  readonly line: string;
  readonly marker: string;
}

/** Longer lines are cut around the token: a generated file must not flood the terminal. */
const maxWidth = 120;

/** What is spelt out as a password: frames end up in logs of build machines. Misspelt keys count. */
const secret = /(\b(?:pass\w*|secret|token)["']?\s*[:=]\s*)(["'`])((?:\\.|(?!\2).)*)\2/gi;

/**
 * The line of a place, or undefined where the file is gone or shorter than it was. esbuild's own frames are not
 * used, because they count columns from 0 and in bytes, which no editor opens at the right place.
 */
export function codeFrame({ file, line, column }: SourceLocation): CodeFrame | undefined {
  const source = readLine(file, line);
  if (source === undefined) return undefined;
  const text = source.replaceAll(
    secret,
    (_, key: string, quote: string, value: string) => key + quote + "•".repeat(value.length) + quote,
  );
  const from = text.length > maxWidth ? Math.max(0, column - 1 - maxWidth / 2) : 0;
  const before = text.slice(from, column - 1).replaceAll("\t", "  ");
  const rest = text.slice(column - 1, from + maxWidth).replaceAll("\t", "  ");
  const [token = ""] = /^(?:[\p{ID_Continue}$]+|(["'`]).*?\1)/u.exec(rest) ?? [];
  return {
    line: before + rest,
    marker: " ".repeat(before.length) + (token.length > 1 ? "~".repeat(token.length) : "^"),
  };
}

function readLine(file: string, line: number): string | undefined {
  try {
    return readFileSync(file, "utf8").split(/\r\n|\n|\r/)[line - 1];
  } catch {
    return undefined;
  }
}
