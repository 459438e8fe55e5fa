/**
 * What a handler imports from `ba-extension`: ES2022, no engine, no Node.
 * @module
 */
export {
  defineDownloaderExtension,
  defineManagedDownloaderExtension,
  defineStoreDownloaderExtension,
  type DownloaderExtension,
  type ManagedDownloaderExtension,
  type StoreDownloaderExtension,
} from "./define.js";
export type { AssetPack } from "./asset-pack.js";
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
export type {
  Download,
  DownloadPriority,
  DownloadRecord,
  DownloadState,
  URLDownload,
  URLDownloadOptions,
} from "./download.js";
export { downloadManager, type ExclusiveControlOptions } from "./download-manager.js";
export type { BAErrorName, ErrorName, URLErrorName } from "./error-names.js";
export { BAError, ExclusiveControlError, SystemRefusedError } from "./errors.js";
export type { DownloadError, FinishedFile, MoveOptions, UnclaimedFile } from "./file.js";
export type { BundleInfo, Environment, LogLevel, PropertyList } from "./host.js";
export { native, type NativeFunctions } from "./native.js";
export type { PropertyListValue } from "./property-list.js";
export type { FileReader, Items, JsonValue } from "./reader.js";
export type { CachePolicy, SecureURL, URLRequest } from "./request.js";
export { settings } from "./settings.js";
export { bundle, clock, environment, log, notify } from "./services.js";
export { storage, type FileStat, type StorageOptions, type StoragePlace } from "./storage.js";
