import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

/**
 * Scaffolds a project as a user would, and links this checkout into it instead of installing from a registry.
 *
 * @param {string} repository Absolute path of the checkout; built.
 * @param {string} directory Absolute path of the project to make.
 */
export async function scaffold(repository, directory) {
  const bin = join(repository, "create-ba-extension/bin/create-ba-extension.cjs");
  const { status, stderr } = spawnSync(process.execPath, [bin, directory, "--yes", "--no-install", "--no-git"], {
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`create-ba-extension ended with ${status}:\n${stderr}`);
  // The template's own assets make room for the demo's.
  await rm(join(directory, "assets"), { recursive: true });
  for (const name of ["ba-extension", "typescript", "vitest"]) {
    await link(name === "ba-extension" ? repository : join(repository, "node_modules", name), directory, name);
  }
}

/** What `npm install` of a folder does: the package, and its commands. */
async function link(target, directory, name) {
  const folder = join(directory, "node_modules", name);
  await mkdir(dirname(folder), { recursive: true });
  await symlink(target, folder, "junction");
  const { bin } = JSON.parse(await readFile(join(target, "package.json"), "utf8"));
  const commands = typeof bin === "string" ? { [name]: bin } : bin;
  for (const [command, file] of Object.entries(commands)) {
    const path = join(directory, "node_modules/.bin", command);
    await mkdir(dirname(path), { recursive: true });
    if (process.platform === "win32") await writeFile(`${path}.cmd`, `@node "${join(target, file)}" %*\r\n`);
    else await symlink(join(target, file), path);
  }
}

/**
 * Makes the simulated server ask for a password and, for people who watch, slow.
 *
 * @param {number | undefined} bytesPerSecond
 */
export async function configure(directory, bytesPerSecond) {
  const file = join(directory, "ba.config.ts");
  const user = "player";
  const password = randomBytes(9).toString("base64url");
  const server = { basicAuthentication: { realm: "assets", user, password }, bytesPerSecond };
  const template = await readFile(file, "utf8");
  const configured = template
    .replace("extension: {},", `extension: ${JSON.stringify({ AssetsUser: user, AssetsPassword: password })},`)
    .replace(/\n\}\);\n$/, `\n  simulate: { server: ${JSON.stringify(server)} },\n});\n`);
  if (!configured.includes("AssetsUser") || !configured.includes("simulate:")) {
    throw new Error("The template's ba.config.ts has changed; the demo cannot configure it any more.");
  }
  await writeFile(file, configured);
}
