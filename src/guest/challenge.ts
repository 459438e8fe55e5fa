import type { ChallengeAnswer } from "../sdk/challenge.js";
import { invalidResult } from "./errors.js";

/** Checks the answer to a challenge. What it throws says nothing of the answer, which may hold a password. */
export function checkChallengeAnswer(answer: unknown): ChallengeAnswer {
  const { disposition, credential } = Object(answer);
  if (/^(performDefaultHandling|cancelChallenge|rejectProtectionSpace)$/.test(disposition)) return { disposition };
  const { user, password, persistence = "forSession" } = Object(credential);
  if (
    disposition !== "useCredential" ||
    [user, password].some((text) => typeof text !== "string") ||
    !/^(none|forSession|permanent)$/.test(persistence)
  ) {
    throw invalidResult("didReceiveChallenge", "an answer to the challenge");
  }
  return { disposition, credential: { user, password, persistence } };
}
