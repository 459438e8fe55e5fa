import { PassThrough } from "node:stream";
import { finished } from "node:stream/promises";
import { expect, it } from "vitest";
import { forEachLine, Tail } from "./output.js";

async function linesOf(...chunks: Buffer[]): Promise<string[]> {
  const stream = new PassThrough();
  const lines: string[] = [];
  forEachLine(stream, (line) => lines.push(line));
  for (const chunk of chunks) stream.write(chunk);
  stream.end();
  await finished(stream);
  return lines;
}

it("lines come whole, whatever pieces the bytes arrive in", async () => {
  const bytes = Buffer.from("one\r\nzwei ü\n\nthe rest");
  expect(await linesOf(bytes)).toEqual(["one", "zwei ü", "", "the rest"]);
  expect(await linesOf(...Array.from(bytes, (byte) => Buffer.of(byte)))).toEqual(["one", "zwei ü", "", "the rest"]);
});

it("a line without an end comes in pieces of bounded length", async () => {
  const lines = await linesOf(Buffer.alloc(100_000, "x"));
  expect(lines.join("")).toHaveLength(100_000);
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(16 * 1024);
});

it("a tail keeps the end", () => {
  const tail = new Tail(10);
  for (const line of ["first", "second", "third"]) tail.add(line);
  expect(tail.toString()).toBe("ond\nthird");
});
