import type { GuestError, GuestEvent, GuestEventKind } from "../protocol/guest.js";
import type { SystemAnswer, SystemReply } from "../protocol/system.js";
import type { URLDownloadMessage } from "../protocol/values.js";
import { parseChallengeAnswer } from "./challenge-answer.js";
import { checkDownloads } from "./check-downloads.js";
import type { PrincipalOptions } from "./options.js";
import type { EventRun } from "./run-guest.js";

/** What the system is answered, and what was wrong with what the handler said. */
export interface Verdict {
  readonly answer: SystemAnswer;
  readonly outcome: SystemReply["outcome"];
  readonly errors: readonly GuestError[];
}

/** Apple's own defaults, which answer for a handler without the callback. */
export function nativeAnswer(kind: GuestEventKind): SystemAnswer {
  switch (kind) {
    case "downloads":
      return { kind: "downloads", downloads: [] };
    case "didReceiveChallenge":
      return { kind: "challenge", answer: { disposition: "performDefaultHandling" } };
    case "shouldDownload":
      return { kind: "shouldDownload", shouldDownload: true };
    case "downloadFailed":
    case "downloadFinished":
    case "extensionWillTerminate":
      return { kind: "done" };
  }
}

/** What the policies of the configuration answer when the handler fails. */
export function policyAnswer(kind: GuestEventKind, { policies }: Pick<PrincipalOptions, "policies">): SystemAnswer {
  switch (kind) {
    case "didReceiveChallenge":
      return { kind: "challenge", answer: { disposition: policies.didReceiveChallenge } };
    case "shouldDownload":
      return { kind: "shouldDownload", shouldDownload: policies.shouldDownload };
    default:
      return nativeAnswer(kind);
  }
}

/** Judges how an event was answered. What was yielded before an answer failed counts only where the policy says so. */
export function judge(event: GuestEvent, { end, downloads }: EventRun, options: PrincipalOptions): Verdict {
  const { kind } = event;
  const failed = (outcome: SystemReply["outcome"], ...errors: GuestError[]): Verdict => {
    if (kind !== "downloads" || options.policies.downloads === "discard") {
      return { answer: policyAnswer(kind, options), outcome, errors };
    }
    const { valid, errors: invalid } = checkDownloads(downloads, event.essentialAllowed);
    return { answer: downloadsAnswer(valid, options), outcome, errors: [...errors, ...invalid] };
  };
  switch (end.outcome) {
    case "notLoaded":
      return end.error
        ? failed("failed", loadError(end.error))
        : failed("engine", { code: "BA_LOAD_FAILED", message: end.message });
    case "notReached":
      return failed("engine", { code: "BA_ENGINE_DIED", message: `${kind} was not called: ${end.message}` });
    case "deadline": {
      const message = `${kind} did not answer within ${options.deadlines[kind]} ms.`;
      return failed("deadline", {
        code: "BA_HANDLER_DEADLINE",
        message,
        hint: `Answer sooner, or raise \`deadlines.${kind}\` in ba.config.ts.`,
      });
    }
    case "engine":
    case "stopped":
      return failed("engine", { code: "BA_ENGINE_DIED", message: `The engine ended during ${kind}: ${end.message}` });
    case "answered":
      break;
  }
  const { reply } = end;
  switch (reply.status) {
    case "notImplemented":
      return { answer: nativeAnswer(kind), outcome: "notImplemented", errors: [] };
    case "rejected":
      return failed("failed", reply.error);
    case "fulfilled":
      break;
  }
  if (kind === "didReceiveChallenge") {
    const answer = parseChallengeAnswer(reply.value);
    if (answer) return { answer: { kind: "challenge", answer }, outcome: "answered", errors: [] };
    // Says nothing of the value, which may hold a password.
    return failed("failed", resultInvalid("didReceiveChallenge must return an answer to the challenge."));
  }
  if (kind === "shouldDownload") {
    const { value } = reply;
    return typeof value === "boolean"
      ? { answer: { kind, shouldDownload: value }, outcome: "answered", errors: [] }
      : failed("failed", resultInvalid("shouldDownload must return true or false."));
  }
  if (kind !== "downloads") return { answer: nativeAnswer(kind), outcome: "answered", errors: [] };
  const { valid, errors } = checkDownloads(downloads, event.essentialAllowed);
  if (errors.length === 0) return { answer: downloadsAnswer(valid, options), outcome: "answered", errors };
  const kept = options.policies.downloads === "keep" ? valid : [];
  return { answer: downloadsAnswer(kept, options), outcome: "failed", errors };
}

const resultInvalid = (message: string): GuestError => ({ code: "BA_HANDLER_RESULT_INVALID", message });

function downloadsAnswer(
  downloads: readonly URLDownloadMessage[],
  { applicationGroupIdentifier }: PrincipalOptions,
): SystemAnswer {
  return { kind: "downloads", downloads: downloads.map((download) => ({ applicationGroupIdentifier, ...download })) };
}

/** The guest's own codes say more than that loading failed. */
function loadError(error: GuestError): GuestError {
  const ours = error.code.startsWith("BA_") && error.code !== "BA_HANDLER_THREW";
  return ours
    ? error
    : { ...error, code: "BA_LOAD_FAILED", message: `The handler threw while it was loaded: ${error.message}` };
}
