/**
 * The system's URL loading: real HTTPS transfers under production URLs, with challenges and exact sizes.
 * @module
 */
export { createCredentialCache, type CredentialCache } from "./credential-cache.js";
export {
  createHostConnections,
  type HostConnections,
  type HostConnectionsOptions,
  type HostTarget,
} from "./host-connections.js";
export { transfer, type TransferOptions, type TransferResult } from "./transfer.js";
