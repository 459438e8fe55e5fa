import { callbackNames, type GuestError } from "../protocol/guest.js";
import { didYouMean } from "../diagnostics/index.js";

/** The way out of each error of the guest, which sends none: bundles stay small. */
const hints: { readonly [code: string]: string } = {
  BA_HANDLER_NOT_OBJECT: "Write `export default defineDownloaderExtension({ … })`.",
  BA_HANDLER_NOT_FUNCTION: "Make it a function, or leave it out.",
  BA_HANDLER_RESULT_INVALID:
    "`downloads` returns an array or an iterable of urlDownload(…), or [] for none; `didReceiveChallenge` one of useCredential(), performDefaultHandling(), cancelChallenge(), rejectProtectionSpace(); the others nothing.",
  BA_DOWNLOAD_INVALID:
    "Make downloads with urlDownload({ identifier, request, fileSize }); Background Assets loads over HTTPS only.",
  BA_DUPLICATE_IDENTIFIER: "An identifier names one asset: give each download of an answer its own.",
  BA_ESSENTIAL_NOT_ALLOWED:
    "Only install and update permit essential downloads: write `essential: context.essentialAllowed`.",
  BA_MALFORMED_JSON: "Correct the file on the server; text() and bytes() read files that are not JSON.",
  BA_READER_CLOSED: "Read the file before moveTo(), and await everything before the callback returns.",
  BA_EVENT_ENDED: "Await everything that needs the file before the callback returns.",
};

/** The error with its way out: its own, or the one that its code has. */
export function withHint(error: GuestError): GuestError {
  const hint = error.hint ?? hintOf(error);
  return hint === undefined ? error : { ...error, hint };
}

function hintOf({ code, message }: GuestError): string | undefined {
  if (code !== "BA_HANDLER_UNKNOWN_KEY") return hints[code];
  const [, key = ""] = /"(.*)"/.exec(message) ?? [];
  return unknownCallbackHint(key);
}

/** The way out of a key of the handler that is no callback. */
export function unknownCallbackHint(key: string): string {
  const meant = didYouMean(key, callbackNames);
  return meant === undefined ? `The callbacks are ${callbackNames.join(", ")}.` : `Did you mean "${meant}"?`;
}
