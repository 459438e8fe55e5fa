/** Texts without the secrets that a handler has put into its answer, should it have logged them, too. */
export function redact(text: string, secrets: readonly string[]): string {
  // The longest first: a short one may be part of it.
  return [...secrets]
    .sort((a, b) => b.length - a.length)
    .reduce((redacted, secret) => redacted.replaceAll(secret, "•••"), text);
}
