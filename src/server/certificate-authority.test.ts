import { X509Certificate } from "node:crypto";
import { once } from "node:events";
import { mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { connect } from "node:tls";
import { expect, onTestFinished, test } from "vitest";
import { createCertificateAuthority, startScriptedServer } from "./index.js";
import { temporaryDirectory } from "./server.fixture.js";

test("a certificate for the hosts, 127.0.0.1 and localhost, below a root of its own", async () => {
  const { caPem, certPem, caPath } = await createCertificateAuthority(await temporaryDirectory(), [
    "assets.example.com",
    "10.1.2.3",
  ]);
  const root = new X509Certificate(caPem);
  const leaf = new X509Certificate(certPem);
  expect(root.ca).toBe(true);
  expect(leaf.ca).toBe(false);
  expect(leaf.checkIssued(root) && leaf.verify(root.publicKey)).toBe(true);
  expect(["assets.example.com", "localhost"].map((host) => leaf.checkHost(host))).toEqual([
    "assets.example.com",
    "localhost",
  ]);
  expect(["127.0.0.1", "10.1.2.3"].map((address) => leaf.checkIP(address))).toEqual(["127.0.0.1", "10.1.2.3"]);
  expect(leaf.checkHost("other.example.com")).toBeUndefined();
  // Apple platforms refuse more than 825 days.
  expect((Date.parse(leaf.validTo) - Date.parse(leaf.validFrom)) / 86_400_000).toBeLessThan(825);
  expect(await readFile(caPath, "utf8")).toBe(caPem);
});

test("a client that is told the root accepts the server", async () => {
  const tls = await createCertificateAuthority(await temporaryDirectory(), ["assets.example.com"]);
  const server = await startScriptedServer({ tls, respond: () => ({}) });
  onTestFinished(() => server.dispose());
  const socket = connect({ host: "127.0.0.1", port: server.port, servername: "assets.example.com", ca: tls.caPem });
  await once(socket, "secureConnect");
  expect(socket.authorized).toBe(true);
  socket.destroy();
});

test("is used again while the hosts fit", async () => {
  const directory = await temporaryDirectory();
  const first = await createCertificateAuthority(directory, ["a.example.com", "b.example.com"]);
  expect(await createCertificateAuthority(directory, ["b.example.com"])).toEqual(first);
});

test("another host renews the certificate, not the root", async () => {
  const directory = await temporaryDirectory();
  const first = await createCertificateAuthority(directory, ["a.example.com"]);
  const second = await createCertificateAuthority(directory, ["b.example.com"]);
  expect(second.caPem).toBe(first.caPem);
  expect(new X509Certificate(second.certPem).checkHost("b.example.com")).toBe("b.example.com");
});

test.skipIf(process.platform === "win32")("keys can be read by their owner only", async () => {
  const directory = await temporaryDirectory();
  await createCertificateAuthority(directory, []);
  const mode = async (...path: string[]) => (await stat(join(directory, ...path))).mode & 0o777;
  expect([await mode("root", "ca-key.pem"), await mode("server.pem")]).toEqual([0o600, 0o600]);
});

test("several that are made at once share one root, and leave nothing behind", async () => {
  const directory = join(await temporaryDirectory(), "certificates");
  const made = await Promise.all([1, 2, 3, 4].map(() => createCertificateAuthority(directory, ["a.example.com"])));
  expect(new Set(made.map(({ caPem }) => caPem)).size).toBe(1);
  for (const { caPem, certPem } of made) {
    expect(new X509Certificate(certPem).verify(new X509Certificate(caPem).publicKey)).toBe(true);
  }
  expect((await readdir(directory)).sort()).toEqual(["root", "server.pem"]);
});

test("what is damaged is made anew", async () => {
  const directory = await temporaryDirectory();
  await mkdir(join(directory, "root"));
  await writeFile(join(directory, "root", "ca.pem"), "not a certificate");
  await writeFile(join(directory, "root", "ca-key.pem"), "not a key");
  await writeFile(join(directory, "server.pem"), "neither");
  const { caPem, certPem } = await createCertificateAuthority(directory, []);
  expect(new X509Certificate(certPem).verify(new X509Certificate(caPem).publicKey)).toBe(true);
  expect(await readdir(join(directory, "root"))).toEqual(expect.arrayContaining(["ca.pem", "ca-key.pem"]));
});
