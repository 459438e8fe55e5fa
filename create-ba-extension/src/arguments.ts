import { parseArgs } from "node:util";
import { entries, options, type FlagName, type ValueName, type ValueOption } from "./options.js";
import { UsageError } from "./usage-error.js";

/** A parsed command line: what was given, nothing added. */
export interface Given {
  readonly directory: string | undefined;
  readonly values: Readonly<Partial<Record<ValueName, string>>>;
  readonly flags: ReadonlySet<FlagName>;
}

/** @throws UsageError that names the valid options or values. */
export function parseArguments(args: readonly string[]): Given {
  const { values, positionals } = parse(args);
  if (positionals.length > 1) {
    throw new UsageError(`One folder at most, and these are ${positionals.length}: ${positionals.join(", ")}`);
  }
  const given: Partial<Record<ValueName, string>> = {};
  const flags = new Set<FlagName>();
  for (const [name, value] of Object.entries(values)) {
    if (typeof value === "string") given[name as ValueName] = checked(name as ValueName, value);
    else if (value === true) flags.add(name as FlagName);
  }
  return { directory: positionals[0], values: given, flags };
}

/** What is wrong with a value of an option, or undefined. */
export function problemOf(name: ValueName, value: string): string | undefined {
  const option: ValueOption = options[name];
  if (option.choices && !option.choices.includes(value)) return `must be one of: ${option.choices.join(", ")}`;
  return option.check?.(value);
}

function checked(name: ValueName, value: string): string {
  const problem = problemOf(name, value);
  if (problem) throw new UsageError(`--${name} ${JSON.stringify(value)}: ${problem}.`);
  return value;
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: Object.fromEntries(
        entries.map(([name, { kind }]) => [name, { type: kind === "value" ? "string" : "boolean" } as const]),
      ),
    });
  } catch (error) {
    const message = error instanceof Error ? error.message.split(". ")[0] : String(error);
    throw new UsageError(`${message}. Options: ${entries.map(([name]) => `--${name}`).join(", ")}`);
  }
}
