/** One value for a log line: text as it is, errors by their stack, objects as JSON. */
export function format(value: unknown): string {
  try {
    // V8 puts name and message into the stack, JavaScriptCore does not.
    if (value instanceof Error) return `${value}\n${(value.stack ?? "").replace(`${value}\n`, "")}`;
    return typeof value === "object" ? JSON.stringify(value) : String(value);
  } catch {
    // Circular, holds a BigInt, or has a getter that throws.
    return "[object]";
  }
}

/** The kind of a wrong value, for messages; never its content, which may be a secret. */
export function kindOf(value: unknown): string {
  return value === null ? "null" : Array.isArray(value) ? "array" : typeof value;
}
