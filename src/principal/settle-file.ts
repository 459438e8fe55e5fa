import type { GuestError } from "../protocol/guest.js";
import type { Diagnostic, SystemReply } from "../protocol/system.js";
import { relativeToContainer } from "./container.js";
import { forgetDownload } from "./download-table.js";
import { keep, release, type StagedFile } from "./staging.js";

export interface SettledFile {
  readonly file: NonNullable<SystemReply["file"]>;
  readonly note: { readonly severity: Diagnostic["severity"]; readonly error: GuestError } | null;
}

/**
 * Ends the staging of a file: claimed files have left, files that a handler gave up go, and those of a handler that
 * failed stay.
 */
export async function settleFile(
  file: StagedFile,
  outcome: SystemReply["outcome"],
  container: string,
): Promise<SettledFile> {
  const { identifier } = file.download;
  const name = `The file of download ${JSON.stringify(identifier)}`;
  const claim = await file.claim;
  if (claim) {
    await release(file);
    await forgetDownload(container, identifier);
    return {
      file: { kind: "claimed", path: relativeToContainer(container, claim.path), bytes: claim.bytes },
      note: null,
    };
  }
  if (outcome === "answered" || outcome === "notImplemented") {
    await release(file);
    await forgetDownload(container, identifier);
    const error =
      outcome === "answered"
        ? {
            message: `${name} was deleted: downloadFinished returned without moving it.`,
            hint: "Await file.moveTo(path) before the callback returns.",
          }
        : {
            message: `${name} was deleted: the handler has no downloadFinished.`,
            hint: "Add downloadFinished, and await file.moveTo(path) in it.",
          };
    return {
      file: { kind: "deleted" },
      note: { severity: "warning", error: { code: "BA_FILE_NOT_CLAIMED", ...error } },
    };
  }
  await keep(container, file);
  const error = { code: "BA_FILE_KEPT", message: `${name} stays in staging, because downloadFinished failed.` };
  return {
    file: { kind: "kept", path: relativeToContainer(container, file.path), bytes: file.bytes },
    note: { severity: "info", error },
  };
}
