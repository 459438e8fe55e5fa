import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../..", import.meta.url));
const script = `${root}scripts/linux-toolchain`;

/** A command as it runs with libnode and its compiler in sight. @param {readonly string[]} command */
export const inToolchain = (command) => [script, "run", "--", ...command];

/** The runtime's host program linked to libnode, built where it is not current. */
export const hostProgram = () => built("build-runtime");

/** The Swift extension linked to libnode, built where it is not current. */
export const swiftExtension = () => built("build-extension");

const built = (script) => execFileSync(`${root}scripts/${script}`, { encoding: "utf8" }).trim().split("\n").at(-1);

/** The C program that dispatches events through the ABI. */
export function roundtripProgram() {
  const library = dirname(hostProgram());
  const flags = ["-std=c99", "-D_POSIX_C_SOURCE=200809L", `-I${root}embed-runtime/include`];
  return compile("roundtrip.c", "cc", [...flags, `-L${library}`, "-lba_runtime", `-Wl,-rpath,${library}`, "-pthread"]);
}

/** The bare embed. */
export const bareEmbed = () =>
  compile("bare_embed.cc", "c++", ["-std=c++20", "-fno-rtti", "-isystem", "/usr/include/node", "-lnode", "-luv"]);

/** Compiles one native program of `bench/native`. @param {string} source @param {readonly string[]} flags */
function compile(source, compiler, flags) {
  mkdirSync(`${root}build/bench`, { recursive: true });
  const program = `${root}build/bench/${source.replace(/\.\w+$/, "")}`;
  const args = ["-O2", "-Wall", "-Wextra", "-Werror", `${root}bench/native/${source}`, "-o", program, ...flags];
  execFileSync(compiler, args, { stdio: ["ignore", 2, 2] });
  return program;
}
