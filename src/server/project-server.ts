import { resolve } from "node:path";
import { placeOfKey, type AssetServerConfig, type LoadedConfig } from "../config/index.js";
import { UserError } from "../diagnostics/index.js";
import { startAssetServer, type AssetServer, type AssetServerOptions } from "./asset-server.js";
import { createCertificateAuthority, type Certificates } from "./certificate-authority.js";

/** The server of a project's own assets, and the hosts that it plays. */
export interface ProjectServer extends AssetServer {
  readonly hosts: readonly string[];
  readonly tls: Certificates;
}

export interface ProjectServerOptions {
  /** Folder of the certificates. */
  readonly certificates: string;
  readonly onRequest?: AssetServerOptions["onRequest"];
}

/**
 * Serves the folder of assets under the project's production hosts.
 * @throws UserError `BA_ASSETS_NOT_FOUND`, at the key of the configuration that names the folder
 */
export async function serveProject(
  loaded: LoadedConfig,
  server: AssetServerConfig,
  { certificates, onRequest }: ProjectServerOptions,
): Promise<ProjectServer> {
  const manifest = new URL(loaded.config.infoPlist.app.BAManifestURL);
  const hosts = [...new Set([...productionHosts(loaded), ...(server.hosts ?? [])])];
  const tls = await createCertificateAuthority(certificates, hosts);
  const started = await startAssetServer({
    ...server,
    directory: assetDirectory(loaded, server),
    manifestPath: manifest.pathname,
    origin: manifest.origin,
    tls,
    ...(onRequest && { onRequest }),
  }).catch((error: unknown) => {
    if (!(error instanceof UserError)) throw error;
    const { code, message, hint } = error;
    throw new UserError(code, message, {
      hint,
      location: placeOfKey(loaded, "simulate", "server", "directory"),
      cause: error,
    });
  });
  return { ...started, hosts, tls };
}

/** Absolute path of the folder of assets. */
export function assetDirectory({ root }: LoadedConfig, server: AssetServerConfig): string {
  return resolve(root, server.directory ?? "assets");
}

/** The hosts that the app names, without wildcards. */
export function productionHosts({ config }: LoadedConfig): readonly string[] {
  const { BAManifestURL, BAInitialDownloadRestrictions } = config.infoPlist.app;
  const named = BAInitialDownloadRestrictions?.BADownloadDomainAllowList ?? [];
  return [...new Set([new URL(BAManifestURL).hostname, ...named.filter((host) => !host.startsWith("*."))])];
}
