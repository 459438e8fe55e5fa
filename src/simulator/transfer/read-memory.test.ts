import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { createReadMemory, release } from "./read-memory.js";
import { startBench } from "./transfer.fixture.js";

const SLAB = 64 * 1024;

function readMemory() {
  const chunks: Buffer[] = [];
  const { buffer, callback } = createReadMemory((chunk) => chunks.push(chunk) > 0);
  let next = typeof buffer === "function" ? buffer() : buffer;
  return {
    chunks,
    /** What the connection does with a record that has arrived. */
    read(size: number, value = 0): Buffer {
      next.fill(value, 0, size);
      callback(size, next);
      if (typeof buffer === "function") next = buffer();
      return chunks.at(-1) as Buffer;
    },
    /** A piece of memory after the other, read full. */
    readSlab(): Buffer[] {
      return Array.from({ length: 4 }, () => this.read(SLAB / 4));
    },
  };
}

test("memory is used again when all of it is released", () => {
  const memory = readMemory();
  const first = memory.readSlab();
  first.forEach(release);
  const second = memory.readSlab();
  const third = memory.readSlab();
  expect(second[0]?.buffer).not.toBe(first[0]?.buffer);
  expect(third[0]?.buffer).toBe(first[0]?.buffer);
});

test("one byte that is in use keeps all of it", () => {
  const memory = readMemory();
  const kept = memory.readSlab();
  kept.slice(1).forEach(release);
  release((kept[0] as Buffer).subarray(1));
  const later = Array.from({ length: 20 }, () => memory.readSlab()).flat();
  later.forEach(release);
  expect(later.map(({ buffer }) => buffer)).not.toContain(kept[0]?.buffer);
});

test("small records share memory, and none overwrites another", () => {
  const memory = readMemory();
  for (let value = 0; value < 200; value++) memory.read(700, value);
  memory.chunks.forEach((chunk, value) => expect(chunk.equals(Buffer.alloc(700, value))).toBe(true));
});

test("memory of others is none of its business", () => {
  expect(() => release(Buffer.from("made elsewhere"))).not.toThrow();
});

test.each([
  ["of known length", (file: Buffer) => ({ body: file })],
  ["in pieces", (file: Buffer) => ({ body: pieces(file), contentLength: null })],
])("a large file arrives byte for byte: %s", async (_, respond) => {
  const file = randomBytes(24 * 1024 * 1024 + 1);
  const bench = await startBench(() => respond(file));
  expect(await bench.load({ expectedBytes: file.length })).toMatchObject({ ok: true });
  expect((await readFile(bench.destination)).equals(file)).toBe(true);
  // Once more on the same connection, whose memory has been used.
  expect(await bench.load({ expectedBytes: file.length })).toMatchObject({ ok: true });
  expect((await readFile(bench.destination)).equals(file)).toBe(true);
});

/** Of lengths that fit no record. */
async function* pieces(file: Buffer): AsyncGenerator<Buffer> {
  for (let at = 0, size = 1; at < file.length; at += size, size = (size * 7 + 3) % 99_991) {
    yield file.subarray(at, at + size);
  }
}
