/**
 * System ↔ extension process with a principal class of its own (the host `swift`): what the simulated system and the
 * process say to each other, as frames on fds 3 and 4 (`frames.ts` has the bytes). The child speaks first with `hello`;
 * the parent sends `launch`, and after `launched` messages.
 */
import { z } from "zod";
import { helloFrame, pingFrame, pongFrame, protocolErrorFrame, stopFrame } from "./frames.js";
import { guestError } from "./guest.js";
import { logEntry, outcome, reofferedFile, settledFile, systemAnswer, systemMessage } from "./system.js";
import { bundle, count, download, downloadError, environment, mode, urlDownload } from "./values.js";

const id = count;
/** Milliseconds. */
const deadline = z.number().int().positive();

/**
 * What the configuration says about an extension; its bundle carries it beside the handler. Deadlines and policies have the
 * keys of `Deadlines` and `Policies` in `config/types.ts`, which is above this folder.
 */
export const extensionConfiguration = z.object({
  mode,
  applicationGroupIdentifier: z.string(),
  deadlines: z.object({
    load: deadline,
    downloads: deadline,
    didReceiveChallenge: deadline,
    downloadFailed: deadline,
    downloadFinished: deadline,
    extensionWillTerminate: deadline,
    shouldDownload: deadline,
  }),
  policies: z.object({
    downloads: z.enum(["discard", "keep"]),
    didReceiveChallenge: z.enum(["performDefaultHandling", "cancelChallenge", "rejectProtectionSpace"]),
    shouldDownload: z.boolean(),
  }),
  limits: z.object({ heapMegabytes: count }),
});
export type ExtensionConfiguration = z.infer<typeof extensionConfiguration>;

/** What the operating system says to the extension on a device. */
export const simulatedDevice = z.object({
  /** Absolute path of the app group's container; it exists. */
  container: z.string(),
  environment,
  bundle,
  /** Added to the wall clock, in milliseconds. */
  clockOffset: z.number(),
  /** Names of the functions that the app has registered; they run in the parent (`nativeCall`). */
  nativeFunctions: z.array(z.string()),
});

export const extensionParentFrame = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("launch"),
    /** Absolute path of the handler's bundle. */
    bundlePath: z.string(),
    configuration: extensionConfiguration,
    device: simulatedDevice,
    /** Whether to wait at checkpoints until the parent says `proceed`, so that faults strike where they are asked for. */
    checkpoints: z.boolean(),
  }),
  z.object({ kind: z.literal("message"), id, message: systemMessage }),
  /** The answer to a `systemCall`: its value as JSON, or the system's error. */
  z.object({
    kind: z.literal("systemResult"),
    id,
    value: z.unknown().optional(),
    error: downloadError.nullable(),
  }),
  z.object({ kind: z.literal("proceed"), id }),
  pingFrame,
  stopFrame,
]);
export type ExtensionParentFrame = z.infer<typeof extensionParentFrame>;

/** A call of the process to the system: `BADownloadManager`, and the app's functions. */
export const systemCall = z.discriminatedUnion("name", [
  /** Value: `null`. `uniqueIdentifier`: that of the object, which the framework has made. */
  z.object({ name: z.literal("schedule"), download: urlDownload, uniqueIdentifier: z.string() }),
  /** Value: `null`; always refused, since the extension may not call it. */
  z.object({ name: z.literal("startForegroundDownload"), uniqueIdentifier: z.string() }),
  /** Value: `null`. */
  z.object({ name: z.literal("cancel"), uniqueIdentifier: z.string() }),
  /** Value: an array of `download`. */
  z.object({ name: z.literal("currentDownloads") }),
  /** Value: `null`, when control is had. `before`: milliseconds since 1970; `null` waits without end. */
  z.object({ name: z.literal("acquireExclusiveControl"), before: z.number().nullable() }),
  /** Value: `null`. Without effect when it is not held. */
  z.object({ name: z.literal("releaseExclusiveControl") }),
  /** Value: what the function returned. Its failure is an error of the domain `BANativeFunction`. */
  z.object({ name: z.literal("nativeCall"), function: z.string(), args: z.unknown() }),
]);
export type SystemCallMessage = z.infer<typeof systemCall>;

/** What the principal class observed, as it knows it: `build/` maps the error to the user's files. */
export const observation = z.object({
  error: guestError,
  /** Key of the handler that it is about. */
  callback: z.string(),
  severity: z.enum(["error", "warning", "info"]),
});
export type Observation = z.infer<typeof observation>;

/** What a message came to. Logs have left before, as frames of their own. */
export const extensionReply = z.object({
  answer: systemAnswer,
  outcome,
  /** Milliseconds that the loaded handler took to answer. */
  durationMs: z.number().nonnegative(),
  file: settledFile.nullable(),
  reoffered: z.array(reofferedFile),
  notifications: z.array(z.string()),
  observations: z.array(observation),
});
export type ExtensionReply = z.infer<typeof extensionReply>;

export const extensionChildFrame = z.discriminatedUnion("kind", [
  helloFrame,
  /** The extension has been made; its engine starts with the first call. */
  z.object({ kind: z.literal("launched") }),
  /** Exactly once for each `message`. */
  z.object({ kind: z.literal("reply"), id, reply: extensionReply }),
  z.object({ kind: z.literal("systemCall"), id, call: systemCall }),
  /** Without a credential in it. */
  z.object({ kind: z.literal("log"), entry: logEntry }),
  /**
   * `place`: a callback, when its event has been sent to the guest; `moveTo`, when a file has been moved to its place. Sent
   * in any case, since the parent gives each callback its time; the process waits for `proceed` only where the launch says
   * `checkpoints`.
   */
  z.object({ kind: z.literal("checkpoint"), id, place: z.string() }),
  pongFrame,
  protocolErrorFrame,
]);
export type ExtensionChildFrame = z.infer<typeof extensionChildFrame>;

/** What `currentDownloads` gives. */
export const currentDownloads = z.array(download);
