import type { GuestEvent, GuestEventKind } from "../protocol/guest.js";
import type { AssetPack } from "../sdk/asset-pack.js";
import type { DownloaderExtension, ManagedDownloaderExtension } from "../sdk/define.js";
import { toDownload } from "../sdk/download.js";
import { BAError } from "../sdk/errors.js";
import { emitDownloads } from "./downloads.js";
import { resultInvalid } from "./errors.js";
import { parse, stringify } from "./json.js";
import { openFile, type Scope } from "./reader.js";

/** An event, with the fields of every kind of it: which are there says what it is about. */
type AnyEvent = { readonly kind: GuestEventKind } & {
  readonly [Name in "manifest" | "challenge" | "download" | "error" | "file" | "assetPack"]?: Extract<
    GuestEvent,
    Record<Name, unknown>
  >[Name];
};

/** A handler of any mode: `checkHandler` has seen that it has the callbacks of its own only. */
export type Handler = DownloaderExtension & ManagedDownloaderExtension;

type Callbacks = Record<string, ((...values: unknown[]) => unknown) | undefined>;

/**
 * Runs the callback of one event, and gives the JSON of a `guestReply`. Rejects with what the callback threw, or with
 * the rule that its result broke; whether an answer that the system waits for is one, the principal class says.
 * `number` is the runtime's number of the event.
 */
export const answer = async (
  number: number,
  { kind, ...event }: AnyEvent,
  handler: Handler,
  scope: Scope,
): Promise<string> => {
  if (!handler[kind]) return '{"status":"notImplemented"}';
  const { manifest, challenge, download, error, file, assetPack } = event;
  const subject = assetPack
    ? ({
        ...assetPack,
        userInfoText: assetPack.userInfo,
        // Read, and perhaps found wrong, only when it is asked for. `null` is JSON, too.
        userInfo: () => parse(`${assetPack.userInfo}`),
      } satisfies AssetPack)
    : download && toDownload(download);
  // Called as a method, whose `this` is the handler; the arguments are those that `Handler` declares.
  const result = await (handler as Callbacks)[kind]!(
    ...(manifest
      ? [{ ...event, manifest: openFile("The manifest", manifest, scope) }]
      : challenge
        ? [challenge, subject]
        : [subject, file ? openFile(`The file of "${download!.identifier}"`, file, scope) : error]),
  );
  if (manifest) {
    await emitDownloads(number, result as never);
  } else if (typeof Object(result).next === "function") {
    // Whatever else the result is or means, the body of a generator has not run at all.
    throw new BAError(resultInvalid, `${kind} must not be a generator.`);
  }
  return stringify({ status: "fulfilled", value: (challenge ?? assetPack) && result });
};
