import { appendFile, mkdir } from "node:fs/promises";
import { dirname } from "node:path";

/** The addon could not be built or does not work here. `logPath`: absolute, kept for the user. */
export class AddonBuildError extends Error {
  override readonly name = "AddonBuildError";
  readonly logPath: string;

  constructor(message: string, logPath: string, options?: ErrorOptions) {
    super(message, options);
    this.logPath = logPath;
  }
}

/** Ends the log with what went wrong. */
export async function failBuild(prefix: string, cause: unknown, logPath: string): Promise<never> {
  const message = prefix + (cause instanceof Error ? cause.message : String(cause));
  await mkdir(dirname(logPath), { recursive: true });
  await appendFile(logPath, `${message}\n`);
  throw new AddonBuildError(message, logPath, { cause });
}
