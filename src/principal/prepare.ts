import { stat } from "node:fs/promises";
import type { GuestError, GuestEvent } from "../protocol/guest.js";
import type { SystemMessage } from "../protocol/system.js";
import { errorNumber } from "./files.js";
import { keptFile, settledEarlier, type SettledFile } from "./settle-file.js";
import { takeOver, type StagedFile } from "./staging.js";

/** A message as the guest will hear it, or why it will not. */
export type Prepared =
  | { readonly kind: "ready"; readonly event: GuestEvent; readonly file: StagedFile | null }
  | { readonly kind: "impossible"; readonly error: GuestError }
  /** Nothing is left to do with its file. */
  | { readonly kind: "settled"; readonly outcome: "answered" | "failed"; readonly settled: SettledFile };

/** `BAContentRequest`; essential downloads are permitted in answers to the first two only. */
const contentRequests = new Map<number, Extract<GuestEvent, { kind: "downloads" }>["contentRequest"]>([
  [1, "install"],
  [2, "update"],
  [3, "periodic"],
  [4, "languageChange"],
]);

/**
 * Turns a message of the system into an event of the guest. Takes a finished file over from the system.
 *
 * @param now milliseconds since 1970
 */
export async function prepare(message: SystemMessage, container: string, now: number): Promise<Prepared> {
  switch (message.kind) {
    case "contentRequest":
      return prepareContentRequest(message);
    case "downloadFinished":
      return prepareFinished(message, container, now);
    case "challenge":
      return ready({ kind: "didReceiveChallenge", challenge: message.challenge, download: message.download });
    case "downloadFailed":
    case "extensionWillTerminate":
    case "shouldDownload":
      return ready(message);
  }
}

const ready = (event: GuestEvent, file: StagedFile | null = null): Prepared => ({
  kind: "ready",
  event,
  file,
});

/** What is told of a staged file: to the handler of its download. */
export function finishedEvent({ download, path, bytes, token, attempt }: StagedFile): GuestEvent {
  return { kind: "downloadFinished", download, file: { path, size: bytes, token, attempt } };
}

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
      manifest: { path: manifestPath, size, token: "manifest" },
      info: extensionInfo,
    });
  } catch (error) {
    return missing(error, "BA_MANIFEST_MISSING", "The manifest that the system handed over");
  }
}

async function prepareFinished(
  { download, path }: Extract<SystemMessage, { kind: "downloadFinished" }>,
  container: string,
  now: number,
): Promise<Prepared> {
  const what = `The file of download ${JSON.stringify(download.identifier)}`;
  try {
    const taken = await takeOver(container, download, path, now);
    switch (taken.kind) {
      case "staged":
        return ready(finishedEvent(taken.file), taken.file);
      case "settled":
        return { kind: "settled", outcome: "answered", settled: settledEarlier(download, taken.file) };
      case "exhausted":
        return { kind: "settled", outcome: "failed", settled: keptFile(taken.file, container) };
      case "gone":
        return impossible("BA_FILE_MISSING", what, "ENOENT");
    }
  } catch (error) {
    return missing(error, "BA_FILE_MISSING", what);
  }
}

function missing(error: unknown, code: string, what: string): Prepared {
  const number = errorNumber(error);
  if (number === undefined) throw error;
  return impossible(code, what, number);
}

function impossible(code: string, what: string, number: string): Prepared {
  const why = number === "ENOENT" ? "is gone: the system may have purged it" : `cannot be taken over (${number})`;
  return { kind: "impossible", error: { code, message: `${what} ${why}. The handler was not called.` } };
}
