import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import type { IncomingMessage } from "node:http";
import { request as send } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { LoadedConfig } from "../config/index.js";
import {
  assetDirectory,
  createCertificateAuthority,
  productionHosts,
  serveProject,
  startScriptedServer as startServer,
  type ProjectServer,
  type ScriptedRequest,
  type ScriptedResponse,
} from "../server/index.js";
import type { LocalServer } from "../simulator/index.js";
import { loadProject, withAssets } from "./simulator.js";

export interface ScriptedServerOptions {
  /** Folder with `ba.config.ts`, or a configuration that was loaded already. Defaults to the working directory. */
  readonly project?: string | LoadedConfig | undefined;
  /** Folder to serve instead of the project's, relative to the project; read anew for each request. */
  readonly assets?: string | undefined;
  /**
   * Answers a request, wrongly where a test wants it; may take its time. `undefined`: as the project's own server would,
   * from the folder of assets. When it throws, the connection is cut before any answer.
   */
  readonly respond: (request: ScriptedRequest) => ScriptedResponse | undefined | Promise<ScriptedResponse | undefined>;
}

/** Plays the project's production hosts: give it to `createSimulator` as `server`. */
export interface ScriptedServer extends LocalServer, AsyncDisposable {
  /** `https://127.0.0.1:<port>`, without a slash at the end. */
  readonly url: string;
  /** In the order of arrival. */
  readonly requests: readonly ScriptedRequest[];
  /** Cuts every connection at once. */
  dispose(): Promise<void>;
}

/**
 * An HTTPS server for what a well-behaved one never does, with a certificate for the project's production hosts.
 *
 * @example
 * await using server = await startScriptedServer({
 *   respond: ({ path }) => (path === "/level-2.pak" ? { status: 500 } : undefined),
 * });
 * await using simulator = await createSimulator({ server });
 */
export async function startScriptedServer(options: ScriptedServerOptions): Promise<ScriptedServer> {
  const { respond } = options;
  const loaded = withAssets(await loadProject(options.project), options.assets);
  const config = loaded.config.simulate?.server;
  const own = typeof config === "object" ? config : {};
  const hosts = [...new Set([...productionHosts(loaded), ...(own.hosts ?? [])])];
  const certificates = await mkdtemp(join(tmpdir(), "ba-extension-server-"));
  const disposals = [() => rm(certificates, { recursive: true, force: true })];
  const dispose = async (): Promise<void> => {
    for (let end; (end = disposals.pop());) await end();
  };
  try {
    const tls = await createCertificateAuthority(certificates, hosts);
    // Without a folder of assets, and with a server of the user's own, everything is the script's to answer.
    const assets =
      typeof config !== "string" && existsSync(assetDirectory(loaded, own))
        ? await serveProject(loaded, own, { certificates })
        : null;
    if (assets) disposals.push(() => assets.dispose());
    const server = await startServer({
      tls,
      respond: async (request) =>
        (await respond(request)) ?? (assets ? await forward(request, assets) : missing(request)),
    });
    disposals.push(() => server.dispose());
    const { port, url, requests } = server;
    return { port, ca: tls.caPem, hosts, url, requests, dispose, [Symbol.asyncDispose]: dispose };
  } catch (error) {
    await dispose();
    throw error;
  }
}

const missing = ({ path }: ScriptedRequest): ScriptedResponse => ({
  status: 404,
  body: `respond() gave no answer for ${path}, and the project has no assets to serve.\n`,
});

/** The answer of the project's own server, passed on while it comes. */
async function forward(
  { method, path, headers }: ScriptedRequest,
  { port, tls }: ProjectServer,
): Promise<ScriptedResponse> {
  const sent = send({ host: "127.0.0.1", port, ca: tls.caPem, method, path, headers, agent: false }).end();
  const [response] = (await once(sent, "response")) as [IncomingMessage];
  const { connection: _, "transfer-encoding": __, "content-length": length, ...passed } = response.headers;
  return {
    status: response.statusCode ?? 500,
    headers: Object.fromEntries(
      Object.entries(passed).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
    ),
    contentLength: length === undefined ? null : Number(length),
    body: response,
  };
}
