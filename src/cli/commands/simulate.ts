import { Argument, Option, type Command } from "commander";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { loadConfig } from "../../config/index.js";
import type { SourceLocation } from "../../diagnostics/index.js";
import { checkHostEngine, hosts } from "../../hosts/index.js";
import { createSimulator, type HostName, type Report } from "../../simulator/index.js";
import { printJson, type Context } from "../context.js";
import { deliverEventFile, readEventFile } from "../event-file.js";
import { exitCodes } from "../exit.js";
import { renderReport } from "../render-report.js";
import { showProgress } from "../show-progress.js";
import { supportsColor } from "../terminal.js";

/** As people write them. */
const kinds = {
  install: "install",
  update: "update",
  periodic: "periodic",
  "language-change": "languageChange",
} as const;
type Kind = keyof typeof kinds;

interface SimulateOptions {
  readonly host?: HostName;
  readonly engine: string;
  readonly state?: string;
  readonly fresh?: boolean;
  readonly event?: string;
  readonly locale?: string;
  readonly json?: boolean;
}

export function addSimulate(program: Command, context: Context): void {
  const command = program
    .command("simulate")
    .description("play an event of the system towards the extension, with real downloads")
    .addArgument(new Argument("[kind]", "what happens to the app").choices(Object.keys(kinds)))
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
    .option("--json", "print one JSON document on stdout, nothing for people")
    .action(async (kind: Kind | undefined, options: SimulateOptions) => {
      if ((kind === undefined) === (options.event === undefined)) {
        command.error(`error: say what to simulate: ${Object.keys(kinds).join(", ")}, or --event <file>, one of them.`);
      }
      if (options.locale !== undefined && kind !== "language-change") {
        command.error("error: --locale goes with language-change only.");
      }
      checkHostEngine(options.host ?? "embedded", options.engine);
      await simulate(kind, options, context);
    });
}

async function simulate(kind: Kind | undefined, options: SimulateOptions, context: Context): Promise<void> {
  const { cwd, signal, reporter } = context;
  const message = options.event === undefined ? undefined : await readEventFile(resolve(cwd, options.event));
  const project = await loadConfig(cwd);
  const progress = showProgress(reporter);
  const simulator = await createSimulator({
    project,
    host: options.host,
    stateDirectory: options.state === undefined ? undefined : resolve(cwd, options.state),
    fresh: options.fresh,
    onProgress: progress.on,
    signal,
  });
  let report: Report;
  try {
    report = await (message
      ? deliverEventFile(message, simulator)
      : simulator.dispatch({ kind: kinds[kind ?? "install"], locale: options.locale }));
  } finally {
    progress.end();
    await simulator.dispose();
  }
  if (!report.ok) context.exitCode = exitCodes.failed;
  if (options.json) return printJson(context, report);
  const color = supportsColor(context.stdout, context.env);
  const extension = `${project.config.bundleIdentifier}.downloader`;
  context.stdout.write(renderReport(report, { color, cwd, extension, sourceLine }));
}

/** Null for a file that has gone since it was bundled. */
function sourceLine({ file, line }: SourceLocation): string | null {
  try {
    return readFileSync(file, "utf8").split("\n")[line - 1] ?? null;
  } catch {
    return null;
  }
}
