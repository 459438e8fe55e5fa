import { describe, expect, test } from "vitest";
import type { FileReader } from "../sdk/index.js";
import { BAError } from "../sdk/index.js";
import { Engine } from "./testing/engine.js";
import { contentRequest } from "./testing/events.js";
import { readManifest, temporaryFile } from "./testing/read.js";

const fails = (code: string, message: string | RegExp): object =>
  expect.objectContaining({
    code,
    message: typeof message === "string" ? message : expect.stringMatching(message),
  });

/** Everything that reads a file as JSON. */
const jsonReads: readonly [string, (file: FileReader) => unknown][] = [
  ["json()", (file) => file.json()],
  ["get()", (file) => file.get("/a")],
  ["items()", (file) => file.items()],
  ["entries()", (file) => file.entries("/a")],
];
const reads: typeof jsonReads = [...jsonReads, ["text()", (file) => file.text()], ["bytes()", (file) => file.bytes()]];

test("a file is read as JSON, text and bytes, also by functions that were taken off the reader", async () => {
  const content = '{"assets":["ä"]}';
  const read = await readManifest(content, ({ size, json, text, bytes }) => [size, json(), text(), bytes().length]);
  expect(read).toEqual([17, { assets: ["ä"] }, content, 17]);
});

test("bytes and text are what the file has, a byte order mark included", async () => {
  expect(await readManifest("\ufeff[]", (manifest) => manifest.text())).toBe("\ufeff[]");
  expect([...(await readManifest(Uint8Array.of(0xff, 0, 1), (manifest) => manifest.bytes()))]).toEqual([0xff, 0, 1]);
  expect(await readManifest("", (manifest) => manifest.text())).toBe("");
});

describe("get()", () => {
  const content = JSON.stringify({
    text: "\u0000\u2028\ud83d\ude00\ud800",
    numbers: [-0.5e-10, 9_007_199_254_740_992, 1e21],
    no: false,
    nothing: null,
    object: { "a/b": { "m~n": 1 }, "": { "": 2 } },
    "10": "ten",
  });

  test.each([
    ["", JSON.parse(content)],
    ["/text", JSON.parse(content).text],
    ["/numbers", [-0.5e-10, 9_007_199_254_740_992, 1e21]],
    ["/numbers/1", 9_007_199_254_740_992],
    ["/no", false],
    ["/nothing", null],
    ["/object/a~1b/m~0n", 1],
    ["/object//", 2],
    ["/10", "ten"],
    ["/missing", undefined],
    ["/numbers/3", undefined],
    ["/numbers/-", undefined],
    ["/numbers/01", undefined],
    ["/nothing/x", undefined],
    ["/text/0", undefined],
  ])("%j", async (pointer, value) => {
    expect(await readManifest(content, (manifest) => manifest.get(pointer))).toEqual(value);
  });

  test("of a name that is there twice takes the last, as JSON.parse does", async () => {
    expect(await readManifest('{"a":1,"\\u0061":2}', (manifest) => manifest.get("/a"))).toBe(2);
  });

  test("gives plain objects, which may be changed and kept", async () => {
    const object = await readManifest('{"a":{"b":1}}', (manifest) => manifest.get<{ b: number }>("/a"));
    expect(object && (object.b += 1)).toBe(2);
  });

  test.each(["a", "a/b", "/~", "/a~2", 5 as never, undefined as never])("%j is no pointer", async (pointer) => {
    for (const read of ["get", "items", "entries"] as const) {
      // Without a pointer, those are of the whole file.
      if (pointer === undefined && read !== "get") continue;
      const reading = readManifest("{}", (manifest) => manifest[read](pointer));
      await expect(reading).rejects.toThrow(BAError);
      await expect(reading).rejects.toThrow(fails("BA_POINTER_INVALID", /JSON Pointer/));
    }
  });
});

