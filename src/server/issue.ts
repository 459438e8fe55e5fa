import { isIP } from "node:net";

/** A certificate and its private key, PEM, each ending with a line feed. */
export interface KeyPair {
  readonly certificate: string;
  readonly key: string;
}

const DAY = 86_400_000;
/** Apple platforms refuse server certificates that are valid for longer than 825 days, below a root of the user's own. */
const LEAF_DAYS = 397;
const ROOT_DAYS = 3650;
// Clocks of devices and virtual machines run behind; a certificate that starts now would not be valid there yet.
const CLOCK_SKEW = DAY;

/** A new root that may sign server certificates and nothing below them. */
export function issueRoot(): Promise<KeyPair> {
  return issue("ba-extension local root", ROOT_DAYS, undefined, [
    { name: "basicConstraints", cA: true, pathLenConstraint: 0, critical: true },
    { name: "keyUsage", keyCertSign: true, cRLSign: true, critical: true },
  ]);
}

/** A server's certificate for `hosts` (names or addresses, at least one), signed by `root`. */
export function issueLeaf(root: KeyPair, hosts: readonly string[]): Promise<KeyPair> {
  return issue(hosts[0] ?? "localhost", LEAF_DAYS, root, [
    { name: "basicConstraints", cA: false, critical: true },
    { name: "keyUsage", digitalSignature: true, critical: true },
    { name: "extKeyUsage", serverAuth: true },
    {
      name: "subjectAltName",
      altNames: hosts.map((host) => (isIP(host) ? { type: 7, ip: host } : { type: 2, value: host })),
    },
  ]);
}

type Extensions = NonNullable<NonNullable<Parameters<typeof import("selfsigned").generate>[1]>["extensions"]>;

async function issue(name: string, days: number, root: KeyPair | undefined, extensions: Extensions): Promise<KeyPair> {
  // Loaded on first use: it takes longer than everything else a command loads, and is needed once a year.
  const { generate } = await import("selfsigned");
  const now = Date.now();
  const made = await generate([{ name: "commonName", value: name }], {
    keyType: "ec",
    curve: "P-256",
    algorithm: "sha256",
    notBeforeDate: new Date(now - CLOCK_SKEW),
    notAfterDate: new Date(now - CLOCK_SKEW + days * DAY),
    extensions,
    ...(root && { ca: { key: root.key, cert: root.certificate } }),
  });
  return { certificate: withLineFeed(made.cert), key: withLineFeed(made.private) };
}

const withLineFeed = (pem: string): string => `${pem.replaceAll("\r\n", "\n").trimEnd()}\n`;
