import { once } from "node:events";
import type { Socket } from "node:net";
import { answer, refuse, type FindContent } from "./answer.js";
import { openAssetFolder, type AssetFolder } from "./asset-folder.js";
import type { BasicAuthentication } from "./basic-authentication.js";
import { fileContent } from "./content.js";
import { listenHttps, type TlsIdentity } from "./https-listener.js";
import { createManifestSource } from "./manifest.js";
import { createPace, type Pace } from "./pace.js";
import { startRecord, type LiveRecord, type RequestRecord } from "./request-record.js";

export interface AssetServerOptions {
  /** Folder whose files are served, below `/`. Read anew for each request. */
  readonly directory: string;
  /** URL path of the manifest. A file of the folder at that path is served; without one, it is made from the folder. */
  readonly manifestPath: string;
  /** Scheme and host of the assets' production URLs, for the manifest that is made: `https://assets.example.com`. */
  readonly origin: string;
  readonly tls: TlsIdentity;
  readonly basicAuthentication?: BasicAuthentication | undefined;
  /** Throttles each connection. */
  readonly bytesPerSecond?: number | undefined;
  /** Told when a response has ended or was cut. */
  readonly onRequest?: ((request: RequestRecord) => void) | undefined;
}

export interface AssetServer {
  readonly port: number;
  /** `https://127.0.0.1:<port>`, without a slash at the end. */
  readonly url: string;
  /** In the order of arrival; a record that is still being answered changes. */
  readonly requests: readonly RequestRecord[];
  /** Cuts every connection at once; afterwards no file is open and `onRequest` is not called. May be called again. */
  dispose(): Promise<void>;
}

/**
 * Serves a folder over HTTPS on 127.0.0.1, under whichever host name the request has: with ranges, entity tags and
 * exact lengths, as a content delivery network does.
 *
 * @throws UserError `BA_ASSETS_NOT_FOUND`
 */
export async function startAssetServer(options: AssetServerOptions): Promise<AssetServer> {
  const folder = await openAssetFolder(options.directory);
  const find = contentFinder(folder, options);
  const paceOf = createPaces(options.bytesPerSecond);
  const authentication = options.basicAuthentication;
  const requests: LiveRecord[] = [];
  const running = new Set<Promise<unknown>>();

  const listener = await listenHttps(options.tls, (request, response) => {
    const record = startRecord(request, authentication);
    requests.push(record);
    const closed = once(response, "close").then(() => options.onRequest?.(record));
    const pace = paceOf(request.socket);
    const answered = answer({ request, response, record, find, authentication, pace }).catch(() => {
      // That the client left needs no answer; anything else is a 500, as long as nothing was said yet.
      if (response.headersSent || response.destroyed) response.destroy();
      else refuse(response, record, 500, "The file could not be read.");
    });
    const done = Promise.all([closed, answered]).finally(() => running.delete(done));
    running.add(done);
  });

  return {
    port: listener.port,
    url: `https://127.0.0.1:${listener.port}`,
    requests,
    async dispose() {
      await listener.dispose();
      await Promise.all(running);
    },
  };
}

function createPaces(bytesPerSecond: number | undefined): (socket: Socket) => Pace | null {
  const paces = new WeakMap<Socket, Pace>();
  return (socket) => {
    if (bytesPerSecond === undefined) return null;
    const pace = paces.get(socket) ?? createPace(bytesPerSecond);
    paces.set(socket, pace);
    return pace;
  };
}

function contentFinder(folder: AssetFolder, { manifestPath, origin }: AssetServerOptions): FindContent {
  const manifest = createManifestSource(folder, origin);
  return async (path) => {
    const file = await folder.find(path);
    if (file) return fileContent(file.realPath, file.stat);
    return path === manifestPath ? manifest() : null;
  };
}
