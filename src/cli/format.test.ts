import { describe, expect, it } from "vitest";
import { columns, formatBytes, formatDuration, plural } from "./format.js";

describe("formatting", () => {
  it.each([
    [0, "0 B"],
    [999, "999 B"],
    [1000, "1.0 kB"],
    [999_949, "999.9 kB"],
    [999_950, "1.0 MB"],
    [12_345_678, "12.3 MB"],
    [2 ** 53 - 1, "9007.2 TB"],
  ])("%d bytes are %s", (bytes, text) => expect(formatBytes(bytes)).toBe(text));

  it.each([
    [0, "0 ms"],
    [9.94, "9.9 ms"],
    [38.4, "38 ms"],
    [999.4, "999 ms"],
    [999.6, "1.0 s"],
    [61_000, "61.0 s"],
  ])("%d milliseconds are %s", (milliseconds, text) => expect(formatDuration(milliseconds)).toBe(text));

  it("counts nouns", () => expect([plural(1, "file"), plural(0, "file")]).toEqual(["1 file", "0 files"]));

  it("aligns columns without trailing blanks", () => {
    expect(
      columns([
        ["a", "bb", "c"],
        ["aaa", "b", ""],
      ]),
    ).toEqual(["a    bb  c", "aaa  b"]);
  });
});
