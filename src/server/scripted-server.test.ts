import { once } from "node:events";
import type { IncomingMessage } from "node:http";
import { request } from "node:https";
import { text } from "node:stream/consumers";
import { expect, onTestFinished, test } from "vitest";
import { createCertificateAuthority, startScriptedServer, type ScriptedServerOptions } from "./index.js";
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
