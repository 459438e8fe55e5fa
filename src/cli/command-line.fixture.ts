import { run } from "./run.js";

export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command line in this process, with plain pipes for output. */
export async function runCommandLine(
  args: readonly string[],
  { cwd, signal = new AbortController().signal }: { readonly cwd: string; readonly signal?: AbortSignal },
): Promise<Ran> {
  let stdout = "";
  let stderr = "";
  const code = await run(args, {
    stdout: { write: (text) => (stdout += text) },
    stderr: { write: (text) => (stderr += text) },
    cwd,
    env: {},
    signal,
  });
  return { code, stdout, stderr };
}
