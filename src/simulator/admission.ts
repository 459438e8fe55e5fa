import type { AppInfoPlist } from "../config/index.js";
import type { URLDownloadMessage } from "../protocol/values.js";
import type { DownloadError } from "../sdk/index.js";
import { baError } from "./errors.js";
import type { InstalledApp } from "./state-schema.js";

/** Bytes that may still be scheduled; null for unrestricted. */
export interface Allowances {
  readonly essential: number | null;
  readonly nonEssential: number | null;
}

export interface Admission {
  /** In the order of transfer. */
  readonly essential: readonly URLDownloadMessage[];
  readonly nonEssential: readonly URLDownloadMessage[];
  readonly refused: readonly { readonly download: URLDownloadMessage; readonly error: DownloadError }[];
}

type App = Pick<InstalledApp, "launched" | "scheduled">;

/** What is left of the allowances, as `BAAppExtensionInfo` tells it. */
export function remainingAllowances(app: App, plist: AppInfoPlist): Allowances {
  const restrictions = app.launched ? undefined : plist.BAInitialDownloadRestrictions;
  const left = (allowance: number | undefined, used: number): number => Math.max(0, (allowance ?? 0) - used);
  return {
    essential: restrictions ? left(restrictions.BAEssentialDownloadAllowance, app.scheduled.essential) : null,
    nonEssential: restrictions ? left(restrictions.BADownloadAllowance, app.scheduled.nonEssential) : null,
  };
}

/** Sorts an answer into what runs and what the system refuses, and counts what runs against the allowances. */
export function admit(
  downloads: readonly URLDownloadMessage[],
  app: App,
  plist: AppInfoPlist,
  options: { readonly essentialAllowed: boolean },
): Admission {
  const refused: { download: URLDownloadMessage; error: DownloadError }[] = [];
  const admitted = byTransferOrder(downloads).filter((download) => {
    const error = admitOne(download, app, plist, options);
    if (error) refused.push({ download, error });
    return !error;
  });
  return {
    essential: admitted.filter((download) => download.essential),
    nonEssential: admitted.filter((download) => !download.essential),
    refused,
  };
}

/** Refuses a download, or counts it against the allowances. */
export function admitOne(
  download: URLDownloadMessage,
  app: App,
  plist: AppInfoPlist,
  options: { readonly essentialAllowed: boolean },
): DownloadError | null {
  const error = refusal(download, app, plist, options.essentialAllowed);
  if (!error) app.scheduled[download.essential ? "essential" : "nonEssential"] += download.fileSize;
  return error;
}

const rank = { max: 0, default: 1, min: 2 } as const;

/** Rules `essential-first`, `priority-order`, `one-transfer`. */
function byTransferOrder(downloads: readonly URLDownloadMessage[]): URLDownloadMessage[] {
  return [...downloads].sort(compareTransfers);
}

/** Negative where `a` is loaded before `b`. */
export function compareTransfers(a: URLDownloadMessage, b: URLDownloadMessage): number {
  return Number(b.essential) - Number(a.essential) || rank[a.priority] - rank[b.priority];
}

/** Rules `essential-elsewhere`, `restriction-codes`. */
function refusal(
  download: URLDownloadMessage,
  app: App,
  plist: AppInfoPlist,
  essentialAllowed: boolean,
): DownloadError | null {
  if (download.essential && !essentialAllowed) {
    return baError(
      "downloadEssentialDownloadNotPermitted",
      "Essential downloads are permitted on install and update only.",
    );
  }
  if (app.launched || !plist.BAInitialDownloadRestrictions) return null;

  const host = new URL(download.request.url).hostname;
  const allowed = plist.BAInitialDownloadRestrictions.BADownloadDomainAllowList ?? [];
  if (!allowed.some((pattern) => matchesDomain(host, pattern))) {
    return baError(
      "sessionDownloadDisallowedByDomain",
      `${host} is not in BADownloadDomainAllowList, which holds until the app's first launch.`,
    );
  }
  const left = remainingAllowances(app, plist)[download.essential ? "essential" : "nonEssential"];
  if (left === null || download.fileSize <= left) return null;
  const key = download.essential ? "BAEssentialDownloadAllowance" : "BADownloadAllowance";
  return left === 0
    ? baError("sessionDownloadDisallowedByAllowance", `${key} is used up.`)
    : baError("downloadWouldExceedAllowance", `${download.fileSize} bytes exceed the ${left} that ${key} has left.`);
}

/** Rule `wildcard-domain`. */
function matchesDomain(host: string, pattern: string): boolean {
  return pattern.startsWith("*.") ? host.endsWith(pattern.slice(1)) : host === pattern.toLowerCase();
}
