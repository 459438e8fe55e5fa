import { relative } from "node:path";
import { options, type ValueName } from "./options.js";
import type { PackageManager } from "./package-manager.js";
import type { Project } from "./project.js";

/** The command that makes the same project again without a question. */
export function equivalentCommand(
  project: Project,
  flags: ReadonlySet<string>,
  manager: PackageManager,
  cwd: string,
): string {
  const values = (Object.keys(options) as (keyof typeof options)[])
    .filter((name): name is ValueName => options[name].kind === "value")
    .filter((name) => project.values[name] !== "")
    .map((name) => `--${name} ${project.values[name]}`);
  const kept = ["no-install", "no-git"].filter((flag) => flags.has(flag)).map((flag) => `--${flag}`);
  return manager.create([shellWord(shown(project, cwd)), ...values, "--yes", ...kept].join(" "));
}

/** What works on this machine, and what does not yet. */
export function prerequisites(machine: { compiler: boolean; mac: boolean }): string {
  const rows = [
    ["simulate --host worker", "works here"],
    [
      "simulate --host embedded",
      machine.compiler ? "works here; compiles the runtime on first use" : "needs a C++20 compiler (g++ or clang++)",
    ],
    ["the app itself", machine.mac ? "needs Xcode" : "needs a Mac with Xcode"],
  ];
  return rows.map(([what, state]) => `  ${what?.padEnd(26)} ${state}`).join("\n");
}

/** @param installed Whether the dependencies are there already. */
export function nextSteps(project: Project, installed: boolean, manager: PackageManager, cwd: string): string {
  const directory = shown(project, cwd);
  const steps = [
    ...(directory === "." ? [] : [`cd ${shellWord(directory)}`]),
    ...(installed ? [] : [manager.install]),
    manager.run("simulate"),
    manager.test,
  ];
  return steps.map((step) => `  ${step}`).join("\n");
}

const shown = ({ directory }: Project, cwd: string): string => relative(cwd, directory) || ".";

const shellWord = (text: string): string => (/^[\w./@-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`);
