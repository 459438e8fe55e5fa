import { randomBytes } from "node:crypto";
import { mkdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { expect, test } from "vitest";
import { useCredential } from "../../sdk/index.js";
import { fileResponse, type ScriptedRequest, type ScriptedResponse } from "../../server/index.js";
import { HOST, startBench, type Bench } from "./transfer.fixture.js";

const old = Buffer.from("old old old old old ");
const fresh = Buffer.from("new new new new new ");
const strong = { etag: '"1"', lastModified: null };

/** Puts the first bytes of a file where the transfer finds them. */
async function leavePart(bench: Bench, bytes: Uint8Array): Promise<void> {
  await mkdir(dirname(bench.destination), { recursive: true });
  await writeFile(bench.destination, bytes);
}

const ranges = (bench: Bench) => bench.server.requests.map(({ headers }) => headers.range ?? null);
const content = (bench: Bench) => readFile(bench.destination, "utf8");

test("goes on where the connection was cut (rule range-resume)", async () => {
  const file = randomBytes(300_000);
  const bench = await startBench((request) => fileResponse(request, file, { etag: '"1"' }), { faults: ["cut=40%"] });
  const expectedBytes = file.length;
  expect(await bench.load({ expectedBytes })).toMatchObject({
    ok: false,
    bytes: 120_000,
    resumedBytes: 0,
    error: { name: "networkConnectionLost" },
  });
  const [partial = null] = bench.heads;
  const progress: number[] = [];
  const onProgress = (size: number) => void progress.push(size);
  expect(await bench.load({ expectedBytes, partial, onProgress })).toEqual({
    ok: true,
    bytes: 300_000,
    resumedBytes: 120_000,
  });
  expect((await readFile(bench.destination)).equals(file)).toBe(true);
  expect(bench.server.requests[1]?.headers).toMatchObject({ range: "bytes=120000-", "if-range": '"1"' });
  expect(bench.heads).toEqual([strong, strong]);
  expect(progress).toEqual([300_000]);
});

test("another version begins anew, and the old bytes are gone before it is told", async () => {
  const bench = await startBench((request) => fileResponse(request, fresh, { etag: '"2"' }));
  await leavePart(bench, old.subarray(0, 8));
  const sizes: number[] = [];
  const result = await bench.load({
    partial: strong,
    onHead: async (head) => {
      expect(head).toEqual({ etag: '"2"', lastModified: null });
      sizes.push((await stat(bench.destination)).size);
    },
  });
  expect(result).toEqual({ ok: true, bytes: 20, resumedBytes: 0 });
  expect(sizes).toEqual([0]);
  expect(await content(bench)).toBe(fresh.toString());
  expect(ranges(bench)).toEqual(["bytes=8-"]);
});

test("a server that does not know ranges begins anew", async () => {
  const bench = await startBench((request) => fileResponse(request, fresh, { etag: '"1"', ranges: false }));
  await leavePart(bench, fresh.subarray(0, 8));
  expect(await bench.load({ partial: strong })).toEqual({ ok: true, bytes: 20, resumedBytes: 0 });
  expect(await content(bench)).toBe(fresh.toString());
});

test("the version is told before the first byte is written", async () => {
  const bench = await startBench(() => ({ body: "x".repeat(1000), headers: { ETag: '"1"' } }));
  let size = -1;
  await bench.load({
    onHead: async () => {
      // Everything has arrived by the time of the second turn; still nothing may be written.
      await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
      size = (await stat(bench.destination)).size;
    },
  });
  expect(size).toBe(0);
});

test("who cannot remember the version ends the transfer, with nothing written", async () => {
  const bench = await startBench(() => ({ body: "x" }));
  const onHead = () => Promise.reject(new Error("the state cannot be written"));
  await expect(bench.load({ onHead })).rejects.toThrow("cannot be written");
  expect((await stat(bench.destination)).size).toBe(0);
});

test.each([
  ["a strong tag", { ETag: '"1"' }, { etag: '"1"', lastModified: null }],
  ["a weak tag", { ETag: 'W/"1"', "Last-Modified": "Fri, 02 Jan 2026 03:04:05 GMT" }, null],
  ["nothing", {}, null],
  [
    "a date of the same second",
    { "Last-Modified": "Fri, 02 Jan 2026 03:04:05 GMT", Date: "Fri, 02 Jan 2026 03:04:05 GMT" },
    null,
  ],
  [
    "a date before",
    { "Last-Modified": "Fri, 02 Jan 2026 03:04:05 GMT", Date: "Fri, 02 Jan 2026 03:04:06 GMT" },
    { etag: null, lastModified: "Fri, 02 Jan 2026 03:04:05 GMT" },
  ],
])("the version by %s", async (_, headers: Record<string, string>, partial) => {
  const bench = await startBench(() => ({ headers, body: "x" }));
  await bench.load();
  expect(bench.heads).toEqual([partial]);
});

test("goes on by the date, where there is no tag", async () => {
  const lastModified = new Date("2026-01-02T03:04:05Z");
  const bench = await startBench((request) => fileResponse(request, old, { etag: null, lastModified }));
  await leavePart(bench, old.subarray(0, 8));
  const partial = { etag: null, lastModified: lastModified.toUTCString() };
  expect(await bench.load({ partial })).toEqual({ ok: true, bytes: 20, resumedBytes: 8 });
  expect(bench.server.requests[0]?.headers["if-range"]).toBe("Fri, 02 Jan 2026 03:04:05 GMT");
  expect(await content(bench)).toBe(old.toString());
});

test.each([
  ["a weak tag", { etag: 'W/"1"', lastModified: null }, "old "],
  ["no validator", { etag: null, lastModified: null }, "old "],
  ["no version", null, "old "],
  ["no bytes", strong, ""],
  ["more bytes than the file has", strong, "old ".repeat(6)],
])("asks for the whole with %s", async (_, partial, there) => {
  const bench = await startBench((request) => fileResponse(request, fresh, { etag: '"1"' }));
  await leavePart(bench, Buffer.from(there));
  expect(await bench.load({ partial, expectedBytes: 20 })).toEqual({ ok: true, bytes: 20, resumedBytes: 0 });
  expect(ranges(bench)).toEqual([null]);
  expect(await content(bench)).toBe(fresh.toString());
});

test("asks for the whole when the file is gone", async () => {
  const bench = await startBench((request) => fileResponse(request, fresh, { etag: '"1"' }));
  expect(await bench.load({ partial: strong })).toEqual({ ok: true, bytes: 20, resumedBytes: 0 });
  expect(ranges(bench)).toEqual([null]);
});

/** Answers a range with `part`, and anything else with the new file. */
const answerRange = (part: ScriptedResponse) => (request: ScriptedRequest) =>
  request.headers.range === undefined ? fileResponse(request, fresh, { etag: '"2"' }) : part;
const part = (range: string, headers: Record<string, string> = {}): ScriptedResponse => ({
  status: 206,
  headers: { "Content-Range": range, ...headers },
  body: old.subarray(8),
});

test.each([
  ["another start", part("bytes 0-11/20")],
  ["not the rest", part("bytes 8-11/20")],
  ["no Content-Range", { status: 206, body: old.subarray(8) }],
  ["several ranges", part("", { "Content-Type": "multipart/byteranges; boundary=x" })],
  ["an end that is not that of the file, whose length it does not say", part("bytes 8-18/*")],
  ["another tag, in spite of If-Range", part("bytes 8-19/20", { ETag: '"2"' })],
  ["a weak tag", part("bytes 8-19/20", { ETag: 'W/"1"' })],
  ["416 for a file of another length", { status: 416, headers: { "Content-Range": "bytes */20" } }],
  ["416 for another version", { status: 416, headers: { "Content-Range": "bytes */8", ETag: '"2"' } }],
  ["416 that does not say why", { status: 416 }],
])("a part that does not fit begins anew, once: %s", async (_, answer) => {
  const bench = await startBench(answerRange(answer));
  await leavePart(bench, old.subarray(0, 8));
  expect(await bench.load({ partial: strong, expectedBytes: 20 })).toEqual({ ok: true, bytes: 20, resumedBytes: 0 });
  expect(ranges(bench)).toEqual(["bytes=8-", null]);
  expect(await content(bench)).toBe(fresh.toString());
  expect(bench.heads).toEqual([{ etag: '"2"', lastModified: null }]);
});

test.each([
  ["without a tag", part("bytes 8-19/20")],
  ["with the same tag, of unsaid length", part("bytes 8-19/*", { ETag: '"1"' })],
])("a part that fits: %s", async (_, answer) => {
  const bench = await startBench(answerRange(answer));
  await leavePart(bench, old.subarray(0, 8));
  expect(await bench.load({ partial: strong, expectedBytes: 20 })).toEqual({ ok: true, bytes: 20, resumedBytes: 8 });
  expect(await content(bench)).toBe(old.toString());
});

test.each([
  [21, "20 bytes, fewer"],
  [19, "20 bytes, more"],
])("a part of a file that will not have %i bytes", async (expectedBytes, has) => {
  const bench = await startBench((request) => fileResponse(request, old, { etag: '"1"' }));
  await leavePart(bench, old.subarray(0, 8));
  expect(await bench.load({ partial: strong, expectedBytes })).toMatchObject({
    ok: false,
    bytes: 8,
    error: {
      name: "downloadInvalid",
      message: `https://${HOST}/file has ${has} than its fileSize of ${expectedBytes}.`,
    },
    retry: null,
  });
  expect(bench.heads).toEqual([]);
});

test("416 says that the file was whole already", async () => {
  const bench = await startBench((request) => fileResponse(request, old, { etag: '"1"' }));
  await leavePart(bench, old);
  expect(await bench.load({ partial: strong, expectedBytes: 20 })).toEqual({ ok: true, bytes: 20, resumedBytes: 20 });
  expect(await content(bench)).toBe(old.toString());
  expect(ranges(bench)).toEqual(["bytes=20-"]);
});

test("416 without a range is a failure", async () => {
  const bench = await startBench(() => ({ status: 416 }));
  await leavePart(bench, old.subarray(0, 8));
  expect(await bench.load({ partial: strong })).toMatchObject({
    ok: false,
    bytes: 0,
    error: { userInfo: { statusCode: 416 } },
  });
  expect(ranges(bench)).toEqual(["bytes=8-", null]);
});

test("a failure before the body leaves what is there", async () => {
  const bench = await startBench(() => ({ status: 503 }));
  await leavePart(bench, old.subarray(0, 8));
  expect(await bench.load({ partial: strong })).toMatchObject({ ok: false, bytes: 8, resumedBytes: 0 });
  expect(await content(bench)).toBe("old old ");
});

test("a redirect leads the range along, to another host too", async () => {
  const bench = await startBench((request) =>
    request.path === "/file"
      ? { status: 302, headers: { Location: "https://other.example.com/there" } }
      : fileResponse(request, old, { etag: '"1"' }),
  );
  await leavePart(bench, old.subarray(0, 8));
  expect(await bench.load({ partial: strong })).toEqual({ ok: true, bytes: 20, resumedBytes: 8 });
  expect(ranges(bench)).toEqual(["bytes=8-", "bytes=8-"]);
  expect(await content(bench)).toBe(old.toString());
});

test("a challenge leads the range along", async () => {
  const bench = await startBench((request) =>
    request.headers.authorization === undefined
      ? { status: 401, headers: { "WWW-Authenticate": 'Basic realm="r"' } }
      : fileResponse(request, old, { etag: '"1"' }),
  );
  await leavePart(bench, old.subarray(0, 8));
  const challenge = async () => useCredential({ user: "ada", password: "secret" });
  expect(await bench.load({ partial: strong, challenge })).toEqual({ ok: true, bytes: 20, resumedBytes: 8 });
  expect(ranges(bench)).toEqual(["bytes=8-", "bytes=8-"]);
});

test.each(["Range", "range"])("a range of the handler's own, as %s, is the handler's", async (name) => {
  const bench = await startBench((request) => fileResponse(request, old, { etag: '"1"' }));
  await leavePart(bench, old.subarray(0, 8));
  const request = { url: `https://${HOST}/file`, headers: { [name]: "bytes=16-" } };
  expect(await bench.load({ partial: strong, request, expectedBytes: 4 })).toEqual({
    ok: true,
    bytes: 4,
    resumedBytes: 0,
  });
  expect(await content(bench)).toBe("old ");
  expect(ranges(bench)).toEqual(["bytes=16-"]);
  expect(bench.server.requests[0]?.headers).not.toHaveProperty("if-range");
  expect(bench.heads).toEqual([null]);
});

test("only GET goes on", async () => {
  const bench = await startBench(() => ({ body: fresh, headers: { ETag: '"1"' } }));
  await leavePart(bench, old.subarray(0, 8));
  const request = { url: `https://${HOST}/file`, method: "POST" };
  expect(await bench.load({ partial: strong, request })).toEqual({ ok: true, bytes: 20, resumedBytes: 0 });
  expect(ranges(bench)).toEqual([null]);
  expect(bench.heads).toEqual([null]);
});

test("a part that nobody asked for is a failure", async () => {
  const bench = await startBench(() => part("bytes 8-19/20"));
  expect(await bench.load()).toMatchObject({ ok: false, bytes: 0, error: { userInfo: { statusCode: 206 } } });
});

/** Numbers from 0 to 1 that a seed determines (xorshift). */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

test("whatever is cut and changed meanwhile, the file is of one version (rule range-resume)", async () => {
  const size = 5000;
  let version = 1;
  let cutAfter = Infinity;
  let ranges = true;
  const bench = await startBench((request) => {
    const response = fileResponse(request, Buffer.alloc(size, version), { etag: `"${version}"`, ranges });
    const body = response.body as Buffer;
    if (cutAfter >= (body?.length ?? 0)) return response;
    return { ...response, body: body.subarray(0, cutAfter), contentLength: body.length, after: "cut" };
  });
  let resumed = 0;
  for (let seed = 1; seed <= 25; seed++) {
    const random = randomOf(seed * 7919);
    await rm(bench.destination, { force: true });
    for (let done = false, attempt = 0; !done; attempt++) {
      // The last of them is left in peace.
      cutAfter = attempt < 6 ? Math.floor(random() * size) : Infinity;
      ranges = random() < 0.8;
      if (random() < 0.4) version = (version % 200) + 1;
      const result = await bench.load({ partial: bench.heads.at(-1) ?? null, expectedBytes: size });
      done = result.ok;
      resumed += result.resumedBytes;
      const there = await readFile(bench.destination);
      expect(new Set(there).size, `bytes of several versions with seed ${seed}`).toBeLessThanOrEqual(1);
      if (there.length > 0) expect(bench.heads.at(-1)?.etag).toBe(`"${there[0]}"`);
    }
    expect((await stat(bench.destination)).size).toBe(size);
  }
  expect(resumed).toBeGreaterThan(0);
});
