import { spawn, type ChildProcess } from "node:child_process";
import type { Readable, Writable } from "node:stream";
import type { LogEntry } from "../protocol/system.js";
import { killOnExit } from "./live-processes.js";
import { forEachLine, Tail } from "./output.js";

/** The program of a host. */
export interface HostCommand {
  readonly file: string;
  readonly args: readonly string[];
}

/** A process in a group of its own, with frames on fds 3 and 4, that never outlives this one. */
export interface ExtensionProcess {
  /** 0 when it could not be started. */
  readonly pid: number;
  readonly input: Writable;
  readonly output: Readable;
  readonly stderrTail: Tail;
  /** Settles when the process has ended and all it wrote has been read: how it ended, for people. */
  readonly ended: Promise<ProcessEnd>;
  /** Ends the process and all that it started, at once. */
  kill(): void;
}

export interface ProcessEnd {
  /** `exited with code 1`, `was ended by SIGSEGV`, `could not be started: …`. */
  readonly how: string;
  readonly started: boolean;
}

/** Variables that would load code into the extension process or change its engine. */
const droppedVariables = ["NODE_OPTIONS", "NODE_REPL_EXTERNAL_MODULE"];

export function startProcess(
  command: HostCommand,
  onLog: (level: LogEntry["level"], message: string) => void,
): ExtensionProcess {
  const env = { ...process.env };
  for (const name of droppedVariables) delete env[name];
  const child = spawn(command.file, command.args, {
    stdio: ["ignore", "pipe", "pipe", "pipe", "pipe"],
    detached: true, // the leader of a process group, so that the whole tree can be ended
    env,
  });
  const { stdout, stderr, input, output } = pipesOf(child);
  input.on("error", () => {}); // the process ended, which `ended` tells
  const stderrTail = new Tail();
  forEachLine(stdout, (line) => onLog("default", line));
  forEachLine(stderr, (line) => {
    stderrTail.add(line);
    onLog("error", line);
  });

  const kill = (): void => {
    // Once it has been waited for, its id may be another process's.
    if (child.exitCode === null && child.signalCode === null) killGroup(child);
  };
  const forget = killOnExit(kill);
  const ended = new Promise<ProcessEnd>((resolve) => {
    child.on("error", (error) => {
      forget();
      resolve({ how: `could not be started: ${error.message}`, started: false });
    });
    child.on("exit", () => {
      forget();
      killGroup(child); // what the handler started holds the pipes open, and ends with it
    });
    child.on("close", (code, signal) => {
      resolve({ how: signal ? `was ended by ${signal}` : `exited with code ${code}`, started: true });
    });
  });
  return { pid: child.pid ?? 0, input, output, stderrTail, ended, kill };
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, "SIGKILL");
  } catch {
    // The group is empty already.
  }
}

function pipesOf(child: ChildProcess): { stdout: Readable; stderr: Readable; input: Writable; output: Readable } {
  const [, stdout, stderr, input, output] = child.stdio;
  // Always there by the `stdio` above; the types cannot say it.
  return {
    stdout: stdout as Readable,
    stderr: stderr as Readable,
    input: input as Writable,
    output: output as Readable,
  };
}
