import { join } from "node:path";
import { packageRoot } from "../../config/package-root.js";
import { UserError } from "../../diagnostics/index.js";
import type { Mode } from "../../protocol/values.js";
import type { HostCommand } from "../extension-process.js";
import { buildProgram, exists, findToolchain, type ToolchainHost } from "../toolchain.js";

const host: ToolchainHost = {
  name: "swift",
  codes: { platform: "BA_SWIFT_PLATFORM", toolchain: "BA_SWIFT_TOOLCHAIN", build: "BA_SWIFT_BUILD" },
};

/** An extension with its principal class in Swift, and what it is made with. */
export interface SwiftExtension {
  readonly command: HostCommand;
  readonly swiftVersion: string;
  readonly libnodeVersion: string;
}

const found = new Map<Mode, Promise<SwiftExtension>>();

/** The extension of a mode, looked up once in a process. Throws as `findSwiftExtension` does. */
export async function swiftExtension(mode: Mode, report: (line: string) => void = () => {}): Promise<SwiftExtension> {
  const known = found.get(mode);
  if (known) return known;
  const finding = findSwiftExtension(mode, report).catch((error: unknown) => {
    found.delete(mode); // the user may put it right and try again
    throw error;
  });
  found.set(mode, finding);
  return finding;
}

/**
 * The extension of a mode, built as far as it is not up to date; `report` is told of the first time. Throws `UserError`
 * `BA_SWIFT_PLATFORM`, `BA_SWIFT_TOOLCHAIN`, `BA_SWIFT_VERSION` or `BA_SWIFT_BUILD`, which says what is missing and how to
 * get it.
 *
 * @param root the package's folder
 */
export async function findSwiftExtension(
  mode: Mode,
  report: (line: string) => void = () => {},
  root: string = packageRoot(),
): Promise<SwiftExtension> {
  const { script, swift, libnode } = await findToolchain(host, root);
  if (!isNewEnough(swift)) {
    throw new UserError(
      "BA_SWIFT_VERSION",
      `The swift host needs Swift 6.2 or newer; the toolchain has ${swift || "an unknown version"}.`,
      {
        hint: `Run BA_TOOLCHAIN=root ${script} setup --suite sid, or use --host embedded.`,
      },
    );
  }
  const program = join(root, "build/swift/release", `ba-${mode}-extension`);
  if (!(await exists(program))) report("Building the Swift extension for Linux (first use only)…");
  // Asked for each time: whoever changes the Swift sources would test an old program. It costs milliseconds.
  await buildProgram(host, join(root, "scripts/build-extension"), [mode]);
  return { command: { file: script, args: ["run", "--", program] }, swiftVersion: swift, libnodeVersion: libnode };
}

/** The tools version of `Package.swift`. */
function isNewEnough(version: string): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major > 6 || (major === 6 && minor >= 2);
}
