import { type CANCEL_SYMBOL, cancel, confirm, intro, isCancel, text } from "@clack/prompts";
import { relative } from "node:path";
import { problemOf, type Given } from "./arguments.js";
import { options, type ValueName } from "./options.js";
import { completeProject, defaultDirectory } from "./project.js";
import { Cancelled } from "./usage-error.js";

/** Asks for what the command line left open. Only for a terminal: the caller knows. */
export async function askForMissing(given: Given, cwd: string): Promise<Given> {
  intro("create-ba-extension");
  const directory =
    given.directory ??
    (await answer(
      text({ message: "Folder of the project?", placeholder: defaultDirectory, defaultValue: defaultDirectory }),
    ));
  const values: Partial<Record<ValueName, string>> = { ...given.values };
  const names = Object.keys(options) as ValueName[];
  for (const name of names) {
    const option = options[name];
    if (!("question" in option) || values[name] !== undefined) continue;
    const preset = completeProject({ ...given, directory, values }, cwd).values[name];
    const message = option.question;
    // An empty answer is the default's, which is valid.
    const validate = (value: string | undefined): string | undefined => (value ? problemOf(name, value) : undefined);
    values[name] = await answer(text({ message, placeholder: preset, defaultValue: preset, validate }));
  }
  return { ...given, directory, values };
}

/** Asks whether to write into a folder with files in it. */
export async function confirmOverwrite(directory: string, cwd: string): Promise<void> {
  const shown = relative(cwd, directory) || "This folder";
  const message = `${shown} is not empty. Write the template's files into it? Files of the same name are replaced, others stay.`;
  if (!(await answer(confirm({ message, initialValue: false })))) giveUp();
}

async function answer<Value extends string | boolean>(asked: Promise<Value | typeof CANCEL_SYMBOL>): Promise<Value> {
  const given = await asked;
  return isCancel(given) ? giveUp() : given;
}

function giveUp(): never {
  cancel("Nothing was written.");
  throw new Cancelled();
}
