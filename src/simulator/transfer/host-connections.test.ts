import { expect, onTestFinished, test } from "vitest";
import { join } from "node:path";
import { createCertificateAuthority, startScriptedServer } from "../../server/index.js";
import { createHostConnections, type HostTarget } from "./index.js";
import { HOST, startBench, temporaryDirectory } from "./transfer.fixture.js";

/** Loads `url` from a server with a certificate for `certified`, 127.0.0.1 and localhost. */
async function load(url: string, certified: string[], target: Partial<HostTarget>) {
  const tls = await createCertificateAuthority(join(await temporaryDirectory(), "ca"), certified);
  const server = await startScriptedServer({ tls, respond: ({ host }) => ({ body: host }) });
  const { hostname } = new URL(url);
  const map = new Map([[hostname, { address: "127.0.0.1", port: server.port, ...target }]]);
  const connections = createHostConnections({ ca: tls.caPem, map });
  onTestFinished(async () => {
    await connections.dispose();
    await connections.dispose();
    await server.dispose();
  });
  const bench = await startBench(() => ({}));
  const result = await bench.load({ request: { url }, connections });
  return { result, hosts: server.requests.map(({ host }) => host) };
}

test("a server of the user's shows a certificate for its own name, and hears the production host", async () => {
  const byAddress = await load(`https://${HOST}/file`, [], { servername: "127.0.0.1" });
  expect(byAddress).toMatchObject({ result: { ok: true }, hosts: [HOST] });
  const byName = await load(`https://${HOST}/file`, [], { servername: "localhost" });
  expect(byName).toMatchObject({ result: { ok: true }, hosts: [HOST] });
});

test("the production host's certificate is required when no other name is said", async () => {
  expect(await load(`https://${HOST}/file`, [], {})).toMatchObject({ result: { ok: false, error: { code: -1202 } } });
});

test("a production host may be an address, which its certificate must name", async () => {
  expect(await load("https://10.9.8.7/file", ["10.9.8.7"], {})).toMatchObject({
    result: { ok: true },
    hosts: ["10.9.8.7"],
  });
  expect(await load("https://10.9.8.7/file", [], {})).toMatchObject({ result: { ok: false, error: { code: -1202 } } });
});

test("a host is mapped whatever its port", async () => {
  expect(await load(`https://${HOST}:8443/file`, [HOST], {})).toMatchObject({
    result: { ok: true },
    hosts: [`${HOST}:8443`],
  });
});
