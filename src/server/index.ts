/**
 * The HTTPS server that plays a project's production hosts on 127.0.0.1, with a certificate authority of its own.
 * @module
 */
export { startAssetServer, type AssetServer, type AssetServerOptions } from "./asset-server.js";
export type { BasicAuthentication } from "./basic-authentication.js";
export { createCertificateAuthority, type Certificates } from "./certificate-authority.js";
export type { TlsIdentity } from "./https-listener.js";
export { openAssetFolder, type AssetFolder } from "./asset-folder.js";
export { createManifestSource, type GeneratedManifest } from "./manifest.js";
export { assetDirectory, productionHosts, serveProject, type ProjectServer } from "./project-server.js";
export type { RequestRecord } from "./request-record.js";
export { fileResponse, type ScriptedFileOptions } from "./scripted-file.js";
export {
  startScriptedServer,
  type ScriptedRequest,
  type ScriptedResponse,
  type ScriptedServer,
  type ScriptedServerOptions,
} from "./scripted-server.js";
