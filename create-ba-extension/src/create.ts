import { mkdir } from "node:fs/promises";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArguments, type Given } from "./arguments.js";
import { isEmpty } from "./directory.js";
import { librarySpec } from "./library-spec.js";
import { help } from "./options.js";
import { detectPackageManager } from "./package-manager.js";
import { completeProject } from "./project.js";
import { gitInit, hasCompiler, installDependencies } from "./steps.js";
import { equivalentCommand, nextSteps, prerequisites } from "./summary.js";
import { writeTemplate } from "./template.js";
import { Cancelled, UsageError } from "./usage-error.js";

/** What a run may touch of its process. */
export interface Io {
  /** Results: help, version, the path of the project. */
  readonly stdout: { write(text: string): unknown };
  /** Everything for people. */
  readonly stderr: { write(text: string): unknown };
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Whether somebody can answer questions. */
  readonly interactive: boolean;
}

/** Runs one command line; resolves to its exit code. */
export async function create(args: readonly string[], io: Io): Promise<0 | 1 | 2 | 130> {
  const say = (text: string): void => void io.stderr.write(`${text}\n`);
  try {
    const given = parseArguments(args);
    if (given.flags.has("help")) io.stdout.write(help());
    else if (given.flags.has("version")) io.stdout.write(`${packageVersion()}\n`);
    else await write(given, io, say);
    return 0;
  } catch (error) {
    if (error instanceof Cancelled) return 130;
    say(`✘ ${error instanceof Error ? error.message : String(error)}`);
    if (!(error instanceof UsageError)) return 1;
    say("  All options: create-ba-extension --help");
    return 2;
  }
}

async function write(parsed: Given, io: Io, say: (text: string) => void): Promise<void> {
  const { cwd, env } = io;
  const ask = io.interactive && !parsed.flags.has("yes");
  // Loaded on demand: the prompts take hold of the terminal.
  const prompts = ask ? await import("./prompts.js") : undefined;
  const given = prompts ? await prompts.askForMissing(parsed, cwd) : parsed;
  const project = completeProject(given, cwd);
  const { directory, values } = project;
  if (!given.flags.has("overwrite") && !(await isEmpty(directory))) {
    if (!prompts) {
      throw new UsageError(
        `${relative(cwd, directory) || "This folder"} is not empty. Name another one, or add --overwrite: it replaces the template's files and leaves others.`,
      );
    }
    await prompts.confirmOverwrite(directory, cwd);
  }

  await mkdir(directory, { recursive: true });
  const files = await writeTemplate(values.template, directory, {
    packageName: project.packageName,
    bundleIdentifier: values["bundle-id"],
    applicationGroupIdentifier: values["app-group"],
    baExtensionSpec: env["BA_EXTENSION_SPEC"] ?? librarySpec(packageRoot, packageVersion()),
  });
  say(`✓ ${relative(cwd, directory) || "."}  ${files.length} files from the template ${values.template}`);

  const manager = detectPackageManager(env["npm_config_user_agent"]);
  const step = async (name: string, command: string, run: () => Promise<void>): Promise<boolean> => {
    try {
      await run();
      say(`✓ ${name}`);
      return true;
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      say(`! ${name} failed. Run it yourself: ${command}\n${reason.replaceAll(/^/gm, "    ")}`);
      return false;
    }
  };
  if (!given.flags.has("no-git") && !existsSync(join(directory, ".git"))) {
    await step("git init", "git init", () => gitInit(directory));
  }
  const installed =
    !given.flags.has("no-install") &&
    (await step(manager.install, manager.install, () => installDependencies(manager.name, directory)));

  const machine = { compiler: await hasCompiler(), mac: process.platform === "darwin" };
  say(`\nOn this machine:\n${prerequisites(machine)}`);
  say(`\nThe same without questions:\n  ${equivalentCommand(project, given.flags, manager, cwd)}`);
  say(`\nNext:\n${nextSteps(project, installed, manager, cwd)}`);
  io.stdout.write(`${directory}\n`);
}

/** This package’s own folder: this file is in src/, or bundled in dist/. */
const packageRoot = dirname(dirname(fileURLToPath(import.meta.url)));

function packageVersion(): string {
  const text = readFileSync(join(packageRoot, "package.json"), "utf8");
  return (JSON.parse(text) as { version: string }).version;
}
