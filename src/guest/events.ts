import type { GuestEvent, GuestReply } from "../protocol/guest.js";
import type { ChallengeAnswer } from "../sdk/challenge.js";
import type { DownloaderExtension } from "../sdk/define.js";
import type { Host } from "../sdk/host.js";
import type { Native } from "./native.js";
import { checkChallengeAnswer } from "./challenge.js";
import { emitDownloads } from "./downloads.js";
import { invalidResult } from "./errors.js";
import { openFile, openStagedFile, type Scope } from "./reader.js";

/**
 * Runs the callback of one event, which the caller has found present. Rejects with what the callback threw, or with
 * the rule that its result broke. `number` is the runtime's number of the event.
 */
export async function answer(
  number: number,
  { kind, ...event }: GuestEvent,
  handler: DownloaderExtension,
  native: Native,
  call: Host["call"],
  scope: Scope,
): Promise<GuestReply> {
  // Called as a method, whose `this` is the handler; the arguments are those that `DownloaderExtension` declares.
  const run = (...values: unknown[]): unknown =>
    (handler as Record<string, (...values: unknown[]) => unknown>)[kind]!(...values);
  let value: ChallengeAnswer | null = null;
  if ("manifest" in event) {
    const manifest = openFile("The manifest", event.manifest, native, scope);
    await emitDownloads(native, number, event, run({ ...event, manifest }));
  } else if ("challenge" in event) {
    value = checkChallengeAnswer(await run(event.challenge, event.download));
  } else {
    const values =
      "file" in event
        ? [event.download, openStagedFile(event, native, call, scope)]
        : "error" in event
          ? [event.download, event.error]
          : [];
    // The result means nothing, with one exception: the body of a generator has not run at all.
    if (Object(await run(...values)).next) throw invalidResult(kind, "nothing, not a generator");
  }
  return { status: "fulfilled", value };
}
