/** Helpers of this folder's tests: hand-written bundles, launched in real child processes. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { GuestEvent, HostCall, HostReply } from "../protocol/guest.js";
import type { LogEntry } from "../protocol/system.js";
import type { URLDownloadMessage } from "../protocol/values.js";
import type { GuestConnection } from "../principal/guest-connection.js";
import { configuration } from "./test-configuration.js";
import type { HostCommand } from "./extension-process.js";
import type { GuestHostName } from "./host-name.js";
import { launchGuest } from "./launch.js";
import { launchCommand, type LoadOptions } from "./launch-command.js";

export { configuration } from "./test-configuration.js";

export const terminate: GuestEvent = { kind: "extensionWillTerminate" };
export const fulfilled = { status: "fulfilled", value: null } as const;

/** A folder for one test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "ba-hosts-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A CommonJS bundle that answers each event with `dispatch(id, json)`; `native`, `done(id)` are in scope. */
export function guestBundle(dispatch: string, extra = ""): string {
  return writeBundle(`let answerHostCall = () => {};
exports.start = (native, configuration) => {
  const done = (id) => native.reply(id, '{"status":"fulfilled","value":null}');
  ${extra}
  return {
    callbacks: ["downloads", "extensionWillTerminate"],
    dispatch: ${dispatch},
    hostReply(call, json) { answerHostCall(call, json); },
  };
};
`);
}

export function writeBundle(source: string): string {
  const path = join(temporaryFolder(), "handler.cjs");
  writeFileSync(path, source);
  return path;
}

export interface Launched {
  readonly guest: GuestConnection;
  readonly logs: Array<{ level: LogEntry["level"]; message: string }>;
  readonly hostCalls: HostCall[];
}

export interface TestLaunchOptions extends Partial<Omit<LoadOptions, "bundle" | "onLog" | "onHostCall">> {
  readonly onHostCall?: (call: HostCall) => Promise<HostReply>;
  readonly onLog?: (message: string) => void;
}

/** Launches, and ends the process with the test. */
export async function launch(
  host: GuestHostName | HostCommand,
  bundlePath: string,
  options: TestLaunchOptions = {},
): Promise<Launched> {
  const logs: Launched["logs"] = [];
  const hostCalls: HostCall[] = [];
  const loadOptions: LoadOptions = {
    configuration,
    loadDeadlineMs: 30_000,
    heapMegabytes: 64,
    ...options,
    bundle: { path: bundlePath },
    onHostCall: (call) => {
      hostCalls.push(call);
      return options.onHostCall?.(call) ?? Promise.resolve({ ok: true, value: null });
    },
    onLog: (level, message) => {
      logs.push({ level, message });
      options.onLog?.(message);
    },
  };
  const guest =
    typeof host === "string" ? await launchGuest({ ...loadOptions, host }) : await launchCommand(host, loadOptions);
  onTestFinished(() => guest.kill());
  return { guest, logs, hostCalls };
}

export interface Dispatched {
  readonly downloads: URLDownloadMessage[];
  readonly outcome: Awaited<ReturnType<GuestConnection["dispatch"]>>;
}

/** Dispatches an event and gathers its downloads. */
export async function dispatch(
  guest: GuestConnection,
  event: GuestEvent = terminate,
  deadlineMs = 30_000,
): Promise<Dispatched> {
  const downloads: URLDownloadMessage[] = [];
  const outcome = await guest.dispatch(event, deadlineMs, { download: (download) => downloads.push(download) });
  return { downloads, outcome };
}

/** Whether a process is there. A zombie, which whoever adopted it has not waited for, is not. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return process.platform !== "linux" || !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return false;
  }
}

/** Settles when a process that was killed is no more: it closes its pipes a moment before it ends. */
export async function gone(pid: number): Promise<void> {
  while (isRunning(pid)) await new Promise((resolve) => setImmediate(resolve));
}
