import { Command, CommanderError } from "commander";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { packageRoot } from "../config/index.js";
import { addBuild } from "./commands/build.js";
import { addEvent } from "./commands/event.js";
import { addServe } from "./commands/serve.js";
import { addSimulate } from "./commands/simulate.js";
import { printJson, type Context } from "./context.js";
import { exitCodeOf, exitCodes, interruptedError, toJsonError, type ExitCode } from "./exit.js";
import { createReporter } from "./reporter.js";
import { supportsColor, type Io } from "./terminal.js";

/** Runs one command line. Never throws; everything that it has to say is written when it resolves. */
export async function run(args: readonly string[], io: Io): Promise<ExitCode> {
  // Looked up by hand, because a command line that cannot be parsed must answer in JSON as well.
  const json = args.includes("--json");
  const context: Context = {
    ...io,
    reporter: createReporter(io, json),
    exitCode: exitCodes.ok,
    endsOnInterrupt: false,
    interruptionHint: null,
  };
  try {
    await createProgram(context, json).parseAsync(args, { from: "user" });
    return io.signal.aborted && !context.endsOnInterrupt ? interrupted(context, json) : context.exitCode;
  } catch (error) {
    if (io.signal.aborted) return interrupted(context, json);
    if (error instanceof CommanderError && error.exitCode === 0) return exitCodes.ok; // --help, --version
    if (json) printJson(io, { error: toJsonError(error) });
    else if (!(error instanceof CommanderError)) context.reporter.error(error);
    return exitCodeOf(error);
  }
}

function interrupted(context: Context, json: boolean): ExitCode {
  const { interruptionHint } = context;
  if (json) printJson(context, { error: interruptedError(interruptionHint) });
  else context.reporter.warn(interruptionHint ? `Interrupted. ${interruptionHint}` : "Interrupted.");
  return exitCodes.interrupted;
}

function createProgram(context: Context, json: boolean): Command {
  const program = new Command("ba-extension")
    .description("Builds and simulates Background Assets downloader extensions written in TypeScript.")
    .version(packageVersion(), "-V, --version")
    .exitOverride()
    .showHelpAfterError("(add --help for the options of this command)")
    .configureOutput({
      writeOut: (text) => void context.stdout.write(text),
      writeErr: (text) => void (json || context.stderr.write(text)),
      getOutHasColors: () => supportsColor(context.stdout, context.env),
      getErrHasColors: () => supportsColor(context.stderr, context.env),
      getOutHelpWidth: () => context.stdout.columns ?? 100,
      getErrHelpWidth: () => context.stderr.columns ?? 100,
    })
    .addHelpText("after", "\nExit codes: 0 ok, 1 the run failed, 2 usage, 130 interrupted.");
  addSimulate(program, context);
  addEvent(program, context);
  addServe(program, context);
  addBuild(program, context);
  return program;
}

function packageVersion(): string {
  const { version } = JSON.parse(readFileSync(join(packageRoot(), "package.json"), "utf8")) as { version: string };
  return version;
}
