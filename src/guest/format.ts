import { stringify } from "./json.js";

/** Name and message above the stack: V8 puts them there when an error is made, JavaScriptCore never. */
export const trace = (error: Error): string => `${error}\n${(error.stack ?? "").replace(/^[^]*?\n(?= +at )/, "")}`;

/** One value for a log line: text as it is, errors by their stack, objects as JSON. */
export const format = (value: unknown): string => {
  try {
    if (value instanceof Error) return trace(value);
    return typeof value === "object" ? stringify(value) : String(value);
  } catch {
    // Circular, holds a BigInt, or has a getter that throws.
    return "[object]";
  }
};

/** The kind of a wrong value, for messages; never its content, which may be a secret. */
export const kindOf = (value: unknown): string =>
  value === null ? "null" : Array.isArray(value) ? "array" : typeof value;