describe("a file that cannot be read", () => {
  test.each(jsonReads)("%s names the place where it is malformed", async (_, read) => {
    const reading = readManifest('{\n  "a": [\n    1,\n  ]\n}', read);
    await expect(reading).rejects.toThrow(BAError);
    await expect(reading).rejects.toThrow(
      fails("BA_MALFORMED_JSON", 'The manifest is not JSON: unexpected "]" at line 4, column 3.'),
    );
  });

  test.each([
    ["", "unexpected end at line 1, column 1."],
    ['{"a":', "unexpected end at line 1, column 6."],
    ["[1]\n]", 'unexpected "]" at line 2, column 1.'],
    ["\ufeff[]", 'unexpected "\ufeff" at line 1, column 1.'],
    ['{"ä😀":oops}', 'unexpected "o" at line 1, column 8.'],
  ])("%j", async (content, place) => {
    for (const [, read] of jsonReads) {
      await expect(readManifest(content, read)).rejects.toThrow(
        fails("BA_MALFORMED_JSON", `The manifest is not JSON: ${place}`),
      );
    }
  });

  test("names the place where it is no UTF-8, before it is looked at as JSON", async () => {
    const content = Buffer.from('{"a":1,\n"b":"\xff", oops', "latin1");
    for (const [name, read] of reads.filter(([name]) => name !== "bytes()")) {
      await expect(readManifest(content, read), name).rejects.toThrow(
        fails("BA_FILE_NOT_UTF8", "The manifest is not UTF-8 text: byte 0xFF at line 2, column 6."),
      );
    }
  });

  test("says so", async () => {
    const errors: unknown[] = [];
    using engine = new Engine({
      downloads({ manifest }: { manifest: FileReader }) {
        for (const [, read] of reads) {
          try {
            read(manifest);
          } catch (error) {
            errors.push(error);
          }
        }
        return [];
      },
    });
    await engine.dispatch(contentRequest());
    expect(errors).toHaveLength(reads.length);
    for (const error of errors) {
      expect(error).toBeInstanceOf(BAError);
      expect(error).toEqual(fails("BA_FILE_UNREADABLE", /cannot be read.*No such file or directory/));
    }
  });
});

describe("closing", () => {
  test.each(reads)("%s after the event finds the file closed", async (_, read) => {
    const kept = await readManifest('{"a":[]}', (manifest) => {
      manifest.items();
      return { manifest };
    });
    expect(() => read(kept.manifest)).toThrow(BAError);
    expect(() => read(kept.manifest)).toThrow(fails("BA_READER_CLOSED", "The manifest is closed."));
    expect(kept.manifest.size).toBe(8);
  });

  test("a file is opened as JSON once, when it is needed, and closed with the event", async () => {
    let engine: Engine | undefined;
    await readManifest('{"a":[1],"b":{}}', (manifest, running) => {
      engine = running;
      manifest.json();
      expect(engine.openDocuments.size).toBe(0);
      manifest.get("/a");
      for (const item of manifest.items("/a")) expect(item).toBe(1);
      manifest.entries("/b");
      expect(engine.openDocuments.size).toBe(1);
    });
    expect(engine?.openDocuments.size).toBe(0);
  });

  test("a callback that throws leaves no file open", async () => {
    using engine = new Engine({
      downloads({ manifest }: { manifest: FileReader }) {
        manifest.items();
        throw new Error("broken");
      },
    });
    await engine.dispatch(contentRequest({ manifest: temporaryFile("[]") }));
    expect(engine.openDocuments.size).toBe(0);
  });

  test("each event has its own file", async () => {
    const read: unknown[] = [];
    using engine = new Engine({
      downloads: ({ manifest }: { manifest: FileReader }) => (read.push(manifest.get("/0")), []),
    });
    await engine.dispatch(contentRequest({ manifest: temporaryFile("[1]") }));
    await engine.dispatch(contentRequest({ manifest: temporaryFile("[2]") }));
    expect(read).toEqual([1, 2]);
  });
});
