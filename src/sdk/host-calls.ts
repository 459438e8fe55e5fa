import type { DownloadRecord, URLDownload } from "./download.js";
import type { UnclaimedFile } from "./file.js";
import type { EncodedPropertyListValue } from "./property-list.js";
import type { MappedFile } from "./reader.js";
import type { FileStat, StoragePlace } from "./storage.js";

interface PlacedPath {
  readonly path: string;
  readonly place?: StoragePlace | undefined;
}
interface Token {
  readonly token: string;
}
/** Path of a file in its new place, relative to the container. */
interface Moved {
  readonly path: string;
}
type Nothing = Record<string, never>;

/**
 * Every call from the handler's side to the principal class: name, arguments, result. The one list that guest,
 * principal, messages and Swift share.
 */
export interface HostCalls {
  "file.moveTo": { args: PlacedPath & Token & { readonly exclusive?: boolean | undefined }; result: Moved };
  "file.keep": { args: Token; result: null };
  "file.copyTo": { args: PlacedPath & Token; result: Moved };
  "file.sha256": { args: Token; result: string };
  "storage.stat": { args: PlacedPath; result: FileStat | null };
  "storage.read": { args: PlacedPath; result: string | null };
  "storage.open": { args: PlacedPath; result: MappedFile | null };
  "storage.write": { args: PlacedPath & { readonly text: string }; result: null };
  "storage.list": { args: PlacedPath; result: readonly string[] };
  "storage.move": {
    args: { readonly from: string; readonly to: string; readonly place?: StoragePlace | undefined };
    result: null;
  };
  "storage.remove": { args: PlacedPath; result: null };
  "storage.available": { args: Nothing; result: number };
  "storage.unclaimed": { args: Nothing; result: readonly UnclaimedFile[] };
  "settings.get": { args: { readonly key: string }; result: EncodedPropertyListValue | null };
  /** `null` removes the key. */
  "settings.set": { args: { readonly key: string; readonly value: EncodedPropertyListValue | null }; result: null };
  /** The JSON text that the key's data holds. */
  "settings.getJson": { args: { readonly key: string }; result: string | null };
  "settings.setJson": { args: { readonly key: string; readonly json: string }; result: null };
  "downloadManager.schedule": {
    /** A new download, or the handle of one that the principal class has in its table. */
    args: { readonly download: URLDownload } | { readonly identifier: string; readonly essential: boolean };
    result: DownloadRecord;
  };
  "downloadManager.cancel": { args: { readonly uniqueIdentifier: string }; result: null };
  "downloadManager.currentDownloads": { args: Nothing; result: readonly DownloadRecord[] };
  /** Waits until control is had. `before`: milliseconds since 1970; one that has passed tries once. */
  "downloadManager.acquireExclusiveControl": { args: { readonly before?: number | undefined }; result: null };
  "downloadManager.releaseExclusiveControl": { args: Nothing; result: null };
  "native.call": { args: { readonly name: string; readonly args: unknown }; result: unknown };
  notify: { args: { readonly name: string }; result: null };
}

export type HostCallName = keyof HostCalls;
