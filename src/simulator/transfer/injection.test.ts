import { readFile, stat } from "node:fs/promises";
import { expect, test } from "vitest";
import { fileResponse } from "../../server/index.js";
import { HOST, startBench } from "./transfer.fixture.js";

const file = Buffer.alloc(100_001, "abcdefghij");
const strong = { etag: '"1"', lastModified: null };
const serveFile = (...faults: string[]) =>
  startBench((request) => fileResponse(request, file, { etag: '"1"' }), { faults });
const expectedBytes = file.length;

test("offline: nothing is sent", async () => {
  const bench = await serveFile("offline");
  expect(await bench.load()).toMatchObject({
    ok: false,
    bytes: 0,
    error: { code: -1009, name: "notConnectedToInternet", underlying: { domain: "NSPOSIXErrorDomain", code: 50 } },
    retry: { reason: "no network", after: null },
  });
  expect(bench.server.requests).toEqual([]);
});

test.each([
  ["404", 404, null],
  ["503", 503, { reason: "HTTP status 503", after: null }],
  ["503=7", 503, { reason: "HTTP status 503", after: 7000 }],
])("%s: in the server's place, which is not asked", async (fault, statusCode, retry) => {
  const bench = await serveFile(fault);
  expect(await bench.load()).toMatchObject({
    ok: false,
    error: { name: "badServerResponse", userInfo: { statusCode } },
    retry,
  });
  expect(bench.server.requests).toEqual([]);
});

test("416: only a request with a range, which is repeated without", async () => {
  const bench = await serveFile("cut", "416");
  expect(await bench.load({ expectedBytes })).toMatchObject({ ok: false, bytes: 50_000 });
  expect(await bench.load({ expectedBytes, partial: strong })).toEqual({
    ok: true,
    bytes: expectedBytes,
    resumedBytes: 0,
  });
  expect(bench.server.requests.map(({ headers }) => headers.range)).toEqual([undefined, undefined]);
});

test("cut: the real connection ends, at that share of what was still to come", async () => {
  const bench = await serveFile("cut=50%*2");
  const load = (partial: typeof strong | null) => bench.load({ expectedBytes, partial });
  const lost = { name: "networkConnectionLost", underlying: { code: 54 } };
  expect(await load(null)).toMatchObject({ ok: false, bytes: 50_000, error: lost });
  expect((await stat(bench.destination)).size).toBe(50_000);
  expect(await load(strong)).toMatchObject({ ok: false, bytes: 75_000, resumedBytes: 50_000, error: lost });
  expect(await load(strong)).toEqual({ ok: true, bytes: expectedBytes, resumedBytes: 75_000 });
  expect((await readFile(bench.destination)).equals(file)).toBe(true);
});

test.each(["cut=1%", "cut=0%"])("%s: the server sees it", async (fault) => {
  let seen = (): void => {};
  const closed = new Promise<void>((resolve) => (seen = resolve));
  const endless = async function* () {
    try {
      for (;;) yield Buffer.alloc(64 * 1024);
    } finally {
      seen();
    }
  };
  const bench = await startBench(() => ({ body: endless(), contentLength: 2 ** 30 }), { faults: [fault] });
  const bytes = fault === "cut=0%" ? 0 : Math.floor(2 ** 30 / 100);
  expect(await bench.load({ expectedBytes: 2 ** 30 })).toMatchObject({ ok: false, bytes });
  await closed;
});

test("stall: the rest of the time-out passes on the simulated clock only", async () => {
  const bench = await serveFile("stall=10%");
  const request = { url: `https://${HOST}/file`, timeoutInterval: 3_600_000 };
  expect(await bench.load({ expectedBytes, request })).toMatchObject({
    ok: false,
    bytes: 10_000,
    error: { name: "timedOut", message: `${HOST} sent nothing for 3600000 ms (timeoutInterval).` },
    retry: { reason: "no answer in time" },
  });
  expect(bench.passed()).toBe(3_600_000);
});

