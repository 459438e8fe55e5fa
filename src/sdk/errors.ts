/**
 * An error with a stable code. Engine-neutral, thrown to handlers by this package and by host calls.
 * `code` is for programs, `message` says what failed and the rule, `hint` the way out.
 */
export class BAError extends Error {
  readonly code: string;
  readonly hint: string | undefined;

  constructor(code: string, message: string, options: { readonly hint?: string | undefined } = {}) {
    super(message);
    this.name = "BAError";
    this.code = code;
    this.hint = options.hint;
  }
}
