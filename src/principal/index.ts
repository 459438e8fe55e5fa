/**
 * The duties of the principal class, in TypeScript, for the hosts without Swift: native staging, deadlines, failure
 * policies, the download table and the host services. `vectors/` holds this and the Swift twin to one behaviour.
 * @module
 */
import { mkdir } from "node:fs/promises";
import { UserError } from "../diagnostics/index.js";
import { callbacksOf } from "../protocol/guest.js";
import { systemMessage, type SystemMessage, type SystemMessageKind, type SystemReply } from "../protocol/system.js";
import type { Mode } from "../protocol/values.js";
import { answer } from "./answer.js";
import { clearUp, type Leftovers } from "./leftovers.js";
import { Observations } from "./observations.js";
import type { Callback, PrincipalOptions } from "./options.js";
import { prepare, type Prepared } from "./prepare.js";
import { stagingPath } from "./sidecar.js";
import type { ProcessCost } from "./run-guest.js";
import { nativeAnswer, policyAnswer } from "./verdict.js";

export {
  isLaunchFailure,
  type DispatchOutcome,
  type GuestConnection,
  type GuestHooks,
  type LaunchFailure,
} from "./guest-connection.js";
export { unknownCallbackHint } from "./hints.js";
export { tellReply } from "./tell-reply.js";
export { policyAnswer } from "./verdict.js";
export type { MappedError, PrincipalOptions, SystemServices } from "./options.js";

/** A reply, and what its process cost. */
export interface PrincipalReply extends SystemReply, ProcessCost {}

/** Which callback of the handler a message calls. */
export const callbacks = {
  contentRequest: "downloads",
  challenge: "didReceiveChallenge",
  downloadFailed: "downloadFailed",
  downloadFinished: "downloadFinished",
  extensionWillTerminate: "extensionWillTerminate",
  shouldDownload: "shouldDownload",
} as const satisfies Record<SystemMessageKind, Callback>;

/**
 * Answers one message of the system with a fresh extension process. Whatever the handler does, there is an answer: where
 * it fails, Apple's own default or what the policies say. Throws a `UserError` `BA_MESSAGE_INVALID` for what is no message.
 */
export async function handleSystemMessage(given: SystemMessage, options: PrincipalOptions): Promise<PrincipalReply> {
  const message = parseMessage(given, options);
  const { container } = options;
  const observed = new Observations(options);
  await mkdir(container, { recursive: true });
  const leftovers = await leftoversFor(message, container);
  for (const { download } of leftovers.purged) {
    const text = `The file of download ${JSON.stringify(download.identifier)} is gone from staging: the system has purged it.`;
    observed.diagnose({ code: "BA_FILE_PURGED", message: text }, "downloadFinished", "info");
  }
  const prepared = await prepare(message, container, options.now());
  return prepared.kind === "ready"
    ? answer(message.kind, prepared, leftovers.kept, observed, options)
    : withoutHandler(callbacks[message.kind], prepared, observed, options);
}

/** Calls that can come while another one is answered leave alone what earlier ones left. */
async function leftoversFor(message: SystemMessage, container: string): Promise<Leftovers> {
  switch (message.kind) {
    case "challenge":
    case "shouldDownload":
    case "extensionWillTerminate":
      return { kept: [], purged: [] };
    default:
  }
  const own = message.kind === "downloadFinished" ? message.download.uniqueIdentifier : null;
  return clearUp(container, own === null ? null : stagingPath(container, own));
}

function withoutHandler(
  callback: Callback,
  prepared: Exclude<Prepared, { kind: "ready" }>,
  observed: Observations,
  options: PrincipalOptions,
): PrincipalReply {
  const settled = prepared.kind === "settled" ? prepared.settled : null;
  if (prepared.kind === "impossible") observed.diagnose(prepared.error, callback);
  if (settled?.note) observed.diagnose(settled.note.error, callback, settled.note.severity);
  return {
    answer: settled ? nativeAnswer(callback) : policyAnswer(callback, options),
    outcome: prepared.kind === "settled" ? prepared.outcome : "failed",
    file: settled?.file ?? null,
    durationMs: 0,
    processMs: 0,
    privateDirtyBytes: null,
    reoffered: [],
    notifications: [],
    logs: [],
    diagnostics: observed.diagnostics,
  };
}

/** The message, where an extension of the mode can be sent it. Throws `UserError` `BA_MESSAGE_INVALID`. */
export function parseMessage(given: SystemMessage, { mode }: Pick<PrincipalOptions, "mode">): SystemMessage {
  const parsed = systemMessage.safeParse(given);
  if (parsed.success) {
    if (callbacksOf[mode].includes(callbacks[parsed.data.kind])) return parsed.data;
    throw messageInvalid(`\`kind\`: an extension of mode "${mode}" hears of no ${parsed.data.kind}.`, mode);
  }
  const [issue] = parsed.error.issues;
  throw messageInvalid(`\`${issue?.path.join(".")}\`: ${issue?.message}.`, mode);
}

function messageInvalid(why: string, mode: Mode): UserError {
  const kinds = systemMessage.options
    .map(({ shape }) => shape.kind.value)
    .filter((kind) => callbacksOf[mode].includes(callbacks[kind]));
  return new UserError("BA_MESSAGE_INVALID", `The message is none that the system sends: ${why}`, {
    hint: `In the mode "${mode}" messages are of kind ${kinds.join(", ")}.`,
  });
}
