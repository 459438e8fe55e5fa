import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { temporaryFolder } from "./test-guest.js";

/**
 * A package whose toolchain says `status` (undefined: it has no toolchain). Returns its folder.
 *
 * @param scripts what its build scripts do, by their names
 * @param programs paths of what has been built
 */
export function toolchainPackage(
  status: object | undefined,
  scripts: Readonly<Record<string, string>>,
  programs: readonly string[],
): string {
  const root = temporaryFolder();
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
    chmodSync(join(root, path), 0o755);
  };
  if (status) write("scripts/linux-toolchain", `#!/bin/sh\necho '${JSON.stringify(status)}'\n`);
  for (const [name, script] of Object.entries(scripts)) write(`scripts/${name}`, `#!/bin/sh\n${script}\n`);
  for (const program of programs) write(program, "");
  return root;
}
