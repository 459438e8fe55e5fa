import { z } from "zod";
import { challengeAnswer } from "../protocol/values.js";
import type { ChallengeAnswer } from "../sdk/challenge.js";

const [useCredential, others] = challengeAnswer.options;
const { credential } = useCredential.shape;

/** As a handler gives it: how long a credential is kept may be left out. */
const givenAnswer = z.discriminatedUnion("disposition", [
  useCredential.extend({
    credential: credential.extend({ persistence: credential.shape.persistence.default("forSession") }),
  }),
  others,
]);

/** The answer of a handler to a challenge; `null` for what is none. */
export function parseChallengeAnswer(given: unknown): ChallengeAnswer | null {
  return givenAnswer.safeParse(given).data ?? null;
}

/**
 * What must not be shown of an answer, whether or not it is one: each text that stands as a password in it, in every form
 * that a log may give it.
 */
export function secretsIn(given: unknown): readonly string[] {
  if (typeof given !== "object" || given === null) return [];
  const { user, password } = given as { readonly user?: unknown; readonly password?: unknown };
  const own = typeof password === "string" && password !== "" ? formsOf(password, user) : [];
  return [...own, ...Object.values(given).flatMap(secretsIn)];
}

function formsOf(password: string, user: unknown): string[] {
  const basic = Buffer.from(`${typeof user === "string" ? user : ""}:${password}`).toString("base64");
  // Half a character cannot be encoded; as bytes it is replaced.
  const encoded = encodeURIComponent(Buffer.from(password).toString());
  return [basic, JSON.stringify(password).slice(1, -1), encoded, password];
}
