import { isAbsolute, relative } from "node:path";
import { displayLocation, type SourceLocation } from "../diagnostics/index.js";
import type { Report } from "../simulator/index.js";
import { columns, formatBytes, formatDuration, plural } from "./format.js";
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
    ["Downloaded", downloads(report, paint)],
    ["Challenges", challenges(report)],
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
  const what = event === "message" ? "one message" : event;
  if (!manifest) return [`${what}, of ${extension}`];
  const outcome = manifest.error ? `failed: ${manifest.error.message}` : formatBytes(manifest.bytes);
  return [`${what}, of ${extension}`, `manifest ${manifest.url} (${outcome})`];
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

function downloads(report: Report, paint: Paint): string[] {
  const marks = { finished: paint("green", "✓"), failed: paint("red", "✘"), refused: paint("yellow", "!") };
  const lines = columns(
    report.downloads.map((download) => [
      download.identifier,
      formatBytes(download.bytes),
      download.essential ? "essential" : "",
      download.status === "finished"
        ? (download.path ?? "not kept by the handler")
        : `${download.status}: ${download.error?.message ?? "no reason given"}`,
    ]),
  ).map((line, index) => `${marks[report.downloads[index]?.status ?? "failed"]} ${line}`);
  const finished = report.downloads.filter(({ status }) => status === "finished");
  if (finished.length === 0) return lines;
  const bytes = finished.reduce((sum, download) => sum + download.bytes, 0);
  return [
    ...lines,
    `${plural(finished.length, "file")}, ${formatBytes(bytes)}; each has the exact size that the handler declared`,
  ];
}

function challenges({ challenges: all }: Report): string[] {
  return all.map(
    ({ method, realm, host, disposition }) => `${method}${realm ? ` “${realm}”` : ""} of ${host}: ${disposition}`,
  );
}

function took({ handler, budget }: Report): string[] {
  const memory =
    budget.privateDirtyBytes === null
      ? "memory not readable here"
      : `${formatBytes(budget.privateDirtyBytes)} private dirty memory at most`;
  return [
    `${formatDuration(handler.durationMs)} in ${plural(handler.calls.length, "call")} of the handler, each in a process of its own; ${memory}`,
  ];
}

function summary(report: Report, paint: Paint): string {
  const counts = (["finished", "failed", "refused"] as const)
    .map((status) => [report.downloads.filter((download) => download.status === status).length, status] as const)
    .filter(([count]) => count > 0)
    .map(([count, status]) => `${count} ${status}`);
  for (const severity of ["error", "warning"] as const) {
    const found = report.diagnostics.filter((diagnostic) => diagnostic.severity === severity).length;
    if (found > 0) counts.push(plural(found, severity));
  }
  const text = counts.join(", ") || (report.event === "message" ? "delivered" : "nothing to download");
  return report.ok ? paint("green", `✓ ${report.event}: ${text}`) : paint("red", `✘ ${report.event}: ${text}`);
}

const shown = (path: string, cwd: string): string => {
  const short = relative(cwd, path);
  return short.startsWith("..") || isAbsolute(short) ? path : short;
};
