import { callbacksOf, type GuestError } from "../protocol/guest.js";
import type { Mode } from "../protocol/values.js";
import { didYouMean } from "../diagnostics/index.js";

/** The way out of each error of the guest, which sends none: bundles stay small. */
export const hints: { readonly [code: string]: string } = {
  BA_HANDLER_NOT_OBJECT: "Write `export default defineDownloaderExtension({ … })`.",
  BA_HANDLER_NOT_FUNCTION: "Make it a function, or leave it out.",
  BA_HANDLER_NOT_BOOLEAN: "Write `concurrent: true`, or leave it out.",
  BA_HANDLER_RESULT_INVALID:
    "`downloads` returns an array or an iterable of urlDownload(…), or [] for none; `didReceiveChallenge` one of useCredential(), performDefaultHandling(), cancelChallenge(), rejectProtectionSpace(); `shouldDownload` true or false; the others nothing.",
  BA_DOWNLOAD_INVALID:
    "Make downloads with urlDownload({ identifier, request, fileSize }); Background Assets loads over HTTPS only.",
  BA_DUPLICATE_IDENTIFIER: "An identifier names one asset: give each download of an answer its own.",
  BA_ESSENTIAL_NOT_ALLOWED:
    "Only install and update permit essential downloads: write `essential: context.essentialAllowed`.",
  BA_MALFORMED_JSON: "Correct the file on the server; text() and bytes() read files that are not JSON.",
  BA_FILE_NOT_UTF8: "Correct the file on the server; bytes() reads files that are not text.",
  BA_FILE_UNREADABLE: "The system may have purged the file: storage.stat() tells whether it is there.",
  BA_FILE_TOO_LARGE: "Read it in parts, with items() or get().",
  BA_POINTER_NOT_FOUND: 'Look at the file: `items` takes a JSON Pointer to an array or object, such as "/assets".',
  BA_POINTER_INVALID: 'A JSON Pointer is "" or begins with "/"; in it, "~0" stands for "~" and "~1" for "/".',
  BA_ITEM_READ_ONLY: "Copy the item first: { ...item }.",
  BA_READER_CLOSED: "Read the file before moveTo(), and await everything before the callback returns.",
  BA_EVENT_ENDED: "Await everything that needs the file before the callback returns.",
  BA_FILE_PURGED: "Schedule the download again, if the app needs its file.",
  BA_FILE_UNCLAIMED: "storage.unclaimed() lists such files. Schedule the download again, if the app needs its file.",
  BA_EXCLUSIVE_CONTROL: "Keep the file for later with file.keep(), or wait with a later `before`; do not nest it.",
  BA_SYSTEM_REFUSED: "Catch the error: its `systemError` says why, for example downloadAlreadyScheduled.",
  BA_NATIVE_FAILED: "Look at the function that the app registered, or at `simulate.nativeFunctions` in ba.config.ts.",
};

/** The error with its way out: its own, or the one that its code has. */
export function withHint(error: GuestError, mode: Mode): GuestError {
  const hint = error.hint ?? hintOf(error, mode);
  return hint === undefined ? error : { ...error, hint };
}

function hintOf({ code, message }: GuestError, mode: Mode): string | undefined {
  if (code !== "BA_HANDLER_UNKNOWN_KEY") return hints[code];
  const [, key = ""] = /"(.*)"/.exec(message) ?? [];
  return unknownCallbackHint(key, mode);
}

/** The way out of a key of the handler that is no callback of its mode. */
export function unknownCallbackHint(key: string, mode: Mode): string {
  const callbacks = callbacksOf[mode];
  const meant = didYouMean(key, [...callbacks, "concurrent"]);
  return meant === undefined
    ? `A handler of mode "${mode}" may have ${callbacks.join(", ")}.`
    : `Did you mean "${meant}"?`;
}
