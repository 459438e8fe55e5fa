/** A system's URL loading against a server that does what the test says, over real HTTPS. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { AuthenticationChallenge } from "../../sdk/index.js";
import { cancelChallenge } from "../../sdk/index.js";
import { createFaults } from "../faults/index.js";
import {
  createCertificateAuthority,
  startScriptedServer,
  type ScriptedServer,
  type ScriptedServerOptions,
} from "../../server/index.js";
import {
  createCredentialCache,
  createHostConnections,
  transfer,
  type PartialFile,
  type TransferOptions,
  type TransferResult,
} from "./index.js";

export const HOST = "assets.example.com";

export async function temporaryDirectory(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), "ba-transfer-"));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  return directory;
}

export interface Bench {
  readonly server: ScriptedServer;
  readonly destination: string;
  /** Challenges that were delivered, in order. */
  readonly challenges: AuthenticationChallenge[];
  /** What `onHead` was told, in order. */
  readonly heads: (PartialFile | null)[];
  /** Milliseconds that passed on the simulated clock. */
  passed(): number;
  /** Loads `https://assets.example.com/file`, with one credential cache for all loads of a bench. */
  load(options?: Partial<TransferOptions>): Promise<TransferResult>;
}

/** `hosts`: what the server's certificate is for. `faults`: of the loads of this bench; the file is called `file`. */
export async function startBench(
  respond: ScriptedServerOptions["respond"],
  { hosts = [HOST, "other.example.com"], faults: texts = [] }: { hosts?: string[]; faults?: string[] } = {},
): Promise<Bench> {
  const directory = await temporaryDirectory();
  const tls = await createCertificateAuthority(join(directory, "certificates"), hosts);
  const server = await startScriptedServer({ tls, respond });
  const target = { address: "127.0.0.1", port: server.port };
  const connections = createHostConnections({
    ca: tls.caPem,
    map: new Map([HOST, "other.example.com"].map((host) => [host, target])),
  });
  onTestFinished(async () => {
    await connections.dispose();
    await server.dispose();
  });
  const credentials = createCredentialCache();
  const faults = createFaults(texts);
  const challenges: AuthenticationChallenge[] = [];
  const heads: (PartialFile | null)[] = [];
  let passed = 0;
  const destination = join(directory, "system", "partial");
  return {
    server,
    destination,
    challenges,
    heads,
    passed: () => passed,
    load: ({ challenge = async () => cancelChallenge(), ...options } = {}) =>
      transfer({
        request: { url: `https://${HOST}/file` },
        destination,
        partial: null,
        onHead: (head) => void heads.push(head),
        expectedBytes: null,
        connections,
        credentials,
        onProgress: () => {},
        onHalf: () => {},
        faults: (ranged) => faults.attempt("file", ranged),
        pass: (duration) => (passed += duration),
        signal: new AbortController().signal,
        challenge: (given) => {
          challenges.push(given);
          return challenge(given);
        },
        ...options,
      }),
  };
}
