import type { GuestEventKind } from "../protocol/guest.js";
import { BAError } from "../sdk/errors.js";
import { kindOf } from "./format.js";

const known: readonly string[] = [
  "downloads",
  "didReceiveChallenge",
  "downloadFailed",
  "downloadFinished",
  "extensionWillTerminate",
] satisfies readonly GuestEventKind[];

/**
 * Checks what the user's module exports by default, and returns the names of its callbacks. Throws a `BAError` with
 * `BA_HANDLER_NOT_OBJECT` (a missing export included), `BA_HANDLER_UNKNOWN_KEY` (the principal class adds what was
 * meant) or `BA_HANDLER_NOT_FUNCTION`.
 */
export function checkHandler(handler: unknown): readonly string[] {
  if (kindOf(handler) !== "object") {
    throw new BAError("BA_HANDLER_NOT_OBJECT", `The default export must be an object, not ${kindOf(handler)}.`);
  }
  const callbacks = handler as Record<string, unknown>;
  for (const key in callbacks) {
    if (!known.includes(key)) throw new BAError("BA_HANDLER_UNKNOWN_KEY", `"${key}" is no callback.`);
  }
  return known.filter((name) => {
    const kind = kindOf(callbacks[name]);
    if (!/^(undefined|function)$/.test(kind)) {
      throw new BAError("BA_HANDLER_NOT_FUNCTION", `"${name}" must be a function, not ${kind}.`);
    }
    return kind === "function";
  });
}
