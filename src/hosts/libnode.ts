import { join } from "node:path";
import { packageRoot } from "../config/package-root.js";
import type { HostCommand } from "./extension-process.js";
import { buildProgram, exists, findToolchain, type ToolchainHost } from "./toolchain.js";

const host: ToolchainHost = {
  name: "libnode",
  codes: { platform: "BA_LIBNODE_PLATFORM", toolchain: "BA_LIBNODE_TOOLCHAIN", build: "BA_LIBNODE_BUILD" },
};

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
  const { script, libnode } = await findToolchain(host, root);
  const program = join(root, "build/libnode/ba-extension-host");
  if (!(await exists(program))) {
    report("Building the runtime for libnode (first use only)…");
    await buildProgram(host, join(root, "scripts/build-runtime"));
  }
  // The program is linked to the toolchain's libnode; `run` starts it directly where that is the system's own.
  return { command: { file: script, args: ["run", "--", program] }, libnodeVersion: libnode };
}
