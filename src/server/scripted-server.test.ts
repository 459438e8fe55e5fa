import { once } from "node:events";
import type { IncomingMessage } from "node:http";
import { request } from "node:https";
import { text } from "node:stream/consumers";
import { expect, onTestFinished, test } from "vitest";
import { createCertificateAuthority, fileResponse, startScriptedServer, type ScriptedServerOptions } from "./index.js";
import { temporaryDirectory } from "./server.fixture.js";

async function get(respond: ScriptedServerOptions["respond"]) {
  const tls = await createCertificateAuthority(await temporaryDirectory(), []);
  const server = await startScriptedServer({ tls, respond });
  onTestFinished(() => server.dispose());
  const sent = request(`${server.url}/file?x=1`, { ca: tls.caPem, agent: false }).end();
  const [response] = (await once(sent, "response")) as [IncomingMessage];
  return { server, response };
}

test("status, headers and body", async () => {
  const { server, response } = await get(({ path }) => ({
    status: 201,
    headers: { "X-A": ["1", "2"] },
    body: `for ${path}`,
  }));
  expect(response.statusCode).toBe(201);
  expect(response.headers).toMatchObject({ "x-a": "1, 2", "content-length": "9" });
  expect(await text(response)).toBe("for /file");
  expect(server.requests).toMatchObject([{ method: "GET", path: "/file", host: `127.0.0.1:${server.port}` }]);
});

test("an iterable leaves in pieces, without a length", async () => {
  const pieces = async function* () {
    yield Buffer.from("a");
    yield Buffer.from("b");
  };
  const { response } = await get(() => ({ body: pieces() }));
  expect(response.headers).toMatchObject({ "transfer-encoding": "chunked" });
  expect(await text(response)).toBe("ab");
});

test("a cut breaks the message after its bytes", async () => {
  const { response } = await get(() => ({ body: "abc", contentLength: 10, after: "cut" }));
  const received: string[] = [];
  response.on("data", (chunk: Buffer) => received.push(chunk.toString()));
  const [error] = (await once(response, "error")) as [Error];
  expect(error).toMatchObject({ code: "ECONNRESET" });
  expect(received.join("")).toBe("abc");
});

test("a stall ends with the server", async () => {
  const { server, response } = await get(() => ({ body: "abc", contentLength: 10, after: "stall" }));
  const [chunk] = (await once(response, "data")) as [Buffer];
  expect(chunk.toString()).toBe("abc");
  const broken = once(response, "error");
  await server.dispose();
  expect(await broken).toHaveLength(1);
});

test.each([
  ["no range", {}, { status: 200, body: Buffer.from("0123456789") }],
  ["a range", { range: "bytes=4-" }, { status: 206, body: Buffer.from("456789") }],
  ["a range of this version", { range: "bytes=4-", "if-range": '"v1"' }, { status: 206 }],
  ["a range of another version", { range: "bytes=4-", "if-range": '"v0"' }, { status: 200 }],
  ["a range behind the end", { range: "bytes=10-" }, { status: 416, headers: { "Content-Range": "bytes */10" } }],
])("a scripted file: %s", (_, headers, expected) => {
  expect(fileResponse({ method: "GET", headers }, "0123456789", { etag: '"v1"' })).toMatchObject(expected);
});

test("a scripted file without ranges, with a weak tag, with a date", () => {
  const ask = (headers: Record<string, string>, options: Parameters<typeof fileResponse>[2]) =>
    fileResponse({ method: "GET", headers: { range: "bytes=4-", ...headers } }, "0123456789", options);
  expect(ask({}, { ranges: false }).status).toBe(200);
  expect(ask({ "if-range": 'W/"v1"' }, { etag: 'W/"v1"' }).status).toBe(200);
  const lastModified = new Date("2026-01-02T03:04:05Z");
  const date = "Fri, 02 Jan 2026 03:04:05 GMT";
  expect(ask({ "if-range": date }, { etag: null, lastModified })).toMatchObject({
    status: 206,
    headers: { "Last-Modified": date },
  });
  expect(ask({}, {}).headers).toHaveProperty("ETag", expect.stringMatching(/^"[0-9a-f]{16}"$/));
  expect(ask({}, { etag: null }).headers).not.toHaveProperty("ETag");
});
