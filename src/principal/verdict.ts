import type { GuestError, GuestEvent, GuestEventKind } from "../protocol/guest.js";
import type { SystemAnswer, SystemReply } from "../protocol/system.js";
import { checkDownloads } from "./check-downloads.js";
import type { PrincipalOptions } from "./options.js";
import type { GuestRun } from "./run-guest.js";

/** What the system is answered, and what was wrong with what the handler said. */
export interface Verdict {
  readonly answer: SystemAnswer;
  readonly outcome: SystemReply["outcome"];
  readonly errors: readonly GuestError[];
}

/** Apple's own defaults, which answer when the handler does not. */
export function nativeAnswer(kind: GuestEventKind): SystemAnswer {
  switch (kind) {
    case "downloads":
      return { kind: "downloads", downloads: [] };
    case "didReceiveChallenge":
      return { kind: "challenge", answer: { disposition: "performDefaultHandling" } };
    case "downloadFailed":
    case "downloadFinished":
    case "extensionWillTerminate":
      return { kind: "done" };
  }
}

/** Judges a run. An answer that failed in the middle is discarded whole, what was emitted of it included. */
export function judge(event: GuestEvent, { end, downloads }: GuestRun, options: PrincipalOptions): Verdict {
  const { kind } = event;
  const failed = (outcome: SystemReply["outcome"], ...errors: GuestError[]): Verdict => ({
    answer: nativeAnswer(kind),
    outcome,
    errors,
  });
  switch (end.outcome) {
    case "notLoaded":
      return end.error
        ? failed("failed", loadError(end.error))
        : failed("engine", { code: "BA_LOAD_FAILED", message: end.message });
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
  if (reply.status === "notImplemented") return failed("notImplemented");
  if (reply.status === "rejected") return failed("failed", reply.error);
  if (kind === "didReceiveChallenge") {
    return reply.value
      ? { answer: { kind: "challenge", answer: reply.value }, outcome: "answered", errors: [] }
      : failed("failed", {
          code: "BA_HANDLER_RESULT_INVALID",
          message: "didReceiveChallenge must return an answer to the challenge.",
        });
  }
  if (kind !== "downloads") return { answer: nativeAnswer(kind), outcome: "answered", errors: [] };
  const errors = checkDownloads(downloads, event.essentialAllowed);
  if (errors.length > 0) return failed("failed", ...errors);
  const { applicationGroupIdentifier } = options;
  const complete = downloads.map((download) => ({ applicationGroupIdentifier, ...download }));
  return { answer: { kind: "downloads", downloads: complete }, outcome: "answered", errors };
}

/** The guest's own codes say more than that loading failed. */
function loadError(error: GuestError): GuestError {
  const ours = error.code.startsWith("BA_") && error.code !== "BA_HANDLER_THREW";
  return ours
    ? error
    : { ...error, code: "BA_LOAD_FAILED", message: `The handler threw while it was loaded: ${error.message}` };
}
