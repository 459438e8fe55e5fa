/**
 * Matchers for `expect.extend`, of vitest and jest alike. `docs/testing.md` has the lines that set them up.
 * @module
 */
import { toHaveClaimed, toHaveFailed, toHaveFinished, toHaveRefused, type ExpectedError } from "./downloads.js";
import { toHaveFile, type ExpectedFile } from "./files.js";
import { toHaveDiagnostic, toHaveLogged } from "./messages.js";
import type { MatcherResult } from "./result.js";

export type { ExpectedError } from "./downloads.js";
export type { ExpectedFile } from "./files.js";

/**
 * Types of the matchers, for `Matchers` of the test runner to extend. Those of downloads, diagnostics and logs look at a
 * report, or at several: all of `simulator.advance`.
 *
 * @example
 * declare module "vitest" {
 *   interface Matchers<T = any> extends ExtensionMatchers {}
 * }
 */
export interface ExtensionMatchers {
  /** Every one of the downloads has finished; behind `.not`, none of them. */
  toHaveFinished(identifiers: string | readonly string[]): void;
  /** The transfer of the download failed, with this error. */
  toHaveFailed(identifier: string, error?: ExpectedError): void;
  /** A rule of the system refused the download, with this error. */
  toHaveRefused(identifier: string, error?: ExpectedError): void;
  /** The handler moved a file to this place, and it is there, whole. The path is that of `file.moveTo` or of the report. */
  toHaveClaimed(path: string): void;
  /** Of a simulator: the app group has this file, below `Library/Caches` or, with all of its path, below the container. */
  toHaveFile(path: string, expected?: ExpectedFile): void;
  /** A diagnostic has this code: `BA_…`. */
  toHaveDiagnostic(code: string): void;
  /** An entry of the log has this text in it, or matches. */
  toHaveLogged(message: string | RegExp): void;
}

/**
 * @example
 * expect.extend(matchers);
 * expect(await simulator.dispatch({ kind: "install" })).toHaveFinished("level-1.pak");
 */
export const matchers = {
  toHaveFinished(
    this: { readonly isNot?: boolean },
    received: unknown,
    identifiers: string | readonly string[],
  ): MatcherResult {
    return toHaveFinished(received, identifiers, this.isNot === true);
  },
  toHaveFailed,
  toHaveRefused,
  toHaveClaimed,
  toHaveFile,
  toHaveDiagnostic,
  toHaveLogged,
} satisfies Record<keyof ExtensionMatchers, unknown>;
