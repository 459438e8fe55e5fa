import { describe, expect, test } from "vitest";
import { jsonErrorOffset, parseFile } from "./json.js";

/** `^` stands before the first character that is wrong. */
const malformed = [
  "^",
  "  \n^",
  "^x",
  '{"a":^}',
  '{"a" ^"b"}',
  '{"a":1 ^"b":2}',
  '{"a":1,^}',
  "{^a:1}",
  "[1,^]",
  "[1 ^2]",
  "[^,1]",
  '["a^\n"]',
  '["a^\\x"]',
  '["a^\\u12g4"]',
  '["never closed^',
  '{"a":[1,2,{"b":null}^',
  "[1]^]",
  "0^1",
  "[^+1]",
  "[1^.]",
  "[^tru]",
  "[^\u00a0]",
  "^\ufeff[]",
  "[1]\n^junk",
];

describe("jsonErrorOffset", () => {
  test.each(malformed)("%j", (marked) => {
    const text = marked.replace("^", "");
    expect(() => JSON.parse(text)).toThrow(SyntaxError);
    expect(jsonErrorOffset(text)).toBe(marked.indexOf("^"));
  });

  test("passes over everything that JSON has", () => {
    const text = JSON.stringify(
      { a: [1, -0.5e-10, 1e21, true, false, null, 'ä\n\u2028"\\', {}], "": [[], [{}]] },
      null,
      "\t",
    );
    expect(jsonErrorOffset(` ${text}\r\n`)).toBe(text.length + 3);
    expect(jsonErrorOffset(`${text}!`)).toBe(text.length);
  });

  test("finds the place in a large file", () => {
    const text = `[${'{"identifier":"level","size":12345},'.repeat(50_000)}oops]`;
    expect(jsonErrorOffset(text)).toBe(text.indexOf("oops"));
  });

  test("does not fail on nesting deeper than the stack", () => {
    expect(jsonErrorOffset("[".repeat(1_000_000))).toBeGreaterThan(100);
  });
});

describe("parseFile", () => {
  test("names file, line and column", () => {
    expect(() => parseFile("The manifest", '{\n  "a": 1,\n  "b": oops\n}')).toThrow(
      expect.objectContaining({
        code: "BA_MALFORMED_JSON",
        message: 'The manifest is not JSON: unexpected "o" at line 3, column 8.',
      }),
    );
    expect(() => parseFile("The manifest", '{\n  "a": 1,\n')).toThrow("unexpected end at line 3, column 1.");
  });

  test("returns what the file holds", () => {
    expect(parseFile("The manifest", '{"a":[1]}')).toEqual({ a: [1] });
  });
});
