/** The format of the vectors, checked before one is played; `README.md` explains it to authors of runners. */
import { z } from "zod";
import { guestError, guestEvent, guestReply, hostCall } from "../../protocol/guest.js";
import { systemMessage } from "../../protocol/system.js";
import { count, download, downloadError, logLevel, mode, urlDownload } from "../../protocol/values.js";

const subset = z.record(z.string(), z.unknown());
const link = z.strictObject({ symlink: z.string() });

const fileBefore = z.union([z.string(), link, z.strictObject({ json: z.unknown() })]);
export type FileBefore = z.infer<typeof fileBefore>;

const fileAfter = z.union([
  z.string(),
  link,
  z.strictObject({ json: subset }),
  z.strictObject({ exactly: z.unknown() }),
  /** As `settings.get` would give it. */
  z.strictObject({ propertyList: z.record(z.string(), z.unknown()) }),
]);
export type FileAfter = z.infer<typeof fileAfter>;

const call = z.strictObject({ call: hostCall });

/** How the guest takes one event. */
const script = z.strictObject({
  say: z.array(
    z.union([
      call,
      z.strictObject({ together: z.array(hostCall) }),
      z.strictObject({ start: hostCall }),
      z.strictObject({ download: urlDownload }),
      z.strictObject({ log: z.strictObject({ level: logLevel, message: z.string() }) }),
    ]),
  ),
  end: z.union([
    z.strictObject({ outcome: z.literal("answered"), reply: guestReply }),
    z.strictObject({ outcome: z.enum(["deadline", "stopped", "engine"]), message: z.string() }),
  ]),
});
export type Script = z.infer<typeof script>;

/** The system's answers, in the order of the calls. */
const system = z.strictObject({
  currentDownloads: z.array(download).optional(),
  schedule: z.array(z.union([download, downloadError])).optional(),
  cancel: z.array(downloadError.nullable()).optional(),
  acquireExclusiveControl: z.array(z.union([z.enum(["granted", "never"]), downloadError])).optional(),
});
export type ScriptedSystem = z.infer<typeof system>;

const systemCall = z.union([
  z.strictObject({ schedule: subset }),
  z.strictObject({ cancel: z.string() }),
  z.strictObject({ acquireExclusiveControl: z.strictObject({ before: count.nullable() }) }),
  z.strictObject({ releaseExclusiveControl: z.strictObject({}) }),
]);
export type SystemCall = z.infer<typeof systemCall>;

const nativeFunction = z.union([
  z.strictObject({ returns: z.unknown() }),
  z.strictObject({ throws: z.string() }),
  z.strictObject({ echoes: z.literal(true) }),
]);
export type ScriptedFunction = z.infer<typeof nativeFunction>;

export const vector = z.strictObject({
  name: z.string(),
  mode: mode.optional(),
  filesBefore: z.record(z.string(), fileBefore),
  policies: z
    .strictObject({
      downloads: z.enum(["discard", "keep"]).optional(),
      didReceiveChallenge: z.enum(["performDefaultHandling", "cancelChallenge", "rejectProtectionSpace"]).optional(),
      shouldDownload: z.boolean().optional(),
    })
    .optional(),
  system: system.optional(),
  nativeFunctions: z.record(z.string(), nativeFunction).optional(),
  message: systemMessage,
  guest: z.union([
    script.extend({ reoffers: z.array(script).optional(), late: z.array(call).optional() }),
    z.strictObject({
      launchFailure: z.strictObject({ code: z.string(), message: z.string(), guestError: guestError.optional() }),
    }),
  ]),
  expect: z.strictObject({
    guestEvent: guestEvent.nullable().optional(),
    guestEvents: z.array(guestEvent).optional(),
    hostReplies: z.array(subset),
    systemCalls: z.array(systemCall).optional(),
    reply: subset,
    filesAfter: z.record(z.string(), fileAfter),
  }),
});
export type Vector = z.infer<typeof vector>;
