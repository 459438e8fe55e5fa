import { once } from "node:events";
import { symlink, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { connect } from "node:tls";
import { expect, test } from "vitest";
import type { RequestRecord } from "./index.js";
import { folderOf, serve, temporaryDirectory } from "./server.fixture.js";

/** Awaited later, so that the rejection has a handler from the start. */
const failureOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => null,
    (error: unknown) => error,
  );

test("a file, with its length and its validators", async () => {
  const server = await serve(await folderOf({ "levels/1 é.pak": "0123456789" }));
  const { status, headers, body } = await server.ask("/levels/1%20%C3%A9.pak?v=2");
  expect({ status, body }).toEqual({ status: 200, body: "0123456789" });
  expect(headers).toMatchObject({
    "content-length": "10",
    "accept-ranges": "bytes",
    etag: expect.stringMatching(/^"[0-9a-f]+-[0-9a-f]+"$/),
    "last-modified": expect.stringMatching(/GMT$/),
  });
});

test("HEAD has the head only", async () => {
  const server = await serve(await folderOf({ file: "0123456789" }));
  const { status, headers, body } = await server.ask("/file", { method: "HEAD", headers: { range: "bytes=0-1" } });
  expect({ status, length: headers["content-length"], body }).toEqual({ status: 200, length: "10", body: "" });
  expect(server.requests[0]?.bytes).toBe(0);
});

test.each([
  ["bytes=2-4", 206, "bytes 2-4/10", "234"],
  ["bytes=7-", 206, "bytes 7-9/10", "789"],
  ["bytes=7-99", 206, "bytes 7-9/10", "789"],
  ["bytes=-3", 206, "bytes 7-9/10", "789"],
  ["bytes=-99", 206, "bytes 0-9/10", "0123456789"],
  ["bytes=10-", 416, "bytes */10", "The file has 10 bytes.\n"],
  ["bytes=-0", 416, "bytes */10", "The file has 10 bytes.\n"],
  ["bytes=4-2", 200, undefined, "0123456789"],
  ["bytes=-", 200, undefined, "0123456789"],
  ["bytes=0-1,3-4", 200, undefined, "0123456789"],
  ["lines=1-2", 200, undefined, "0123456789"],
])("Range: %s", async (range, status, contentRange, body) => {
  const server = await serve(await folderOf({ file: "0123456789" }));
  const answer = await server.ask("/file", { headers: { range } });
  expect({ status: answer.status, contentRange: answer.headers["content-range"], body: answer.body }).toEqual({
    status,
    contentRange,
    body,
  });
});

test("If-Range: a range of the version that the client has, or the whole of the new one", async () => {
  const server = await serve(await folderOf({ file: "0123456789" }));
  const { etag = "", "last-modified": modified = "" } = (await server.ask("/file")).headers;
  const status = async (ifRange: string) =>
    (await server.ask("/file", { headers: { range: "bytes=2-", "if-range": ifRange } })).status;
  expect([await status(etag), await status(modified), await status('"other"')]).toEqual([206, 206, 200]);
});

test("a changed file has another entity tag", async () => {
  const directory = await folderOf({ file: "0123456789" });
  const server = await serve(directory);
  const before = await server.ask("/file");
  await writeFile(join(directory, "file"), "01234567890");
  expect((await server.ask("/file")).headers.etag).not.toBe(before.headers.etag);
});

test("an empty file", async () => {
  const server = await serve(await folderOf({ empty: "" }));
  expect(await server.ask("/empty")).toMatchObject({ status: 200, body: "", headers: { "content-length": "0" } });
  expect((await server.ask("/empty", { headers: { range: "bytes=0-" } })).status).toBe(416);
});

test.each(["/missing", "/folder", "/folder/", "/", "//file", "/%", "/%00", "/.hidden", "/folder/.hidden", "/./file"])(
  "%s is not there",
  async (target) => {
    const server = await serve(
      await folderOf({ file: "x", "folder/file": "x", ".hidden": "x", "folder/.hidden": "x" }),
    );
    expect((await server.ask(target)).status).toBe(404);
  },
);

test.each([
  "/../secret",
  "/%2e%2e/secret",
  "/..%2fsecret",
  "/folder/../../secret",
  "/%2fetc/passwd",
  "https://x/../secret",
])("%s does not leave the folder", async (target) => {
  const above = await folderOf({ secret: "s3cret", "assets/folder/file": "x" });
  const server = await serve(join(above, "assets"));
  expect(await server.ask(target)).toMatchObject({ status: 404 });
});

