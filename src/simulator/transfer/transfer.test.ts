import { randomBytes } from "node:crypto";
import { access, mkdir, readFile, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { createHostConnections } from "./index.js";
import { HOST, startBench, temporaryDirectory } from "./transfer.fixture.js";

const MEBIBYTE = 1024 * 1024;

test("a file arrives byte for byte, under its production host", async () => {
  const file = randomBytes(3 * MEBIBYTE + 17);
  const bench = await startBench(() => ({ body: file }));
  const progress: number[] = [];

  const result = await bench.load({ expectedBytes: file.length, onProgress: (received) => progress.push(received) });

  expect(result).toEqual({ ok: true, bytes: file.length, resumedBytes: 0 });
  expect((await readFile(bench.destination)).equals(file)).toBe(true);
  expect(bench.server.requests[0]).toMatchObject({ method: "GET", host: HOST, path: "/file" });
  expect(bench.server.requests[0]?.headers["accept-encoding"]).toBe("identity");
  expect(progress.at(-1)).toBe(file.length);
  expect(progress.length).toBeLessThanOrEqual(Math.ceil(file.length / (256 * 1024)));
  expect(progress).toEqual([...new Set(progress)].sort((a, b) => a - b));
});

test("what is in the destination is overwritten", async () => {
  const bench = await startBench(() => ({ body: "new" }));
  await mkdir(dirname(bench.destination), { recursive: true });
  await writeFile(bench.destination, "something old and longer");
  expect(await bench.load()).toEqual({ ok: true, bytes: 3, resumedBytes: 0 });
  expect(await readFile(bench.destination, "utf8")).toBe("new");
});

test("an empty file has a file too", async () => {
  const bench = await startBench(() => ({ body: "" }));
  expect(await bench.load({ expectedBytes: 0 })).toEqual({ ok: true, bytes: 0, resumedBytes: 0 });
  expect((await stat(bench.destination)).size).toBe(0);
});

test("method and headers of the request are sent, those of the loading system are not the handler's", async () => {
  const bench = await startBench(() => ({}));
  await bench.load({
    request: {
      url: `https://${HOST}/file?signature=abc`,
      method: "POST",
      headers: { "X-Player": "7", Host: "evil.example", Connection: "upgrade", "Accept-Encoding": "gzip" },
    },
  });
  const sent = bench.server.requests[0];
  expect(sent?.method).toBe("POST");
  expect(sent?.headers).toMatchObject({ "x-player": "7", host: HOST, "accept-encoding": "identity" });
});

test("a header that HTTP cannot carry", async () => {
  const bench = await startBench(() => ({}));
  const request = { url: `https://${HOST}/file`, headers: { "X-Player": "7\r\nHost: evil.example" } };
  expect(await bench.load({ request })).toMatchObject({ ok: false, error: { code: -1, name: "unknown" } });
  expect(bench.server.requests).toEqual([]);
});

test("more bytes than expected: the transfer is cut at once", async () => {
  const endless = async function* () {
    for (;;) yield Buffer.alloc(64 * 1024);
  };
  const bench = await startBench(() => ({ body: endless() }));
  const result = await bench.load({ expectedBytes: 1000 });
  expect(result).toMatchObject({
    ok: false,
    error: {
      domain: "BAErrorDomain",
      code: 0,
      name: "downloadInvalid",
      message: `https://${HOST}/file has more bytes than its fileSize of 1000.`,
    },
  });
  expect(result.bytes).toBeGreaterThan(1000);
});

test("fewer bytes than expected", async () => {
  const bench = await startBench(() => ({ body: "12345" }));
  expect(await bench.load({ expectedBytes: 6 })).toEqual({
    ok: false,
    bytes: 5,
    resumedBytes: 0,
    retry: null,
    error: {
      domain: "BAErrorDomain",
      code: 0,
      name: "downloadInvalid",
      message: `https://${HOST}/file has 5 bytes, fewer than its fileSize of 6.`,
      underlying: null,
      userInfo: { NSErrorFailingURLStringKey: `https://${HOST}/file` },
    },
  });
});

test.each([404, 500, 304])("HTTP status %i is a failure, and leaves no file", async (status) => {
  const bench = await startBench(() => ({ status, body: status === 304 ? "" : "no" }));
  expect(await bench.load()).toMatchObject({
    ok: false,
    bytes: 0,
    error: {
      domain: "NSURLErrorDomain",
      code: -1011,
      name: "badServerResponse",
      message: `https://${HOST}/file answered with HTTP status ${status}.`,
      userInfo: { NSErrorFailingURLStringKey: `https://${HOST}/file`, statusCode: status },
    },
  });
  await expect(access(bench.destination)).rejects.toThrow("ENOENT");
});

test("a connection that breaks in the body is lost, and what arrived stays", async () => {
  const bench = await startBench(() => ({ body: "12345", contentLength: 100, after: "cut" }));
  expect(await bench.load({ expectedBytes: 100 })).toMatchObject({
    ok: false,
    bytes: 5,
    error: { code: -1005, name: "networkConnectionLost" },
  });
  expect(await readFile(bench.destination, "utf8")).toBe("12345");
});

test("a connection that breaks before the answer is lost", async () => {
  const bench = await startBench(() => {
    throw new Error("cut");
  });
  expect(await bench.load()).toMatchObject({ ok: false, error: { code: -1005 } });
});

test("a body longer than its Content-Length ends at its Content-Length", async () => {
  const bench = await startBench(() => ({ body: "1234567890", contentLength: 5 }));
  expect(await bench.load({ expectedBytes: 5 })).toEqual({ ok: true, bytes: 5, resumedBytes: 0 });
  expect(await readFile(bench.destination, "utf8")).toBe("12345");
});

test("a compressed answer is refused: sizes are exact", async () => {
  const bench = await startBench(() => ({ headers: { "Content-Encoding": "gzip" }, body: "x" }));
  expect(await bench.load()).toMatchObject({ ok: false, error: { code: -1016, name: "cannotDecodeContentData" } });
});

test("a server that is down", async () => {
  const bench = await startBench(() => ({}));
  await bench.server.dispose();
  expect(await bench.load()).toMatchObject({
    ok: false,
    bytes: 0,
    error: {
      code: -1004,
      name: "cannotConnectToHost",
      // Darwin's number, whatever the machine's own is.
      underlying: { domain: "NSPOSIXErrorDomain", code: 61, name: "ECONNREFUSED" },
    },
  });
});

test("a certificate for another host", async () => {
  const bench = await startBench(() => ({ body: "secret" }), { hosts: ["someone-else.example.com"] });
  expect(await bench.load()).toMatchObject({ ok: false, error: { code: -1202, name: "serverCertificateUntrusted" } });
  expect(bench.server.requests).toEqual([]);
});

test("a certificate of an unknown root", async () => {
  const bench = await startBench(() => ({}));
  const connections = createHostConnections({
    ca: undefined,
    map: new Map([[HOST, { address: "127.0.0.1", port: bench.server.port }]]),
  });
  onTestFinished(() => connections.dispose());
  expect(await bench.load({ connections })).toMatchObject({ ok: false, error: { code: -1202 } });
});

test("a host that is not mapped keeps its own address", async () => {
  const bench = await startBench(() => ({}));
  // Of its own root nothing is known here; that the certificate is seen at all shows where the request went.
  expect(await bench.load({ request: { url: `${bench.server.url}/direct` } })).toMatchObject({
    ok: false,
    error: { code: -1202, userInfo: { NSErrorFailingURLStringKey: `${bench.server.url}/direct` } },
  });
});

test.each([
  ["http://assets.example.com/file", -1022, "appTransportSecurityRequiresSecureConnection"],
  ["ftp://assets.example.com/file", -1002, "unsupportedURL"],
  ["level-1.pak", -1000, "badURL"],
])("%s is not loaded", async (url, code, name) => {
  const bench = await startBench(() => ({}));
  expect(await bench.load({ request: { url } })).toMatchObject({ ok: false, error: { code, name } });
});

test("user name, password and query are in no error", async () => {
  const bench = await startBench(() => ({ status: 403 }));
  const result = await bench.load({ request: { url: `https://me:hunter2@${HOST}/file?signature=s3cret` } });
  expect(result).toMatchObject({
    ok: false,
    error: { userInfo: { NSErrorFailingURLStringKey: `https://${HOST}/file?…` } },
  });
  expect(JSON.stringify(result)).not.toMatch(/hunter2|s3cret/);
});

test.each(["before", "in"])(
  "a server that falls silent %s the body: timeoutInterval ends the transfer",
  async (where) => {
    const bench = await startBench(() =>
      where === "in" ? { body: "12345", contentLength: 100, after: "stall" } : new Promise(() => {}),
    );
    const result = await bench.load({ request: { url: `https://${HOST}/file`, timeoutInterval: 200 } });
    expect(result).toMatchObject({ ok: false, error: { code: -1001, name: "timedOut" } });
  },
);

test("abort ends the transfer and leaves the partial file", async () => {
  const bench = await startBench(() => ({ body: Buffer.alloc(300 * 1024), contentLength: MEBIBYTE, after: "stall" }));
  const controller = new AbortController();
  const result = await bench.load({ signal: controller.signal, onProgress: () => controller.abort() });
  expect(result).toMatchObject({ ok: false, error: { code: -999, name: "cancelled" } });
  expect((await stat(bench.destination)).size).toBe(result.bytes);
});

test("abort before the start loads nothing", async () => {
  const bench = await startBench(() => ({}));
  expect(await bench.load({ signal: AbortSignal.abort() })).toMatchObject({ ok: false, error: { code: -999 } });
  expect(bench.server.requests).toEqual([]);
});

test("a file that cannot be created is a failure of the download", async () => {
  const bench = await startBench(() => ({ body: "x" }));
  const occupied = join(await temporaryDirectory(), "file");
  await writeFile(occupied, "");
  expect(await bench.load({ destination: join(occupied, "partial") })).toMatchObject({
    ok: false,
    error: { code: -3000, name: "cannotCreateFile" },
  });
});
