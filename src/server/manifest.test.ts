import { createHash } from "node:crypto";
import { stat, symlink, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { GeneratedManifest } from "./index.js";
import { folderOf, serve, temporaryDirectory } from "./server.fixture.js";

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");
const read = async (server: Awaited<ReturnType<typeof serve>>): Promise<GeneratedManifest> => {
  const { body } = await server.ask("/manifest.json");
  return JSON.parse(body) as GeneratedManifest;
};

test("is made from the folder, sorted, without what a dot hides", async () => {
  const files = { "b.pak": "bb", "a/ü 1.pak": "a", ".hidden": "x", ".git/x": "x" };
  const server = await serve(await folderOf(files));
  const assets = [
    { path: "a/ü 1.pak", url: "https://assets.example.com/a/%C3%BC%201.pak", size: 1, sha256: sha256("a") },
    { path: "b.pak", url: "https://assets.example.com/b.pak", size: 2, sha256: sha256("bb") },
  ];
  const answer = await server.ask("/manifest.json");
  expect(JSON.parse(answer.body)).toEqual({ version: sha256(JSON.stringify(assets)).slice(0, 12), assets });
  expect(answer.headers).toMatchObject({
    "content-type": "application/json",
    "content-length": String(Buffer.byteLength(answer.body)),
  });
});

test("every URL in it is served with the size that it says", async () => {
  const server = await serve(await folderOf({ "50%.pak": "x", "a b/#?.pak": "yy" }));
  for (const { url, size } of (await read(server)).assets) {
    const { body } = await server.ask(new URL(url).pathname);
    expect(body).toHaveLength(size);
  }
});

test("a file of the folder takes its place", async () => {
  const server = await serve(await folderOf({ "manifest.json": '{"mine":true}', "a.pak": "a" }));
  expect((await server.ask("/manifest.json")).body).toBe('{"mine":true}');
});

test("its path may be anywhere", async () => {
  const server = await serve(await folderOf({ "a.pak": "a" }), { manifestPath: "/v1/ba/manifest" });
  expect((await server.ask("/v1/ba/manifest")).status).toBe(200);
  expect((await server.ask("/manifest.json")).status).toBe(404);
});

test("changes with the folder, and only then", async () => {
  const directory = await folderOf({ "a.pak": "a" });
  const server = await serve(directory);
  const first = await read(server);
  expect(await read(server)).toEqual(first);
  await writeFile(join(directory, "b.pak"), "b");
  const second = await read(server);
  expect(second.version).not.toBe(first.version);
  expect(second.assets.map(({ path }) => path)).toEqual(["a.pak", "b.pak"]);
});

test("a file is read again only when its size or time changed", async () => {
  const directory = await folderOf({ "a.pak": "old" });
  const path = join(directory, "a.pak");
  const server = await serve(directory);
  const { mtime } = await stat(path);
  // A time that the file system can give back exactly.
  const whole = new Date(Math.floor(mtime.getTime() / 1000) * 1000);
  await utimes(path, whole, whole);
  await read(server);
  await writeFile(path, "new");
  await utimes(path, whole, whole);
  expect((await read(server)).assets[0]?.sha256).toBe(sha256("old"));
  await utimes(path, whole, new Date(whole.getTime() + 1000));
  expect((await read(server)).assets[0]?.sha256).toBe(sha256("new"));
});

test("links in circles and links that lead out are not listed", async () => {
  const outside = await temporaryDirectory();
  await writeFile(join(outside, "secret"), "s3cret");
  const directory = await folderOf({ "sub/a.pak": "a" });
  await symlink(directory, join(directory, "sub", "circle"));
  await symlink(outside, join(directory, "escape"));
  await symlink(join(directory, "sub", "a.pak"), join(directory, "link.pak"));
  const server = await serve(directory);
  expect((await read(server)).assets.map(({ path }) => path)).toEqual(["link.pak", "sub/a.pak"]);
});

test("requests that come together get the same one", async () => {
  const server = await serve(await folderOf({ "a.pak": "a" }));
  const answers = await Promise.all([1, 2, 3].map(() => server.ask("/manifest.json")));
  expect(new Set(answers.map(({ body }) => body)).size).toBe(1);
});
