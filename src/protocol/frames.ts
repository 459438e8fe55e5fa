/**
 * The frames of an extension process, on fd 3 (to the child) and fd 4 (from it): a 32-bit little-endian length,
 * then that many bytes of UTF-8 JSON. The child speaks first with `hello`; the parent checks the version, sends
 * `load`, and only after `loaded` events. stdout and stderr stay free for whatever the process prints.
 */
import { z } from "zod";
import { guestConfiguration, guestError, guestEvent, guestReply, hostCall, hostReply } from "./guest.js";
import { count, logLevel, urlDownload } from "./values.js";

export { maxFrameBytes, protocolVersion } from "./version.js";

const id = count;

// What every extension process says and hears, also one with a principal class of its own (`extension.ts`).
export const helloFrame = z.object({
  kind: z.literal("hello"),
  protocol: z.number().int(),
  host: z.string(),
  engine: z.enum(["node", "jsc"]),
  engineVersion: z.string(),
  pid: z.number().int(),
});
/** Answered by the process itself, not by the engine: shows that a busy handler does not block it. */
export const pingFrame = z.object({ kind: z.literal("ping"), id });
export const pongFrame = z.object({ kind: z.literal("pong"), id });
export const stopFrame = z.object({ kind: z.literal("stop") });
/** Typed answer to a frame that could not be used, such as an unknown kind; the process goes on. */
export const protocolErrorFrame = z.object({
  kind: z.literal("protocolError"),
  code: z.enum(["BA_PROTOCOL_UNKNOWN_KIND", "BA_PROTOCOL_INVALID_FRAME"]),
  message: z.string(),
});

export const parentFrame = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("load"),
    bundlePath: z.string(),
    configuration: guestConfiguration,
    deadlineMs: count,
    limits: z.object({ heapMegabytes: count }),
  }),
  z.object({ kind: z.literal("dispatch"), id, deadlineMs: count, event: guestEvent }),
  z.object({ kind: z.literal("hostReply"), id, reply: hostReply }),
  pingFrame,
  stopFrame,
]);
export type ParentFrame = z.infer<typeof parentFrame>;

export const childFrame = z.discriminatedUnion("kind", [
  helloFrame,
  /** `callbacks`: keys of the handler object. */
  z.object({ kind: z.literal("loaded"), callbacks: z.array(z.string()) }),
  z.object({ kind: z.literal("loadFailed"), error: guestError }),
  /** A download of the answer to `dispatch` number `id`, as it is yielded. */
  z.object({ kind: z.literal("download"), id, download: urlDownload }),
  /** Exactly once for each `dispatch`. `deadline` and `engine` come without a reply: the native answer is due. */
  z.discriminatedUnion("outcome", [
    z.object({ kind: z.literal("reply"), id, outcome: z.literal("answered"), reply: guestReply }),
    z.object({ kind: z.literal("reply"), id, outcome: z.enum(["deadline", "stopped", "engine"]), message: z.string() }),
  ]),
  z.object({ kind: z.literal("hostCall"), id, call: hostCall }),
  z.object({ kind: z.literal("log"), level: logLevel, message: z.string() }),
  pongFrame,
  protocolErrorFrame,
]);
export type ChildFrame = z.infer<typeof childFrame>;
