import { stat } from "node:fs/promises";
import type { GuestError, GuestEvent } from "../protocol/guest.js";
import type { SystemMessage } from "../protocol/system.js";
import { errorNumber } from "./files.js";
import { stage, type StagedFile } from "./staging.js";

/** A message as the guest will hear it, or why it cannot. */
export type Prepared =
  | { readonly ok: true; readonly event: GuestEvent; readonly file: StagedFile | null }
  | { readonly ok: false; readonly error: GuestError };

/** `BAContentRequest`; essential downloads are permitted in answers to the first two only. */
const contentRequests = new Map<number, Extract<GuestEvent, { kind: "downloads" }>["contentRequest"]>([
  [1, "install"],
  [2, "update"],
  [3, "periodic"],
  [4, "languageChange"],
]);

/** Turns a message of the system into an event of the guest. Takes a finished file over from the system. */
export async function prepare(message: SystemMessage, container: string): Promise<Prepared> {
  switch (message.kind) {
    case "contentRequest":
      return prepareContentRequest(message);
    case "downloadFinished":
      return prepareFinished(message, container);
    case "challenge":
      return ready({ kind: "didReceiveChallenge", challenge: message.challenge, download: message.download });
    case "downloadFailed":
    case "extensionWillTerminate":
      return ready(message);
  }
}

const ready = (event: GuestEvent, file: StagedFile | null = null): Prepared => ({ ok: true, event, file });

async function prepareContentRequest({
  rawValue,
  manifestPath,
  extensionInfo,
}: Extract<SystemMessage, { kind: "contentRequest" }>): Promise<Prepared> {
  try {
    const { size } = await stat(manifestPath);
    const contentRequest = contentRequests.get(rawValue) ?? "unknown";
    return ready({
      kind: "downloads",
      contentRequest,
      contentRequestRawValue: rawValue,
      essentialAllowed: contentRequest === "install" || contentRequest === "update",
      manifest: { path: manifestPath, size },
      info: extensionInfo,
    });
  } catch (error) {
    return missing(error, "BA_MANIFEST_MISSING", "The manifest that the system handed over");
  }
}

async function prepareFinished(
  { download, path }: Extract<SystemMessage, { kind: "downloadFinished" }>,
  container: string,
): Promise<Prepared> {
  try {
    const file = await stage(container, download, path);
    const { token, bytes, attempt } = file;
    return ready({ kind: "downloadFinished", download, file: { path: file.path, size: bytes, token, attempt } }, file);
  } catch (error) {
    return missing(error, "BA_FILE_MISSING", `The file of download ${JSON.stringify(download.identifier)}`);
  }
}

function missing(error: unknown, code: string, what: string): Prepared {
  const number = errorNumber(error);
  if (number === undefined) throw error;
  const why = number === "ENOENT" ? "is gone: the system may have purged it" : `cannot be taken over (${number})`;
  return { ok: false, error: { code, message: `${what} ${why}. The handler was not called.` } };
}
