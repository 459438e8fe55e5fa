/**
 * System ↔ principal: what Apple's daemon says to an extension process, and what the principal class answers.
 * One message wakes the extension, one reply ends the call.
 */
import { z } from "zod";
import {
  assetPack,
  challenge,
  challengeAnswer,
  count,
  download,
  downloadError,
  extensionInfo,
  logLevel,
  urlDownload,
} from "./values.js";

export const systemMessage = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("contentRequest"),
    /** `BAContentRequest`: 1 install, 2 update, 3 periodic, 4 language change; others pass through. */
    rawValue: z.number().int(),
    /** Absolute path; read-only, gone after the reply. */
    manifestPath: z.string(),
    extensionInfo,
  }),
  z.object({ kind: z.literal("challenge"), challenge, download }),
  z.object({ kind: z.literal("downloadFailed"), download, error: downloadError }),
  /** `path`: absolute, in the system's own place on the volume of the container; the system deletes it after the reply. */
  z.object({ kind: z.literal("downloadFinished"), download, path: z.string() }),
  z.object({ kind: z.literal("extensionWillTerminate") }),
  /** Managed modes: whether a pack that its policy asks for is to be downloaded. */
  z.object({ kind: z.literal("shouldDownload"), assetPack }),
]);
export type SystemMessage = z.infer<typeof systemMessage>;
export type SystemMessageKind = SystemMessage["kind"];

/** A place in the user's own file: absolute path, 1-based line and column. */
export const sourceLocation = z.object({ file: z.string(), line: z.number().int(), column: z.number().int() });

/** What the principal class observed while it answered. Never contains a credential. */
export const diagnostic = z.object({
  /** Stable, for programs: `BA_…`. */
  code: z.string(),
  severity: z.enum(["error", "warning", "info"]),
  message: z.string(),
  /** The way out. */
  hint: z.string().nullable(),
  location: sourceLocation.nullable(),
});
export type Diagnostic = z.infer<typeof diagnostic>;

export const logEntry = z.object({
  level: logLevel,
  message: z.string(),
  source: z.enum(["handler", "principal", "system"]),
});
export type LogEntry = z.infer<typeof logEntry>;

/** A file that a handler claimed. */
const claim = z.object({ path: z.string(), bytes: count });

/** Where a staged file has gone. */
export const settledFile = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("claimed"), ...claim.shape }),
  /** The handler returned without claiming it; it was deleted. */
  z.object({ kind: z.literal("deleted") }),
  /** The handler failed, or asked for it: the file stays in staging at `path`, relative to the container. */
  z.object({ kind: z.literal("kept"), ...claim.shape }),
]);

export const outcome = z.enum(["answered", "notImplemented", "failed", "deadline", "engine"]);

/** What became of a file of an earlier call that was offered again. */
export const reofferedFile = z.object({
  identifier: z.string(),
  attempt: count,
  outcome,
  durationMs: z.number().nonnegative(),
  file: settledFile,
});

/** The answer to the system, per kind of message. */
export const systemAnswer = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("downloads"), downloads: z.array(urlDownload) }),
  z.object({ kind: z.literal("challenge"), answer: challengeAnswer }),
  z.object({ kind: z.literal("shouldDownload"), shouldDownload: z.boolean() }),
  z.object({ kind: z.literal("done") }),
]);

export const systemReply = z.object({
  answer: systemAnswer,
  /**
   * What became of the call: `answered` by the handler, `notImplemented`, or a policy's native answer because the
   * handler `failed`, ran out of its `deadline`, or the `engine` died.
   */
  outcome,
  /** Milliseconds that the loaded handler took to answer. */
  durationMs: z.number().nonnegative(),
  /** Only for `downloadFinished`: what happened to the staged file. */
  file: settledFile.nullable(),
  /** Files of earlier calls that were offered again before this one, oldest first. */
  reoffered: z.array(reofferedFile),
  notifications: z.array(z.string()),
  logs: z.array(logEntry),
  diagnostics: z.array(diagnostic),
});
export type SystemReply = z.infer<typeof systemReply>;
export type SystemAnswer = z.infer<typeof systemAnswer>;
