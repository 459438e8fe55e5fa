/** The Linux toolchain: what the hosts have in common whose programs are made with it and run in it. */
import { execFile } from "node:child_process";
import { access } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { z } from "zod";
import { UserError } from "../diagnostics/index.js";
import type { HostName } from "./host-name.js";

const run = promisify(execFile);

const toolchainStatus = z.discriminatedUnion("available", [
  z.object({ available: z.literal(true), kind: z.enum(["root", "system"]), libnode: z.string(), swift: z.string() }),
  z.object({ available: z.literal(false), reason: z.string(), fix: z.string() }),
]);

/** A host that needs the toolchain, and the codes of its errors. */
export interface ToolchainHost {
  readonly name: HostName;
  readonly codes: { readonly platform: string; readonly toolchain: string; readonly build: string };
}

export interface Toolchain {
  /** Absolute path of `scripts/linux-toolchain`. */
  readonly script: string;
  /** Versions: `24.22.2`, `6.2.3`; empty where it is not known. */
  readonly libnode: string;
  readonly swift: string;
}

/** The toolchain as this machine has it. Throws `UserError` that says what is missing and which command gets it. */
export async function findToolchain({ name, codes }: ToolchainHost, root: string): Promise<Toolchain> {
  if (process.platform !== "linux") {
    throw new UserError(codes.platform, `The ${name} host runs on Linux, not on ${process.platform}.`, {
      hint: "Use --host embedded or --host worker.",
    });
  }
  const script = join(root, "scripts/linux-toolchain");
  const status = await readStatus(script);
  if (status.available) return { script, libnode: status.libnode, swift: status.swift };
  throw new UserError(codes.toolchain, `The ${name} host has no toolchain: ${status.reason}.`, { hint: status.fix });
}

/** Runs a script that builds the program of a host; it waits for another build of the same. Throws `UserError`. */
export async function buildProgram(
  { name, codes }: ToolchainHost,
  script: string,
  args: readonly string[] = [],
): Promise<void> {
  // The log of a build that failed comes with it.
  await run(script, args, { maxBuffer: 64 * 1024 * 1024 }).catch((cause: Error & { readonly stderr?: string }) => {
    const reason = cause.stderr?.trim().split("\n").at(-1) ?? cause.message;
    throw new UserError(codes.build, `The ${name} host could not be built: ${reason}`, {
      hint: `Run ${[script, ...args].join(" ")} to see the whole output, or use --host embedded.`,
      cause,
    });
  });
}

async function readStatus(script: string): Promise<z.infer<typeof toolchainStatus>> {
  if (!(await exists(script))) {
    return {
      available: false,
      reason: "this copy of ba-extension comes without scripts/linux-toolchain",
      fix: "Use --host embedded or --host worker, or a checkout of the repository.",
    };
  }
  const { stdout } = await run(script, ["status"]);
  return toolchainStatus.parse(JSON.parse(stdout));
}

export async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
