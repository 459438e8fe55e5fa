/**
 * What a handler imports from `ba-extension`: ES2022, no engine, no Node.
 * @module
 */
export { defineDownloaderExtension, type DownloaderExtension } from "./define.js";
export { urlDownload } from "./url-download.js";
export {
  cancelChallenge,
  performDefaultHandling,
  rejectProtectionSpace,
  useCredential,
  type AuthenticationChallenge,
  type AuthenticationMethod,
  type ChallengeAnswer,
  type CredentialPersistence,
  type DidReceiveChallenge,
  type PasswordCredential,
  type ProtectionSpace,
} from "./challenge.js";
export type { AppExtensionInfo, ContentRequest, Downloads, DownloadsContext } from "./context.js";
export type { Download, DownloadPriority, DownloadState, URLDownload, URLDownloadOptions } from "./download.js";
export { BAError } from "./errors.js";
export type { DownloadError, FinishedFile } from "./file.js";
export type { BundleInfo, Environment, LogLevel, PropertyList } from "./host.js";
export type { FileReader, JsonValue } from "./reader.js";
export type { CachePolicy, SecureURL, URLRequest } from "./request.js";
export { bundle, clock, environment, log, notify } from "./services.js";
export { storage, type FileStat, type StorageOptions, type StoragePlace } from "./storage.js";
