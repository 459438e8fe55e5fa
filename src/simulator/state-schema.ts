/** What the simulated system remembers from one process to the next: everything that a kill may not lose. */
import { z } from "zod";
import { count, downloadError, urlDownload } from "../protocol/values.js";

/** What makes half a file worth going on with; the bytes are those on the disk. */
const partial = z.object({ etag: z.string().nullable(), lastModified: z.string().nullable() });

const queuedDownload = z.object({
  uniqueIdentifier: z.string(),
  download: urlDownload,
  /** `waiting` to be loaded; the others wait to be delivered. */
  state: z.enum(["waiting", "loaded", "failed", "refused"]),
  partial: partial.nullable(),
  /** By the app, in the foreground. */
  foreground: z.boolean(),
  bytes: count,
  attempts: count,
  resumedBytes: count,
  error: downloadError.nullable(),
  /** Deliveries during which the extension died. */
  lostDeliveries: count,
});
/** A download that app or extension have scheduled and whose result has not been delivered. */
export type QueuedDownload = z.infer<typeof queuedDownload>;

const playedEvent = z.object({
  kind: z.enum(["install", "update", "periodic", "languageChange", "unknown"]),
  /** `BAContentRequest`. */
  rawValue: z.number().int(),
  manifest: z.object({ uniqueIdentifier: z.string(), partial: partial.nullable(), bytes: count }),
  /** What comes next. */
  step: z.enum(["manifest", "request", "essential", "results", "others"]),
});
/** A content request that has begun and not come to its end. */
export type PlayedEvent = z.infer<typeof playedEvent>;

const installedApp = z.object({
  /** The restrictions before the first launch hold until then. */
  launched: z.boolean(),
  /** BCP 47: the language that somebody chose for the app; null for that of the configuration. */
  locale: z.string().nullable(),
  /** Bytes scheduled before the first launch, counted against the allowances. */
  scheduled: z.object({ essential: count, nonEssential: count }),
  /** Milliseconds since 1970 of the last content request; null before the first. */
  lastContentRequest: z.number().nullable(),
});
export type InstalledApp = z.infer<typeof installedApp>;

export const systemState = z.object({
  version: z.literal(2),
  /** Null: the app is not on the simulated device. */
  app: installedApp.nullable(),
  event: playedEvent.nullable(),
  /** In the order in which they were scheduled. */
  queue: z.array(queuedDownload),
});
export type SystemState = z.infer<typeof systemState>;

export const emptyState = (): SystemState => ({ version: 2, app: null, event: null, queue: [] });
