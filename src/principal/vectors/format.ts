/** The format of the vectors, checked before one is played; `README.md` explains it to authors of runners. */
import { z } from "zod";
import { guestError, guestEvent, guestReply, hostCall } from "../../protocol/guest.js";
import { systemMessage } from "../../protocol/system.js";
import { logLevel, urlDownload } from "../../protocol/values.js";

const file = z.union([z.string(), z.strictObject({ symlink: z.string() })]);
export type FileContent = z.infer<typeof file>;

const call = z.strictObject({ call: hostCall });
const subset = z.record(z.string(), z.unknown());

export const vector = z.strictObject({
  name: z.string(),
  filesBefore: z.record(z.string(), file),
  message: systemMessage,
  guest: z.union([
    z.strictObject({
      say: z.array(
        z.union([
          call,
          z.strictObject({ together: z.array(hostCall) }),
          z.strictObject({ download: urlDownload }),
          z.strictObject({ log: z.strictObject({ level: logLevel, message: z.string() }) }),
        ]),
      ),
      end: z.union([
        z.strictObject({ outcome: z.literal("answered"), reply: guestReply }),
        z.strictObject({ outcome: z.enum(["deadline", "stopped", "engine"]), message: z.string() }),
      ]),
      late: z.array(call).optional(),
    }),
    z.strictObject({
      launchFailure: z.strictObject({ code: z.string(), message: z.string(), guestError: guestError.optional() }),
    }),
  ]),
  expect: z.strictObject({
    guestEvent: guestEvent.nullable().optional(),
    hostReplies: z.array(subset),
    reply: subset,
    filesAfter: z.record(z.string(), z.union([file, z.strictObject({ json: subset })])),
  }),
});
export type Vector = z.infer<typeof vector>;
