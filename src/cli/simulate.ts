import { readFileSync } from "node:fs";
import { relative, resolve } from "node:path";
import { loadConfig } from "../config/index.js";
import type { SourceLocation } from "../diagnostics/index.js";
import {
  createSimulator,
  type HostName,
  type Report,
  type Simulator,
  type SimulatorEvent,
} from "../simulator/index.js";
import { printJson, type Context } from "./context.js";
import { deliverEventFile, readEventFile } from "./event-file.js";
import { exitCodes } from "./exit.js";
import { renderReport } from "./render-report.js";
import { showProgress } from "./show-progress.js";
import { supportsColor } from "./terminal.js";

/** What to play: an event, the message in a file (absolute path), or what is left of an earlier run. */
export type Play = Exclude<SimulatorEvent, { kind: "message" }> | { readonly file: string } | "resume";

export interface SimulateOptions {
  readonly host?: HostName | undefined;
  readonly state?: string | undefined;
  readonly fresh?: boolean | undefined;
  readonly faults: readonly string[];
  readonly json?: boolean | undefined;
}

/** Plays it, and prints the report. */
export async function simulate(play: Play, options: SimulateOptions, context: Context): Promise<void> {
  const { cwd, signal, reporter } = context;
  const playOn = await prepare(play);
  const project = await loadConfig(cwd);
  const progress = showProgress(reporter);
  const simulator = await createSimulator({
    project,
    host: options.host,
    stateDirectory: options.state === undefined ? undefined : resolve(cwd, options.state),
    fresh: options.fresh,
    faults: options.faults,
    crash: crashOf(options, context),
    onProgress: progress.on,
    signal,
  });
  // A single message leaves nothing behind that could go on.
  if (play === "resume" || "kind" in play) context.interruptionHint = `To go on: ${resumeCommand(options, cwd)}`;
  const report = await playOn(simulator).finally(async () => {
    progress.end();
    await simulator.dispose();
  });
  if (!report.ok) context.exitCode = exitCodes.failed;
  if (options.json) return printJson(context, report);
  const color = supportsColor(context.stdout, context.env);
  const extension = `${project.config.bundleIdentifier}.downloader`;
  context.stdout.write(renderReport(report, { color, cwd, extension, sourceLine }));
}

/** Reads what there is to read, before anything is built. */
async function prepare(play: Play): Promise<(simulator: Simulator) => Promise<Report>> {
  if (play === "resume") return (simulator) => simulator.resume();
  if ("kind" in play) return (simulator) => simulator.dispatch(play);
  const message = await readEventFile(play.file);
  return (simulator) => deliverEventFile(message, simulator);
}

/** What the fault `kill-system` does: nothing is tidied up. */
function crashOf(options: SimulateOptions, { crash, cwd, reporter }: Context): (() => never) | undefined {
  if (!crash) return undefined;
  return () => {
    reporter.warn(`The simulated system is killed, as --fault said. To go on: ${resumeCommand(options, cwd)}`);
    return crash();
  };
}

function resumeCommand({ state, host }: SimulateOptions, cwd: string): string {
  const folder = state === undefined ? "" : ` --state ${quoted(relative(cwd, resolve(cwd, state)) || ".")}`;
  return `ba-extension simulate resume${folder}${host === undefined ? "" : ` --host ${host}`}`;
}

/** For a shell, where it has to be. */
const quoted = (text: string): string => (/^[\w./@+-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);

/** Null for a file that has gone since it was bundled. */
function sourceLine({ file, line }: SourceLocation): string | null {
  try {
    return readFileSync(file, "utf8").split("\n")[line - 1] ?? null;
  } catch {
    return null;
  }
}
