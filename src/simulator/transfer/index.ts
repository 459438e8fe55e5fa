/**
 * The system's URL loading: real HTTPS transfers under production URLs, with challenges, resumption and exact sizes.
 * @module
 */
export { createCredentialCache, type CredentialCache } from "./credential-cache.js";
export {
  createHostConnections,
  type HostConnections,
  type HostConnectionsOptions,
  type HostTarget,
} from "./host-connections.js";
export type { PartialFile } from "./partial-file.js";
export { transfer, type TransferOptions, type TransferResult } from "./transfer.js";
