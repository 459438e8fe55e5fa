import type { GuestError } from "../protocol/guest.js";
import type { Diagnostic, SystemReply } from "../protocol/system.js";
import type { DownloadRecord } from "../sdk/download.js";
import { relativeToContainer } from "./container.js";
import { forgetDownload } from "./download-table.js";
import type { Settled } from "./settled.js";
import { maximumOffers } from "./sidecar.js";
import { endStay, type StagedFile } from "./staging.js";

export interface SettledFile {
  readonly file: Settled;
  readonly note: { readonly severity: Diagnostic["severity"]; readonly error: GuestError } | null;
}

/**
 * Ends the staging of a file: claimed files have left, files that a handler gave up go, and those of a handler that
 * failed, or asked for it, stay.
 */
export async function settleFile(
  file: StagedFile,
  outcome: SystemReply["outcome"],
  container: string,
): Promise<SettledFile> {
  const { download, path, stagedAt } = file;
  const end = async (settled: Settled): Promise<void> => {
    await forgetDownload(container, download, stagedAt);
    await endStay(container, path, download.uniqueIdentifier, settled);
  };
  const claim = await file.claim;
  if (claim) {
    const claimed = { kind: "claimed", path: relativeToContainer(container, claim.path), bytes: claim.bytes } as const;
    await end(claimed);
    return { file: claimed, note: null };
  }
  const asked = outcome === "answered" && file.kept;
  if (asked || (outcome !== "answered" && outcome !== "notImplemented")) return keptFile(file, container, asked);
  const deleted = { kind: "deleted" } as const;
  await end(deleted);
  return { file: deleted, note: notClaimed(download, outcome) };
}

/** A file whose message came before, to a process or a system that was killed then. */
export function settledEarlier(download: DownloadRecord, file: Settled): SettledFile {
  if (file.kind !== "claimed") return { file, note: notClaimed(download, "answered") };
  const message = `${nameOf(download)} was moved to ${file.path} already, before the system or the extension was killed.`;
  return { file, note: { severity: "info", error: { code: "BA_FILE_CLAIMED_EARLIER", message } } };
}

/** @param asked whether the handler asked for it; else it failed */
export function keptFile(file: StagedFile, container: string, asked = false): SettledFile {
  const kept = { kind: "kept", path: relativeToContainer(container, file.path), bytes: file.bytes } as const;
  if (file.attempt >= maximumOffers) {
    const message = `${nameOf(file.download)} was offered ${file.attempt} times and is offered no more. It stays in staging until the system purges it.`;
    return { file: kept, note: { severity: "warning", error: { code: "BA_FILE_UNCLAIMED", message } } };
  }
  const why = asked ? "asked for it" : "failed";
  const message = `${nameOf(file.download)} stays in staging, because downloadFinished ${why}.`;
  return { file: kept, note: { severity: "info", error: { code: "BA_FILE_KEPT", message } } };
}

function notClaimed(download: DownloadRecord, outcome: "answered" | "notImplemented"): SettledFile["note"] {
  const error =
    outcome === "answered"
      ? {
          message: `${nameOf(download)} was deleted: downloadFinished returned without moving or keeping it.`,
          hint: "Await file.moveTo(path), or file.keep(), before the callback returns.",
        }
      : {
          message: `${nameOf(download)} was deleted: the handler has no downloadFinished.`,
          hint: "Add downloadFinished, and await file.moveTo(path) in it.",
        };
  return { severity: "warning", error: { code: "BA_FILE_NOT_CLAIMED", ...error } };
}

const nameOf = ({ identifier }: DownloadRecord): string => `The file of download ${JSON.stringify(identifier)}`;
