import { X509Certificate, createPrivateKey, randomUUID } from "node:crypto";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { isIP } from "node:net";
import { join } from "node:path";
import { issueLeaf, issueRoot, type KeyPair } from "./issue.js";

/** A server's certificate with its key, and the root to trust. All PEM. */
export interface Certificates {
  /** The root, for clients: `ca` of `node:tls`. */
  readonly caPem: string;
  readonly certPem: string;
  readonly keyPem: string;
  /** Absolute path of the root's certificate, for clients that take a file (`curl --cacert`). */
  readonly caPath: string;
}

const DAY = 86_400_000;

/**
 * A root of the project's own and a certificate below it for `hosts`, 127.0.0.1 and localhost.
 *
 * Both are kept in `directory` and used again; the certificate is renewed when `hosts` has one that it does not
 * cover, either of them when it expires within a day. Nothing is installed in the system: clients are told the
 * root. Keys have mode 0600. Several processes may call this at once for one folder.
 *
 * @param directory Made when it is missing.
 * @param hosts Host names or IP addresses, without ports.
 */
export async function createCertificateAuthority(directory: string, hosts: readonly string[]): Promise<Certificates> {
  await mkdir(directory, { recursive: true });
  const root = await useRoot(directory);
  const leaf = await useLeaf(directory, root, [...new Set([...hosts, "localhost", "127.0.0.1"])]);
  return {
    caPem: root.certificate,
    certPem: leaf.certificate,
    keyPem: leaf.key,
    caPath: join(directory, ROOT, CERTIFICATE),
  };
}

const ROOT = "root";
const CERTIFICATE = "ca.pem";
const KEY = "ca-key.pem";
const LEAF = "server.pem";

/**
 * The root is a folder of two files, published by one `rename`, which fails when the folder is there already: of
 * several processes that make one at the same time the first wins, and the others use its root.
 */
async function useRoot(directory: string): Promise<KeyPair> {
  const published = join(directory, ROOT);
  const kept = await readRoot(published);
  if (kept) return kept;

  const draft = join(directory, `.${ROOT}-${randomUUID()}`);
  try {
    const made = await issueRoot();
    await mkdir(draft, { mode: 0o700 });
    await writeFile(join(draft, KEY), made.key, { mode: 0o600 });
    await writeFile(join(draft, CERTIFICATE), made.certificate);
    if (await publish(draft, published)) return made;

    const winner = await readRoot(published);
    if (winner) return winner;
    // What is there has expired or is damaged: out of the way with it.
    await rename(published, `${draft}-stale`);
    if (await publish(draft, published)) return made;
    return (await readRoot(published)) ?? made;
  } finally {
    await rm(draft, { recursive: true, force: true });
    await rm(`${draft}-stale`, { recursive: true, force: true });
  }
}

/** False when `target` is there already. */
async function publish(draft: string, target: string): Promise<boolean> {
  try {
    await rename(draft, target);
    return true;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === "EEXIST" || code === "ENOTEMPTY" || code === "ENOTDIR" || code === "EPERM") return false;
    throw error;
  }
}

async function readRoot(directory: string): Promise<KeyPair | null> {
  const certificate = await readText(join(directory, CERTIFICATE));
  const key = await readText(join(directory, KEY));
  if (certificate === null || key === null) return null;
  return isUsable(certificate, key) ? { certificate, key } : null;
}

/** One file holds certificate and key, so that replacing it by `rename` can never leave a pair that does not fit. */
async function useLeaf(directory: string, root: KeyPair, hosts: readonly string[]): Promise<KeyPair> {
  const path = join(directory, LEAF);
  const kept = splitPem((await readText(path)) ?? "");
  if (kept && isUsable(kept.certificate, kept.key) && isIssuedFor(kept.certificate, root, hosts)) return kept;

  const made = await issueLeaf(root, hosts);
  const draft = join(directory, `.${LEAF}-${randomUUID()}`);
  try {
    await writeFile(draft, made.certificate + made.key, { mode: 0o600 });
    await rename(draft, path);
  } finally {
    await rm(draft, { force: true });
  }
  return made;
}

function splitPem(text: string): KeyPair | null {
  const certificate = /-----BEGIN CERTIFICATE-----[^]+?-----END CERTIFICATE-----\n/.exec(text);
  const key = /-----BEGIN PRIVATE KEY-----[^]+?-----END PRIVATE KEY-----\n/.exec(text);
  return certificate && key ? { certificate: certificate[0], key: key[0] } : null;
}

/** Whether both can be read, belong together, and the certificate is valid now and for another day. */
function isUsable(certificate: string, key: string): boolean {
  try {
    const x509 = new X509Certificate(certificate);
    const now = Date.now();
    return (
      x509.checkPrivateKey(createPrivateKey(key)) &&
      Date.parse(x509.validFrom) <= now &&
      Date.parse(x509.validTo) > now + DAY
    );
  } catch {
    return false;
  }
}

function isIssuedFor(certificate: string, root: KeyPair, hosts: readonly string[]): boolean {
  const x509 = new X509Certificate(certificate);
  const issuer = new X509Certificate(root.certificate);
  return (
    x509.checkIssued(issuer) &&
    x509.verify(issuer.publicKey) &&
    hosts.every((host) => (isIP(host) ? x509.checkIP(host) : x509.checkHost(host)) !== undefined)
  );
}

async function readText(path: string): Promise<string | null> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === "ENOENT" || code === "ENOTDIR") return null;
    throw error;
  }
}
