import type { SecureURL, URLRequest } from "./request.js";

/**
 * Order among this app's own downloads; higher first. Names, because Apple publishes no numbers for
 * `BADownload.Priority`: only their order means something.
 */
export type DownloadPriority = "min" | "default" | "max";

/** Input of `urlDownload`. */
export interface URLDownloadOptions<URL extends string = string> {
  /** Names the asset across app and extension. Unique among the downloads of one answer. */
  readonly identifier: string;
  /** What to load: an `https:` URL, or a request with method, headers and network policy. */
  readonly request: SecureURL<URL> | URLRequest<URL>;
  /**
   * Exact size of the transferred file, in bytes. The system fails a download whose file has another size
   * (`BAURLDownload.h`), and counts it against the allowances before the app's first launch.
   */
  readonly fileSize: number;
  /**
   * Blocks the app's launch during install and update. Permitted only in the answer to those two content
   * requests (`context.essentialAllowed`). Defaults to `false`.
   */
  readonly essential?: boolean;
  /** Defaults to `"default"`. */
  readonly priority?: DownloadPriority;
  /** Defaults to the `applicationGroupIdentifier` of `ba.config.ts`. */
  readonly applicationGroupIdentifier?: string;
}

declare const brand: unique symbol;

/** A download to schedule, made by `urlDownload` only. The counterpart of Apple's `BAURLDownload`. */
export interface URLDownload {
  readonly [brand]: "URLDownload";
  readonly identifier: string;
  readonly request: URLRequest;
  readonly fileSize: number;
  readonly essential: boolean;
  readonly priority: DownloadPriority;
  readonly applicationGroupIdentifier?: string;
}

/** `BADownload.State`. */
export type DownloadState = "failed" | "created" | "waiting" | "downloading" | "finished";

/** What is known of a download that the system has. */
export interface DownloadRecord {
  /**
   * `"url"`: scheduled by this app. `"manifest"`: the system's own download of `BAManifestURL`.
   * `"other"`: a kind that this version does not know.
   */
  readonly kind: "url" | "manifest" | "other";
  readonly identifier: string;
  /** UUID of this download object, made by the system. */
  readonly uniqueIdentifier: string;
  readonly essential: boolean;
  readonly priority: DownloadPriority;
  readonly state: DownloadState;
}

/**
 * A download the system tells the handler about: a handle, usable after the callback too. The counterpart of a received
 * `BADownload`; what it was made of (URL, size) cannot be read back.
 */
export interface Download extends DownloadRecord {
  /** The same download, not essential any more: for `downloadManager.schedule` after an essential one failed. */
  removingEssential(): Download;
}

/** Makes a handle of what a message says of a download. */
export const toDownload = (record: DownloadRecord): Download => ({
  ...record,
  removingEssential: () => toDownload({ ...record, essential: false }),
});
