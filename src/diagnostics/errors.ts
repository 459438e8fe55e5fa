/** A place in a file of the user's. */
export interface SourceLocation {
  /** Absolute path. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** In UTF-16 units, from 1. */
  readonly column: number;
}

/** One of several things that are wrong at once. */
export interface Problem {
  readonly message: string;
  readonly hint?: string | undefined;
  readonly location?: SourceLocation | undefined;
}

export interface UserErrorOptions {
  /** The way out. */
  readonly hint?: string | undefined;
  readonly location?: SourceLocation | undefined;
  /** All that was found, when that is more than the error itself says. */
  readonly problems?: readonly Problem[] | undefined;
  readonly cause?: unknown;
}

/** Something the user can put right: in the handler, in `ba.config.ts`, on the command line, on the machine. */
export class UserError extends Error {
  override readonly name = "UserError";
  /** Stable, for programs: `BA_…`. */
  readonly code: string;
  readonly hint: string | undefined;
  readonly location: SourceLocation | undefined;
  /** Never empty: the error itself when nothing else was given. */
  readonly problems: readonly Problem[];

  constructor(code: string, message: string, options: UserErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.hint = options.hint;
    this.problems = options.problems ?? [{ message, hint: options.hint, location: options.location }];
    this.location = options.location ?? this.problems[0]?.location;
  }
}

/** A bug of ours: something that no input should bring about. */
export class InternalError extends Error {
  override readonly name = "InternalError";
  /** Stable, for programs: `BA_…`. */
  readonly code: string;

  constructor(code: string, message: string, options: { readonly cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
  }
}