test("a link inside the folder is followed, one that leads out is not there", async () => {
  const outside = await folderOf({ secret: "s3cret" });
  const directory = await folderOf({ "real/file": "content" });
  await symlink(join(directory, "real"), join(directory, "inside"));
  await symlink(join(outside, "secret"), join(directory, "escape"));
  await symlink(outside, join(directory, "escape-folder"));
  const server = await serve(directory);
  expect(await server.ask("/inside/file")).toMatchObject({ status: 200, body: "content" });
  expect((await server.ask("/escape")).status).toBe(404);
  expect((await server.ask("/escape-folder/secret")).status).toBe(404);
});

test("other methods are refused", async () => {
  const server = await serve(await folderOf({ file: "x" }));
  expect(await server.ask("/file", { method: "DELETE" })).toMatchObject({
    status: 405,
    headers: { allow: "GET, HEAD" },
  });
});

test("basic authentication", async () => {
  const basicAuthentication = { realm: 'the "vault"', user: "ada", password: "lö:ve" };
  const server = await serve(await folderOf({ file: "asset" }), { basicAuthentication });
  const authorization = (text: string) => ({
    headers: { authorization: `Basic ${Buffer.from(text).toString("base64")}` },
  });

  const refused = await server.ask("/file");
  expect(refused.status).toBe(401);
  expect(refused.headers["www-authenticate"]).toBe('Basic realm="the \\"vault\\"", charset="UTF-8"');
  expect((await server.ask("/manifest.json")).status).toBe(401);
  expect((await server.ask("/file", authorization("ada:wrong"))).status).toBe(401);
  expect((await server.ask("/file", { headers: { authorization: "Bearer x" } })).status).toBe(401);
  expect(await server.ask("/file", authorization("ada:lö:ve"))).toMatchObject({ status: 200, body: "asset" });
  expect(server.requests.map(({ authorized }) => authorized)).toEqual([false, false, false, false, true]);
});

test("requests are recorded, without query and credential", async () => {
  const told: RequestRecord[] = [];
  const server = await serve(await folderOf({ file: "0123456789" }), {
    onRequest: (record) => told.push({ ...record }),
  });
  await server.ask("/file?token=s3cret", { headers: { authorization: "Basic aHVudGVyMg==", range: "bytes=0-3" } });
  await server.ask("/missing");
  expect(server.requests).toEqual([
    { method: "GET", path: "/file", host: "assets.example.com", status: 206, bytes: 4, authorized: true },
    { method: "GET", path: "/missing", host: "assets.example.com", status: 404, bytes: 23, authorized: true },
  ]);
  await server.dispose();
  expect(told).toEqual(server.requests);
});

test("a throttled transfer takes its time, and ends at once when the server is disposed", async () => {
  const server = await serve(await folderOf({ small: "x".repeat(2000), large: Buffer.alloc(1024 * 1024) }), {
    bytesPerSecond: 10_000,
  });
  const start = performance.now();
  expect((await server.ask("/small")).body).toHaveLength(2000);
  // No machine is too fast for this; timers may fire a little early.
  expect(performance.now() - start).toBeGreaterThan(180);

  const cut = failureOf(server.ask("/large"));
  await expect.poll(() => server.requests[1]?.bytes ?? 0).toBeGreaterThan(0);
  await server.dispose();
  expect(await cut).toMatchObject({ code: "ECONNRESET" });
});

test("dispose cuts connections that are idle or in their handshake, and may be called again", async () => {
  const server = await serve(await folderOf({}));
  const idle = connect({ host: "127.0.0.1", port: server.port, rejectUnauthorized: false });
  await once(idle, "secureConnect");
  const closed = once(
    idle.on("error", () => {}),
    "close",
  );
  await server.dispose();
  await server.dispose();
  expect(await closed).toBeDefined();
});

test("a file that shrinks while it is sent breaks the connection", async () => {
  const directory = await folderOf({ file: Buffer.alloc(64 * 1024 * 1024) });
  const server = await serve(directory, { bytesPerSecond: 4 * 1024 * 1024 });
  const broken = failureOf(server.ask("/file"));
  await expect.poll(() => server.requests[0]?.bytes ?? 0).toBeGreaterThan(0);
  await truncate(join(directory, "file"), 1000);
  expect(await broken).toMatchObject({ code: "ECONNRESET" });
});

test("a folder that does not exist is the user's mistake", async () => {
  const directory = join(await temporaryDirectory(), "assets");
  await expect(serve(directory)).rejects.toMatchObject({ name: "UserError", code: "BA_ASSETS_NOT_FOUND" });
});
