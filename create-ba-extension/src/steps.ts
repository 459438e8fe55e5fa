import { spawn } from "node:child_process";

/** Runs a command in the project; rejects with its output when it fails. */
function runCommand(command: string, args: readonly string[], cwd: string): Promise<void> {
  return new Promise((resolve, reject) => {
    // On Windows package managers are .cmd files, which need a shell; no argument comes from the user.
    const child = spawn(command, args, { cwd, stdio: ["ignore", "pipe", "pipe"], shell: process.platform === "win32" });
    let output = "";
    const gather = (chunk: Buffer): void => void (output += chunk.toString());
    child.stdout.on("data", gather);
    child.stderr.on("data", gather);
    child.once("error", reject);
    child.once("close", (code) =>
      code === 0 ? resolve() : reject(new Error(output.trim() || `${command} ended with ${code}.`)),
    );
  });
}

export const gitInit = (cwd: string): Promise<void> => runCommand("git", ["init", "--quiet"], cwd);

export const installDependencies = (manager: string, cwd: string): Promise<void> =>
  runCommand(manager, ["install"], cwd);

/** Whether this machine can compile the runtime of the `embedded` host. */
export async function hasCompiler(): Promise<boolean> {
  const candidates = [process.env["CXX"], "c++", "g++", "clang++"].filter((name) => name !== undefined && name !== "");
  for (const name of candidates) {
    try {
      await runCommand(name ?? "", ["--version"], process.cwd());
      return true;
    } catch {
      // The next one.
    }
  }
  return false;
}
