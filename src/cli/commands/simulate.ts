import { Argument, InvalidArgumentError, Option, type Command } from "commander";
import { resolve } from "node:path";
import { checkHostEngine, hosts } from "../../hosts/index.js";
import type { HostName } from "../../simulator/index.js";
import { createFaults } from "../../simulator/faults/index.js";
import type { Context } from "../context.js";
import { printFaultHelp } from "../fault-help.js";
import { simulate, type Play } from "../simulate.js";

/** As people write them. */
const events = {
  install: "install",
  update: "update",
  periodic: "periodic",
  "language-change": "languageChange",
  unknown: "unknown",
} as const;
const kinds = [...Object.keys(events), "resume"] as readonly Kind[];
type Kind = keyof typeof events | "resume";

interface Options {
  readonly host?: HostName;
  readonly engine: string;
  readonly state?: string;
  readonly fresh?: boolean;
  readonly event?: string;
  readonly locale?: string;
  readonly rawValue?: number;
  readonly fault?: readonly string[];
  readonly json?: boolean;
}

export function addSimulate(program: Command, context: Context): void {
  const command = program
    .command("simulate")
    .description("play an event of the system towards the extension, with real downloads")
    .addArgument(
      new Argument("[kind]", "what happens to the app, or `resume`: go on with what was interrupted").choices(kinds),
    )
    .addOption(
      new Option("--host <host>", "what runs the handler (default: embedded where it can be built)").choices(
        Object.keys(hosts),
      ),
    )
    .option("--engine <engine>", "JavaScript engine", "node")
    .option("--state <dir>", "state of the simulated system (default: .ba/state)")
    .option("--fresh", "forget the state first: a device that never had the app")
    .option("--event <file>", "deliver the message in this file instead; `ba-extension event` prints samples")
    .option("--locale <locale>", "with language-change: the language that the app has from now on, such as de-DE")
    .addOption(
      new Option("--raw-value <number>", "with unknown: the number of the content request").argParser(rawValue),
    )
    .addOption(
      // Without a value that commander would print as the default.
      new Option("--fault <fault>", "what goes wrong; more than once for several, `--fault help` lists them").argParser(
        (text: string, faults: readonly string[] = []) => [...faults, text],
      ),
    )
    .option("--json", "print one JSON document on stdout, nothing for people")
    .action(async (kind: Kind | undefined, options: Options) => {
      const faults = options.fault ?? [];
      if (faults.includes("help")) return printFaultHelp(context, options.json === true);
      createFaults(faults); // throws for one that there is not, before anything is built
      const play = playOf(kind, options, context, (message) => command.error(`error: ${message}`));
      checkHostEngine(options.host ?? "embedded", options.engine);
      await simulate(play, { ...options, faults }, context);
    });
}

/** What to play; ends the command where options and kind do not go together. */
function playOf(
  kind: Kind | undefined,
  { event, fresh, locale, rawValue }: Options,
  { cwd }: Context,
  fail: (message: string) => never,
): Play {
  if (locale !== undefined && kind !== "language-change") fail("--locale goes with language-change only.");
  if (rawValue !== undefined && kind !== "unknown") fail("--raw-value goes with unknown only.");
  if (fresh && kind === "resume") fail("--fresh forgets what resume would go on with; leave one of them out.");
  if (kind !== undefined && event === undefined) {
    return kind === "resume" ? kind : { kind: events[kind], locale, rawValue };
  }
  if (kind === undefined && event !== undefined) return { file: resolve(cwd, event) };
  return fail(`say what to simulate: ${kinds.join(", ")}, or --event <file>, one of them.`);
}

const knownRequests = ["install", "update", "periodic", "language-change"];

/** `BAContentRequest` is an integer; those with a name are no unknown ones. */
function rawValue(text: string): number {
  const number = Number(text);
  if (!/^-?\d+$/.test(text) || !Number.isSafeInteger(number)) throw new InvalidArgumentError("It is a whole number.");
  const known = knownRequests[number - 1];
  if (known) throw new InvalidArgumentError(`That one is known: ba-extension simulate ${known}.`);
  return number;
}