test("slow: takes its time on the simulated clock only", async () => {
  const bench = await serveFile("slow=1000");
  expect(await bench.load({ expectedBytes })).toMatchObject({ ok: true, bytes: expectedBytes });
  expect(bench.passed()).toBeCloseTo(100_001);
  expect((await readFile(bench.destination)).equals(file)).toBe(true);
});

test("disk-full: as the system says it, and what was written stays", async () => {
  const bench = await serveFile("disk-full");
  expect(await bench.load({ expectedBytes })).toMatchObject({
    ok: false,
    bytes: 50_000,
    error: { code: -3003, name: "cannotWriteToFile", underlying: { domain: "NSPOSIXErrorDomain", code: 28 } },
    retry: null,
  });
  expect((await stat(bench.destination)).size).toBe(50_000);
});

test("wrong-size: the last byte never comes", async () => {
  const bench = await serveFile("wrong-size*2");
  expect(await bench.load({ expectedBytes })).toMatchObject({
    ok: false,
    bytes: 100_000,
    error: { name: "downloadInvalid", message: expect.stringContaining("100000 bytes, fewer") },
  });
  // Whoever does not know the size takes it for the file.
  expect(await bench.load()).toMatchObject({ ok: true, bytes: 100_000 });
  expect((await stat(bench.destination)).size).toBe(100_000);
  expect(await bench.load({ expectedBytes })).toMatchObject({ ok: true });
});

test("faults of one attempt come together, and what did not come to pass is left", async () => {
  const bench = await serveFile("wrong-size*1", "slow=1000", "cut=20%");
  expect(await bench.load({ expectedBytes })).toMatchObject({ ok: false, bytes: 20_000 });
  expect(bench.passed()).toBeCloseTo(20_000);
  expect(await bench.load({ expectedBytes })).toMatchObject({ ok: false, bytes: 100_000 });
  expect(await bench.load({ expectedBytes })).toMatchObject({ ok: true });
});

test.each([
  [
    "an empty file",
    0,
    ["cut", "disk-full", "wrong-size"],
    { ok: false, bytes: 0, error: { name: "networkConnectionLost" } },
  ],
  ["an empty file", 0, ["disk-full", "wrong-size"], { ok: true, bytes: 0 }],
  ["one byte", 1, ["disk-full"], { ok: false, bytes: 0, error: { name: "cannotWriteToFile" } }],
  ["one byte", 1, ["wrong-size"], { ok: false, bytes: 0, error: { name: "downloadInvalid" } }],
])("%s (%i) with %j", async (_, size, faults, expected) => {
  const bench = await startBench(() => ({ body: Buffer.alloc(size) }), { faults });
  expect(await bench.load({ expectedBytes: size })).toMatchObject(expected);
});

test.each([
  [100_001, 50_001],
  [2, 1],
  [1, 1],
  [0, 0],
])("a kill at half of %i bytes leaves %i", async (size, half) => {
  const bench = await startBench(() => ({ body: Buffer.alloc(size), headers: { ETag: '"1"' } }));
  const crash = new Error("killed");
  const onHalf = () => {
    throw crash;
  };
  await expect(bench.load({ onHalf })).rejects.toBe(crash);
  expect((await stat(bench.destination)).size).toBe(half);
  expect(bench.heads).toEqual([strong]);
});

test("half is told at the end, where nobody knows how long the file is", async () => {
  const body = async function* () {
    yield Buffer.from("12345");
  };
  const bench = await startBench(() => ({ body: body() }));
  const crash = () => {
    throw new Error("killed");
  };
  await expect(bench.load({ onHalf: crash })).rejects.toThrow("killed");
  expect(await readFile(bench.destination, "utf8")).toBe("12345");
});

test("half is not told again when more than half was there", async () => {
  const bench = await serveFile("cut=50%", "cut=1%");
  let halves = 0;
  const onHalf = () => void halves++;
  await bench.load({ expectedBytes, onHalf });
  expect(halves).toBe(0);
  await bench.load({ expectedBytes, onHalf, partial: strong });
  expect(halves).toBe(1);
  expect(await bench.load({ expectedBytes, onHalf, partial: strong })).toMatchObject({ ok: true });
  expect(halves).toBe(1);
});
