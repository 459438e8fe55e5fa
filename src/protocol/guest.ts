/**
 * Principal ↔ guest: what the principal class says to JavaScript and what JavaScript answers. Events and
 * replies are JSON texts that the runtime passes through unread; downloads leave one by one, as they are yielded.
 */
import { z } from "zod";
import type { HostCallName } from "../sdk/host-calls.js";
import { challenge, challengeAnswer, count, download, downloadError, extensionInfo } from "./values.js";

/** What the guest is told once, before the first event. */
export const guestConfiguration = z.object({
  mode: z.enum(["unmanaged"]),
  environment: z.object({
    platform: z.enum(["macOS", "iOS", "tvOS", "visionOS"]),
    osVersion: z.string(),
    locale: z.string(),
  }),
  bundle: z.object({
    infoDictionary: z.record(z.string(), z.unknown()),
    appInfoDictionary: z.record(z.string(), z.unknown()),
  }),
  /** Added to the engine's wall clock, in milliseconds: the simulator's clock can be moved. */
  clockOffset: z.number(),
});
export type GuestConfiguration = z.infer<typeof guestConfiguration>;

/** A file that the runtime maps for the guest: absolute path, read-only. */
const mappedFile = z.object({ path: z.string(), size: count });

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
    /** `token` names the staged file in `file.…` host calls; it is void when the event has been answered. */
    file: mappedFile.extend({ token: z.string(), attempt: count }),
  }),
  z.object({ kind: z.literal("extensionWillTerminate") }),
]);
export type GuestEvent = z.infer<typeof guestEvent>;
export type GuestEventKind = GuestEvent["kind"];

/** The keys that a handler may have. */
export const callbackNames: readonly GuestEventKind[] = guestEvent.options.map(({ shape }) => shape.kind.value);

/** An exception as it left the guest. `stack` still speaks of the bundle; `build/` maps it to the user's files. */
export const guestError = z.object({
  code: z.string(),
  message: z.string(),
  hint: z.string().optional(),
  stack: z.string().optional(),
});
export type GuestError = z.infer<typeof guestError>;

/** The answer to one event, exactly once. */
export const guestReply = z.discriminatedUnion("status", [
  /** The callback returned. `value`: a challenge's answer, else null. Downloads have left before this. */
  z.object({ status: z.literal("fulfilled"), value: challengeAnswer.nullable() }),
  z.object({ status: z.literal("rejected"), error: guestError }),
  /** The handler has no such callback: the native default answers. */
  z.object({ status: z.literal("notImplemented") }),
]);
export type GuestReply = z.infer<typeof guestReply>;

/** Every name of `HostCalls`, for run time and for other languages; complete by type. */
export const hostCallNames = [
  "file.moveTo",
  "file.sha256",
  "storage.stat",
  "storage.read",
  "storage.write",
  "storage.list",
  "storage.move",
  "storage.remove",
  "storage.available",
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
