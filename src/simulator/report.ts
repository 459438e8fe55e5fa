/**
 * What a simulated event came to: one object for people (`cli/`) and for programs (`--json`, `ba-extension/testing`).
 * Its JSON Schema ships as `ba-extension/schemas/report.schema.json`.
 */
import { z } from "zod";
import { diagnostic, logEntry, sourceLocation } from "../protocol/system.js";
import { count, downloadError } from "../protocol/values.js";

const milliseconds = z.number().nonnegative();

/** One wake of the extension: which callback ran, and how it ended. */
const handlerCall = z.object({
  callback: z.enum([
    "downloads",
    "didReceiveChallenge",
    "downloadFailed",
    "downloadFinished",
    "extensionWillTerminate",
    "shouldDownload",
  ]),
  /** Identifier of the download that the call was about. */
  identifier: z.string().nullable(),
  outcome: z.enum(["answered", "notImplemented", "failed", "deadline", "engine"]),
  /** What was answered, in a few words: `3 downloads`, `useCredential`. Never a credential. */
  summary: z.string(),
  /** Where the handler has this callback. */
  location: sourceLocation.nullable(),
  durationMs: milliseconds,
  /** From the start of the process to the end of the call. */
  processMs: milliseconds,
  privateDirtyBytes: count.nullable(),
});

const downloadReport = z.object({
  identifier: z.string(),
  /**
   * `refused`: never started, by a rule of the system; `failed`: the transfer failed; `finished`: handed over;
   * `waiting`: still scheduled, for the network.
   */
  status: z.enum(["finished", "failed", "refused", "waiting"]),
  /** Who got the result: the app's delegate while it runs. */
  deliveredTo: z.enum(["extension", "app"]).nullable(),
  essential: z.boolean(),
  /** Size of the file as far as it came. */
  bytes: count,
  /** Requests that it took; more than one after an interruption. */
  attempts: count,
  /** Bytes that were there from an earlier attempt and were not loaded again. */
  resumedBytes: count,
  /** Where the handler moved the file, relative to the container; null when it is gone or never came. */
  path: z.string().nullable(),
  error: downloadError.nullable(),
});

const challengeReport = z.object({
  identifier: z.string(),
  host: z.string(),
  realm: z.string().nullable(),
  method: z.string(),
  /** Never the credential itself. */
  disposition: z.enum(["useCredential", "performDefaultHandling", "cancelChallenge", "rejectProtectionSpace"]),
});

export const report = z.object({
  $schema: z.string().optional(),
  event: z.enum(["install", "update", "periodic", "languageChange", "unknown", "resume", "message"]),
  /** No diagnostic of severity `error`, and each download has finished in the end. */
  ok: z.boolean(),
  engine: z.enum(["node", "jsc"]),
  host: z.enum(["worker", "embedded", "libnode", "swift"]),
  /** Why this host ran it, for people. */
  hostReason: z.string(),
  /** Absolute path of the app group's container. */
  container: z.string(),
  manifest: z
    .object({
      url: z.string(),
      bytes: count,
      attempts: count,
      resumedBytes: count,
      error: downloadError.nullable(),
    })
    .nullable(),
  handler: z.object({ durationMs: milliseconds, calls: z.array(handlerCall) }),
  /** In the order in which they ended. */
  downloads: z.array(downloadReport),
  /** Files of earlier events that the handler was offered again. */
  reoffered: z.array(
    z.object({
      identifier: z.string(),
      attempt: count,
      outcome: handlerCall.shape.outcome,
      /** Relative to the container; null when the handler gave the file up. */
      path: z.string().nullable(),
    }),
  ),
  challenges: z.array(challengeReport),
  /** Faults that came to pass, in that order. */
  faults: z.array(z.object({ fault: z.string(), at: z.string() })),
  /** Names of the Darwin notifications that the handler posted. */
  notifications: z.array(z.string()),
  logs: z.array(logEntry),
  diagnostics: z.array(diagnostic),
  /** The handler's time in entry points, and the highest private dirty memory of an extension process (null where it cannot be read). */
  budget: z.object({ runtimeMs: milliseconds, privateDirtyBytes: count.nullable() }),
});
export type Report = z.infer<typeof report>;
export type DownloadReport = z.infer<typeof downloadReport>;
