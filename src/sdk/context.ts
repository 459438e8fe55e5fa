import type { URLDownload } from "./download.js";
import type { FileReader } from "./reader.js";

/** `BAContentRequest`. A kind newer than this version arrives as `"unknown"`. */
export type ContentRequest = "install" | "update" | "periodic" | "languageChange" | "unknown";

/** `BAAppExtensionInfo`: bytes that may still be scheduled before the app's first launch. */
export interface AppExtensionInfo {
  /** Non-essential bytes left; `null` means unrestricted (the app has been launched), 0 means none. */
  readonly restrictedDownloadSizeRemaining: number | null;
  /** Essential bytes left; `null` means unrestricted, 0 means none. */
  readonly restrictedEssentialDownloadSizeRemaining: number | null;
}

/** What the system asks for. */
export interface DownloadsContext {
  readonly contentRequest: ContentRequest;
  /** The number behind `contentRequest`, for kinds that this version does not know. */
  readonly contentRequestRawValue: number;
  /** Whether the answer may contain essential downloads: on install and update only. */
  readonly essentialAllowed: boolean;
  /** The file that the system loaded from `BAManifestURL`; gone when the callback has returned. */
  readonly manifest: FileReader;
  readonly info: AppExtensionInfo;
}

type SyncDownloads = readonly URLDownload[] | Iterable<URLDownload>;

/** An array, a promise of one, an iterable, or an async iterable; of an async generator each leaves as it is yielded. */
export type Downloads = SyncDownloads | Promise<SyncDownloads> | AsyncIterable<URLDownload>;
