import type { GuestError } from "../../protocol/guest.js";

/** A thrown value as a message. `fallbackCode` where the value has no code of its own. */
export function toGuestError(thrown: unknown, fallbackCode: string): GuestError {
  if (!(thrown instanceof Error))
    return { code: fallbackCode, message: `The handler threw ${describe(thrown)}, not an Error.` };
  const { code, hint } = thrown as { readonly code?: unknown; readonly hint?: unknown };
  return {
    code: typeof code === "string" ? code : fallbackCode,
    message: thrown.message,
    ...(typeof hint === "string" ? { hint } : {}),
    ...(thrown.stack === undefined ? {} : { stack: thrown.stack }),
  };
}

function describe(value: unknown): string {
  return typeof value === "string" ? JSON.stringify(value) : String(value);
}
