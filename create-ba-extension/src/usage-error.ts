/** A command line that cannot be carried out: exit code 2. The message says what is valid. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** The person pressed Ctrl-C at a question: exit code 130. */
export class Cancelled extends Error {
  override readonly name = "Cancelled";
}
