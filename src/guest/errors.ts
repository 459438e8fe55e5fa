import type { GuestError } from "../protocol/guest.js";
import { BAError } from "../sdk/errors.js";
import { format, kindOf } from "./format.js";

/** The code of a callback's result that may not be. */
export const resultInvalid = "BA_HANDLER_RESULT_INVALID";

/** The error about a value that breaks a rule; names its kind only, because its content may be a secret. */
export const broken = (code: string, rule: string, value: unknown): BAError =>
  new BAError(code, `${rule}, not ${kindOf(value)}.`);

/**
 * What a handler threw, as it leaves the engine. `BA_…` codes are kept, whichever copy of `BAError` made them (a bundle
 * may hold two); everything else, values that are no errors included, is `BA_HANDLER_THREW`.
 *
 * The guest's own errors carry no hint: to keep bundles small, the principal class adds it, by code.
 */
export const toGuestError = (thrown: unknown): GuestError => {
  // Of nothing else a property is read: it may be an item of a file that is closed.
  const error = thrown instanceof Error && thrown;
  const { message, stack, code, hint, systemError } = Object(error);
  return /^BA_/.test(code)
    ? { code, message, hint, systemError, stack }
    : { code: "BA_HANDLER_THREW", message: error ? `${error}` : `${format(thrown)} (not an Error)`, stack };
};
