import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { placeOfKey, type LoadedConfig } from "../config/index.js";
import { UserError } from "../diagnostics/index.js";
import { productionHosts, serveProject } from "../server/index.js";
import type { SimulatorOptions } from "./options.js";
import { createHostConnections, type HostConnections, type HostTarget } from "./transfer/index.js";

/** The project's assets under their production URLs. */
export interface Assets {
  readonly connections: HostConnections;
  dispose(): Promise<void>;
}

/**
 * Makes the production hosts reachable: by serving the project's own assets on loopback, or by leading them to the
 * server that the configuration names. `local` comes before both, and stays its owner's.
 */
export async function connectAssets(
  loaded: LoadedConfig,
  certificates: string,
  local: SimulatorOptions["server"],
): Promise<Assets> {
  if (local) {
    const connections = connect(local.hosts, { address: "127.0.0.1", port: local.port }, local.ca);
    return { connections, dispose: () => connections.dispose() };
  }
  const server = loaded.config.simulate?.server ?? {};
  if (typeof server === "string") return await connectServerOfYours(loaded, new URL(server));
  const own = await serveProject(loaded, server, { certificates });
  const connections = connect(own.hosts, { address: "127.0.0.1", port: own.port }, own.tls.caPem);
  return {
    connections,
    async dispose() {
      await connections.dispose();
      await own.dispose();
    },
  };
}

async function connectServerOfYours(loaded: LoadedConfig, origin: URL): Promise<Assets> {
  const target = { address: origin.hostname, port: Number(origin.port || 443), servername: origin.hostname };
  const connections = connect(productionHosts(loaded), target, await readAuthority(loaded));
  return { connections, dispose: () => connections.dispose() };
}

const connect = (hosts: readonly string[], target: HostTarget, ca: string | undefined): HostConnections =>
  createHostConnections({ ca, map: new Map(hosts.map((host) => [host, target])) });

/** The roots that `simulate.certificateAuthority` names; undefined for those of Node. */
async function readAuthority(loaded: LoadedConfig): Promise<string | undefined> {
  const { certificateAuthority } = loaded.config.simulate ?? {};
  if (certificateAuthority === undefined) return undefined;
  const file = resolve(loaded.root, certificateAuthority);
  return await readFile(file, "utf8").catch((cause: NodeJS.ErrnoException) => {
    throw new UserError(
      "BA_CERTIFICATE_AUTHORITY",
      `Couldn't read the certificate authority ${file} (${cause.code}).`,
      {
        hint: "Name a PEM file, relative to the config file.",
        location: placeOfKey(loaded, "simulate", "certificateAuthority"),
        cause,
      },
    );
  });
}
