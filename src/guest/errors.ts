import type { GuestError, GuestEventKind } from "../protocol/guest.js";
import { BAError } from "../sdk/errors.js";
import { format } from "./format.js";

/** The error of a callback that has returned what it may not. */
export const invalidResult = (callback: GuestEventKind, what: string): BAError =>
  new BAError("BA_HANDLER_RESULT_INVALID", `${callback} must return ${what}.`);

/**
 * What a handler threw, as it leaves the engine. `BA_…` codes are kept, whichever copy of `BAError` made them (a bundle
 * may hold two); everything else, values that are no errors included, is `BA_HANDLER_THREW`.
 *
 * The guest's own errors carry no hint: to keep bundles small, the principal class adds it, by code.
 */
export function toGuestError(thrown: unknown): GuestError {
  const { message, stack, code, hint } = Object(thrown);
  const ours = /^BA_/.test(code);
  const text = thrown instanceof Error ? `${thrown}` : `${format(thrown)} (not an Error)`;
  return {
    code: ours ? `${code}` : "BA_HANDLER_THREW",
    message: ours ? `${message}` : text,
    hint: hint ? `${hint}` : undefined,
    stack: stack && `${stack}`,
  };
}
