/**
 * Principal ↔ guest: what the principal class says to JavaScript and what JavaScript answers. Events and
 * replies are JSON texts that the runtime passes through unread; downloads leave one by one, as they are yielded.
 */
import { z } from "zod";
import type { HostCallName } from "../sdk/host-calls.js";
import type { MappedFile } from "../sdk/reader.js";
import {
  assetPack,
  bundle,
  challenge,
  count,
  download,
  downloadError,
  environment,
  extensionInfo,
  mode,
  type Mode,
} from "./values.js";

/** What the guest is told once, before the first event. */
export const guestConfiguration = z.object({
  mode,
  /** The callbacks that a handler of this mode may have; the principal class knows them, so that bundles need not. */
  callbacks: z.array(z.string()),
  environment,
  bundle,
  /** Added to the engine's wall clock, in milliseconds: the simulator's clock can be moved. */
  clockOffset: z.number(),
});
export type GuestConfiguration = z.infer<typeof guestConfiguration>;

/**
 * A file that the runtime maps for the guest: absolute path, read-only. `token` names it in `file.…` host calls; it is
 * void when the event has been answered.
 */
export const mappedFile = z.object({
  path: z.string(),
  size: count,
  token: z.string(),
}) satisfies z.ZodType<MappedFile>;

export const guestEvent = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("downloads"),
    contentRequest: z.enum(["install", "update", "periodic", "languageChange", "unknown"]),
    contentRequestRawValue: z.number().int(),
    essentialAllowed: z.boolean(),
    manifest: mappedFile,
    info: extensionInfo,
  }),
  z.object({ kind: z.literal("didReceiveChallenge"), challenge, download }),
  z.object({ kind: z.literal("downloadFailed"), download, error: downloadError }),
  z.object({
    kind: z.literal("downloadFinished"),
    download,
    /** In staging. `attempt`: how often it has been offered, this time included. */
    file: mappedFile.extend({ attempt: count }),
  }),
  z.object({ kind: z.literal("extensionWillTerminate") }),
  z.object({ kind: z.literal("shouldDownload"), assetPack }),
]);
export type GuestEvent = z.infer<typeof guestEvent>;
export type GuestEventKind = GuestEvent["kind"];

/** The callbacks that a handler may have: in the managed modes the rest is the system's bookkeeping. */
export const callbacksOf: Readonly<Record<Mode, readonly GuestEventKind[]>> = {
  unmanaged: ["downloads", "didReceiveChallenge", "downloadFailed", "downloadFinished", "extensionWillTerminate"],
  managed: ["shouldDownload", "didReceiveChallenge"],
  store: ["shouldDownload"],
};

/**
 * An exception as it left the guest. `stack` still speaks of the bundle; `build/` maps it to the user's files. A handler
 * may throw anything: what is of another type than here is made a text, or left out.
 */
export const guestError = z.object({
  code: z.coerce.string(),
  message: z.coerce.string(),
  hint: z.string().optional().catch(undefined),
  stack: z.string().optional().catch(undefined),
  /** With `BA_SYSTEM_REFUSED`: what the system answered. */
  systemError: downloadError.optional().catch(undefined),
});
export type GuestError = z.infer<typeof guestError>;

/** The answer to one event, exactly once. */
export const guestReply = z.discriminatedUnion("status", [
  /**
   * The callback returned. `value`: what `didReceiveChallenge` or `shouldDownload` returned, unchecked (the principal
   * class checks it); absent where that is nothing that JSON has, and for the other callbacks. Downloads have left before
   * this.
   */
  z.object({ status: z.literal("fulfilled"), value: z.unknown().optional() }),
  z.object({ status: z.literal("rejected"), error: guestError }),
  /** The handler has no such callback: the native default answers. */
  z.object({ status: z.literal("notImplemented") }),
]);
export type GuestReply = z.infer<typeof guestReply>;

/** Every name of `HostCalls`, for run time and for other languages; complete by type. */
export const hostCallNames = [
  "file.moveTo",
  "file.keep",
  "file.copyTo",
  "file.sha256",
  "storage.stat",
  "storage.read",
  "storage.open",
  "storage.write",
  "storage.list",
  "storage.move",
  "storage.remove",
  "storage.available",
  "storage.unclaimed",
  "settings.get",
  "settings.set",
  "settings.getJson",
  "settings.setJson",
  "downloadManager.schedule",
  "downloadManager.cancel",
  "downloadManager.currentDownloads",
  "downloadManager.acquireExclusiveControl",
  "downloadManager.releaseExclusiveControl",
  "native.call",
  "notify",
] as const satisfies readonly HostCallName[];
type Missing = Exclude<HostCallName, (typeof hostCallNames)[number]>;
true satisfies [Missing] extends [never] ? true : false;

export const hostCall = z.object({
  name: z.string(),
  args: z.record(z.string(), z.unknown()),
});
export type HostCall = z.infer<typeof hostCall>;

export const hostReply = z.discriminatedUnion("ok", [
  z.object({ ok: z.literal(true), value: z.unknown() }),
  z.object({ ok: z.literal(false), error: guestError }),
]);
export type HostReply = z.infer<typeof hostReply>;
