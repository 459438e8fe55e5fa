import { isAbsolute, relative } from "node:path";
import { displayLocation, type SourceLocation } from "../diagnostics/index.js";
import type { Report } from "../simulator/index.js";
import { columns, formatBytes, formatDuration, formatFault, plural, withoutFullStop } from "./format.js";
import { attemptsOf, renderDownloads, renderReoffered } from "./render-downloads.js";
import { painter, type Paint } from "./terminal.js";

export interface RenderOptions {
  readonly color: boolean;
  /** Paths are shown relative to this folder. */
  readonly cwd: string;
  /** Bundle identifier of the extension. */
  readonly extension: string;
  /** The text of a line of the user's source, where it can be read. */
  readonly sourceLine: (location: SourceLocation) => string | null;
}

/** What an event came to, for people: what was asked, who answered, what was loaded, where it lies, what it took. */
export function renderReport(report: Report, options: RenderOptions): string {
  const paint = painter(options.color);
  const sections: [string, string[]][] = [
    ["Asked", asked(report, options)],
    ["Answered", answers(report, options, paint)],
    ["Reoffered", renderReoffered(report, paint)],
    ["Downloaded", renderDownloads(report, paint)],
    ["Challenges", challenges(report)],
    ["Faults", faults(report)],
    ["Files", [`${shown(report.container, options.cwd)} (container of the app group)`]],
    ["Host", [`${report.host}, engine ${report.engine}: ${report.hostReason}`]],
    ["Took", took(report)],
  ];
  const lines = sections
    .filter(([, body]) => body.length > 0)
    .flatMap(([title, body]) =>
      body.map((line, index) => `  ${paint("dim", (index === 0 ? title : "").padEnd(11))} ${line}`),
    );
  return `\n${lines.join("\n")}\n\n${summary(report, paint)}\n`;
}

function asked({ event, manifest }: Report, { extension }: RenderOptions): string[] {
  const what = { message: "one message", resume: "what was left" }[event as string] ?? event;
  if (!manifest) return [`${what}, of ${extension}`];
  const { error, bytes } = manifest;
  const outcome = error ? `failed: ${withoutFullStop(error.message)}` : formatBytes(bytes);
  return [`${what}, of ${extension}`, `manifest ${manifest.url} (${[outcome, ...attemptsOf(manifest)].join(", ")})`];
}

/** One entry a callback and outcome, however often it ran: where it stands in the handler, how long it took. */
function answers({ handler }: Report, { cwd, sourceLine }: RenderOptions, paint: Paint): string[] {
  const groups = new Map<string, Report["handler"]["calls"]>();
  for (const call of handler.calls) {
    const key = `${call.callback} ${call.outcome}`;
    groups.set(key, [...(groups.get(key) ?? []), call]);
  }
  const sources: (string | null)[] = [];
  const rows = [...groups.values()].map((calls) => {
    const [first] = calls;
    if (!first) return [];
    sources.push(first.location && sourceLine(first.location));
    const place = first.location ? displayLocation(first.location, cwd) : "–";
    const durations = calls.map((call) => call.durationMs);
    const [least, most] = [Math.min(...durations), Math.max(...durations)].map(formatDuration);
    const times = least === most ? `${most}` : `${least} to ${most}`;
    return [
      `${first.callback}${calls.length > 1 ? ` ×${calls.length}` : ""}`,
      place,
      `${outcomes[first.outcome]} in ${times}`,
    ];
  });
  return columns(rows).flatMap((line, index) => {
    const source = sources[index]?.trim();
    return source ? [line, `  ${paint("dim", `│ ${source}`)}`] : [line];
  });
}

const outcomes = {
  answered: "answered",
  notImplemented: "not implemented, the default answered",
  failed: "failed, the default answered",
  deadline: "missed its deadline, the default answered",
  engine: "died, the default answered",
} as const satisfies Record<Report["handler"]["calls"][number]["outcome"], string>;

/** Faults that came to pass, with how often each one did at a place. */
function faults(report: Report): string[] {
  const counts = new Map<string, number>();
  for (const fault of report.faults) {
    const line = formatFault(fault);
    counts.set(line, (counts.get(line) ?? 0) + 1);
  }
  return [...counts].map(([line, count]) => (count > 1 ? `${line} ×${count}` : line));
}

function challenges({ challenges: all }: Report): string[] {
  return all.map(
    ({ method, realm, host, disposition }) => `${method}${realm ? ` “${realm}”` : ""} of ${host}: ${disposition}`,
  );
}

function took({ handler, budget }: Report): string[] {
  if (handler.calls.length === 0) return [];
  const memory =
    budget.privateDirtyBytes === null
      ? "memory not readable here"
      : `${formatBytes(budget.privateDirtyBytes)} private dirty memory at most`;
  return [
    `${formatDuration(handler.durationMs)} in ${plural(handler.calls.length, "call")} of the handler, each in a process of its own; ${memory}`,
  ];
}

function summary(report: Report, paint: Paint): string {
  const counts = (["finished", "failed", "refused", "waiting"] as const)
    .map((status) => [report.downloads.filter((download) => download.status === status).length, status] as const)
    .filter(([count]) => count > 0)
    .map(([count, status]) => `${count} ${status}`);
  for (const severity of ["error", "warning"] as const) {
    const found = report.diagnostics.filter((diagnostic) => diagnostic.severity === severity).length;
    if (found > 0) counts.push(plural(found, severity));
  }
  const text = counts.join(", ") || nothing(report);
  return report.ok ? paint("green", `✓ ${report.event}: ${text}`) : paint("red", `✘ ${report.event}: ${text}`);
}

function nothing({ event, handler, manifest }: Report): string {
  if (manifest?.error) return "the manifest failed";
  if (event === "message") return "delivered";
  return event === "resume" && handler.calls.length === 0 ? "nothing was left to do" : "nothing to download";
}

const shown = (path: string, cwd: string): string => {
  const short = relative(cwd, path);
  return short.startsWith("..") || isAbsolute(short) ? path : short;
};
