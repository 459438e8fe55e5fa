/**
 * The duties of the principal class, in TypeScript, for the hosts without Swift: native staging, deadlines, failure
 * policies, the download table and the host services. `vectors/` holds this and the Swift twin to one behaviour.
 * @module
 */
import { mkdir } from "node:fs/promises";
import { UserError } from "../diagnostics/index.js";
import type { GuestError } from "../protocol/guest.js";
import {
  systemMessage,
  type Diagnostic,
  type SystemMessage,
  type SystemMessageKind,
  type SystemReply,
} from "../protocol/system.js";
import { rememberDownloads } from "./download-table.js";
import { withHint } from "./hints.js";
import { HostCallScope } from "./host-calls.js";
import type { Callback, PrincipalOptions } from "./options.js";
import { prepare } from "./prepare.js";
import { redact } from "./redact.js";
import { runGuest } from "./run-guest.js";
import { settleFile } from "./settle-file.js";
import { keep } from "./staging.js";
import { judge, nativeAnswer } from "./verdict.js";

export {
  isLaunchFailure,
  type DispatchOutcome,
  type GuestConnection,
  type GuestHooks,
  type LaunchFailure,
} from "./guest-connection.js";
export { unknownCallbackHint } from "./hints.js";
export type { MappedError, PrincipalOptions } from "./options.js";

/** A reply, and what its process cost. */
export interface PrincipalReply extends SystemReply {
  /** Milliseconds from the start of the process to the answer; 0 when none was started. */
  readonly processMs: number;
  /** Private dirty memory of the process after it had answered, in bytes. */
  readonly privateDirtyBytes: number | null;
}

/** Which callback of the handler a message calls. */
export const callbacks = {
  contentRequest: "downloads",
  challenge: "didReceiveChallenge",
  downloadFailed: "downloadFailed",
  downloadFinished: "downloadFinished",
  extensionWillTerminate: "extensionWillTerminate",
} as const satisfies Record<SystemMessageKind, Callback>;

/**
 * Answers one message of the system with a fresh extension process. Whatever the handler does, there is an answer: where
 * it fails, Apple's own default. Throws a `UserError` `BA_MESSAGE_INVALID` for what is no message.
 */
export async function handleSystemMessage(given: SystemMessage, options: PrincipalOptions): Promise<PrincipalReply> {
  const message = parseMessage(given);
  const { container } = options;
  const callback = callbacks[message.kind];
  const notifications: string[] = [];
  const diagnostics: Diagnostic[] = [];
  const diagnose = (error: GuestError, severity: Diagnostic["severity"] = "error"): void => {
    diagnostics.push(toDiagnostic(error, severity, callback, options));
  };

  await mkdir(container, { recursive: true });
  const prepared = await prepare(message, container);
  if (!prepared.ok) {
    diagnose(prepared.error);
    const unanswered = { durationMs: 0, processMs: 0, privateDirtyBytes: null, file: null, logs: [] };
    return { answer: nativeAnswer(callback), outcome: "failed", ...unanswered, notifications, diagnostics };
  }

  const { event, file } = prepared;
  const calls = new HostCallScope({ container, file, notifications });
  const run = await runGuest(event, calls, options).catch(async (error: unknown) => {
    if (file) await keep(container, file);
    throw error;
  });
  const { answer, outcome, errors } = judge(event, run, options);
  for (const error of errors) diagnose(error);
  if (answer.kind === "downloads") await rememberDownloads(container, answer.downloads, options.now());
  const settled = file ? await settleFile(file, outcome, container) : null;
  if (settled?.note) diagnose(settled.note.error, settled.note.severity);

  const logs = redact(run.logs, answer);
  if (errors.length > 0) {
    logs.push({
      level: "error",
      source: "principal",
      message: `${callback}: the native default answered (${outcome}).`,
    });
  }
  const { durationMs, processMs, privateDirtyBytes } = run;
  return {
    answer,
    outcome,
    durationMs,
    processMs,
    privateDirtyBytes,
    file: settled?.file ?? null,
    notifications,
    logs,
    diagnostics,
  };
}

function parseMessage(given: SystemMessage): SystemMessage {
  const parsed = systemMessage.safeParse(given);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new UserError(
    "BA_MESSAGE_INVALID",
    `The message is none that the system sends: \`${issue?.path.join(".")}\`: ${issue?.message}.`,
    {
      hint: `Messages are of kind ${Object.keys(callbacks).join(", ")}.`,
    },
  );
}

function toDiagnostic(
  error: GuestError,
  severity: Diagnostic["severity"],
  callback: string,
  options: PrincipalOptions,
): Diagnostic {
  const { message, hint, location } = options.mapError(withHint(error), namedKey(error) ?? callback);
  return { code: error.code, severity, message, hint, location };
}

/** Errors about one key of the handler object point at that key, not at the callback that was about to run. */
function namedKey({ code, message }: GuestError): string | undefined {
  return /^BA_HANDLER_(UNKNOWN_KEY|NOT_FUNCTION)$/.test(code) ? /"(.*?)"/.exec(message)?.[1] : undefined;
}
