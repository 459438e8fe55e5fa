import { execFile } from "node:child_process";
import { access } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { z } from "zod";
import { packageRoot } from "../config/package-root.js";
import { UserError } from "../diagnostics/index.js";
import type { HostCommand } from "./extension-process.js";

const run = promisify(execFile);

const toolchainStatus = z.discriminatedUnion("available", [
  z.object({ available: z.literal(true), kind: z.enum(["root", "system"]), libnode: z.string() }),
  z.object({ available: z.literal(false), reason: z.string(), fix: z.string() }),
]);

/** The libnode program and what it is linked to. */
export interface LibnodeHost {
  readonly command: HostCommand;
  readonly libnodeVersion: string;
}

let found: Promise<LibnodeHost> | undefined;

/** How to start the libnode program; looked up once in a process. Throws as `findLibnode` does. */
export async function libnodeCommand(): Promise<HostCommand> {
  found ??= findLibnode().catch((error: unknown) => {
    found = undefined;
    throw error;
  });
  return (await found).command;
}

/**
 * The libnode program, built when it is not there yet, which `report` is told. Throws `UserError` that says what is
 * missing and which command gets it. `root`: the package's.
 */
export async function findLibnode(
  report: (line: string) => void = () => {},
  root: string = packageRoot(),
): Promise<LibnodeHost> {
  if (process.platform !== "linux") {
    throw new UserError("BA_LIBNODE_PLATFORM", `The libnode host runs on Linux, not on ${process.platform}.`, {
      hint: "Use --host embedded or --host worker.",
    });
  }
  const program = join(root, "build/libnode/ba-extension-host");
  const toolchain = join(root, "scripts/linux-toolchain");
  const status = await readStatus(toolchain);
  if (!status.available) {
    throw new UserError("BA_LIBNODE_TOOLCHAIN", `The libnode host has no toolchain: ${status.reason}.`, {
      hint: status.fix,
    });
  }
  if (!(await exists(program))) {
    report("Building the runtime for libnode (first use only)…");
    await build(join(root, "scripts/build-runtime"));
  }
  // The program is linked to the toolchain's libnode; `run` starts it directly where that is the system's own.
  return { command: { file: toolchain, args: ["run", "--", program] }, libnodeVersion: status.libnode };
}

/** Waits for another build of the same program; ends at once when there is nothing to do. */
async function build(script: string): Promise<void> {
  await run(script).catch((cause: Error & { readonly stderr?: string }) => {
    const reason = cause.stderr?.trim().split("\n").at(-1) ?? cause.message;
    throw new UserError("BA_LIBNODE_BUILD", `The libnode host could not be built: ${reason}`, {
      hint: `Run ${script} to see the whole output, or use --host embedded.`,
      cause,
    });
  });
}

async function readStatus(toolchain: string): Promise<z.infer<typeof toolchainStatus>> {
  if (!(await exists(toolchain))) {
    return {
      available: false,
      reason: "this copy of ba-extension comes without scripts/linux-toolchain",
      fix: "Use --host embedded or --host worker, or a checkout of the repository.",
    };
  }
  const { stdout } = await run(toolchain, ["status"]);
  return toolchainStatus.parse(JSON.parse(stdout));
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
