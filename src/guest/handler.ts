import { BAError } from "../sdk/errors.js";
import { broken } from "./errors.js";
import { kindOf } from "./format.js";

/**
 * Checks what the user's module exports by default, and returns which of the permitted callbacks it has. Throws a
 * `BAError` with `BA_HANDLER_NOT_OBJECT` (a missing export included), `BA_HANDLER_UNKNOWN_KEY` (the principal class adds
 * what was meant), `BA_HANDLER_NOT_FUNCTION` or `BA_HANDLER_NOT_BOOLEAN`. `permitted`: those of the handler's mode.
 */
export const checkHandler = (handler: unknown, permitted: readonly string[]): readonly string[] => {
  if (kindOf(handler) !== "object") {
    throw broken("BA_HANDLER_NOT_OBJECT", "The default export must be an object", handler);
  }
  const known = [...permitted, "concurrent"];
  const values = handler as Record<string, unknown>;
  for (const key in values) {
    if (!known.includes(key)) throw new BAError("BA_HANDLER_UNKNOWN_KEY", `"${key}" is no callback.`);
  }
  return known.filter((name) => {
    const value = values[name];
    const type = name === "concurrent" ? "boolean" : "function";
    if (value !== undefined && typeof value !== type) {
      throw broken(`BA_HANDLER_NOT_${type.toUpperCase()}`, `"${name}" must be a ${type}`, value);
    }
    return type === "function" && value;
  });
};
