import type { GuestEvent, GuestEventKind } from "../protocol/guest.js";
import type { DownloaderExtension } from "../sdk/define.js";
import { toDownload } from "../sdk/download.js";
import { BAError } from "../sdk/errors.js";
import { emitDownloads } from "./downloads.js";
import { resultInvalid } from "./errors.js";
import { stringify } from "./json.js";
import { openFile, type Scope } from "./reader.js";

/** An event, with the fields of every kind of it: which are there says what it is about. */
type AnyEvent = { readonly kind: GuestEventKind } & {
  readonly [Name in "manifest" | "challenge" | "download" | "error" | "file"]?: Extract<
    GuestEvent,
    Record<Name, unknown>
  >[Name];
};

type Callbacks = Record<string, ((...values: unknown[]) => unknown) | undefined>;

/**
 * Runs the callback of one event, and gives the JSON of a `guestReply`. Rejects with what the callback threw, or with
 * the rule that its result broke; whether an answer to a challenge is one, the principal class says. `number` is the
 * runtime's number of the event.
 */
export const answer = async (
  number: number,
  { kind, ...event }: AnyEvent,
  handler: DownloaderExtension,
  scope: Scope,
): Promise<string> => {
  if (!handler[kind]) return '{"status":"notImplemented"}';
  const { manifest, challenge, download, error, file } = event;
  const handle = download && toDownload(download);
  // Called as a method, whose `this` is the handler; the arguments are those that `DownloaderExtension` declares.
  const result = await (handler as Callbacks)[kind]!(
    ...(manifest
      ? [{ ...event, manifest: openFile("The manifest", manifest, scope) }]
      : challenge
        ? [challenge, handle]
        : [handle, file ? openFile(`The file of "${handle!.identifier}"`, file, scope) : error]),
  );
  if (manifest) {
    await emitDownloads(number, result as never);
  } else if (!challenge && typeof Object(result).next === "function") {
    // The result means nothing, with this one exception: the body of a generator has not run at all.
    throw new BAError(resultInvalid, `${kind} must return nothing, not a generator.`);
  }
  return stringify({ status: "fulfilled", value: challenge && result });
};
