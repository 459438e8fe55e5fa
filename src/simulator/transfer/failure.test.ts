import { createServer, type AddressInfo, type Server } from "node:net";
import { createServer as createTlsServer } from "node:tls";
import { join } from "node:path";
import { once } from "node:events";
import { expect, onTestFinished, test } from "vitest";
import { createCertificateAuthority } from "../../server/index.js";
import { networkFailure } from "./network-failure.js";
import { createHostConnections } from "./index.js";
import { HOST, startBench, temporaryDirectory } from "./transfer.fixture.js";

const url = new URL(`https://ada:hunter2@${HOST}/file?signature=s3cret`);

test.each([
  ["ENOTFOUND", -1003, "cannotFindHost", `No address for ${HOST} (ENOTFOUND).`],
  ["EAI_AGAIN", -1009, "notConnectedToInternet", `There is no network to reach ${HOST} (EAI_AGAIN).`],
  ["ENETUNREACH", -1009, "notConnectedToInternet", `There is no network to reach ${HOST} (ENETUNREACH).`],
  ["ECONNRESET", -1005, "networkConnectionLost", `The connection was lost to ${HOST} (ECONNRESET).`],
  ["ETIMEDOUT", -1001, "timedOut", `No answer in time from ${HOST} (ETIMEDOUT).`],
  [
    "CERT_HAS_EXPIRED",
    -1202,
    "serverCertificateUntrusted",
    `The certificate is not trusted of ${HOST} (CERT_HAS_EXPIRED).`,
  ],
  ["EPROTO", -1200, "secureConnectionFailed", `No TLS connection to ${HOST} (EPROTO).`],
  ["ESURPRISE", -1, "unknown", `The transfer failed from ${HOST} (ESURPRISE).`],
])("%s", (code, number, name, message) => {
  const { error } = networkFailure(Object.assign(new Error("from Node"), { code }), url);
  expect(error).toMatchObject({ domain: "NSURLErrorDomain", code: number, name, message });
  expect(error.userInfo).toEqual({ NSErrorFailingURLStringKey: `https://${HOST}/file?…` });
});

test("an error without a code", () => {
  expect(networkFailure("?", url).error).toMatchObject({
    code: -1,
    message: `The transfer failed from ${HOST}.`,
    underlying: null,
  });
});

async function listen<Kind extends Server>(server: Kind): Promise<number> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}

async function loadFrom(port: number, ca: string | undefined) {
  const bench = await startBench(() => ({}));
  const connections = createHostConnections({ ca, map: new Map([[HOST, { address: "127.0.0.1", port }]]) });
  onTestFinished(() => connections.dispose());
  return bench.load({ connections });
}

test("a server that does not speak TLS", async () => {
  const port = await listen(createServer((socket) => socket.end("HTTP/1.1 200 OK\r\n\r\n")));
  expect(await loadFrom(port, undefined)).toMatchObject({
    ok: false,
    error: { code: -1200, name: "secureConnectionFailed" },
  });
});

test("a server that does not speak HTTP", async () => {
  const tls = await createCertificateAuthority(join(await temporaryDirectory(), "ca"), [HOST]);
  const server = createTlsServer({ cert: tls.certPem, key: tls.keyPem }, (socket) =>
    socket.once("data", () => socket.end("220 mail.example.com ESMTP\r\n")),
  );
  const port = await listen(server);
  expect(await loadFrom(port, tls.caPem)).toMatchObject({
    ok: false,
    error: { code: -1017, name: "cannotParseResponse" },
  });
});
