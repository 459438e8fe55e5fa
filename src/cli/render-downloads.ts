import type { DownloadReport, Report } from "../simulator/index.js";
import { columns, formatBytes, plural, withoutFullStop } from "./format.js";
import type { Paint } from "./terminal.js";

/** What became of each download, and how much came in all. */
export function renderDownloads({ downloads }: Report, paint: Paint): string[] {
  const marks = {
    finished: paint("green", "✓"),
    failed: paint("red", "✘"),
    refused: paint("yellow", "!"),
    waiting: paint("yellow", "…"),
  } as const satisfies Record<DownloadReport["status"], string>;
  const lines = columns(
    downloads.map((download) => [
      download.identifier,
      formatBytes(download.bytes),
      download.essential ? "essential" : "",
      `${ending(download)}${notes(download)}`,
    ]),
  ).map((line, index) => `${marks[downloads[index]?.status ?? "failed"]} ${line}`);
  const finished = downloads.filter(({ status }) => status === "finished");
  if (finished.length === 0) return lines;
  const bytes = finished.reduce((sum, download) => sum + download.bytes, 0);
  return [
    ...lines,
    `${plural(finished.length, "file")}, ${formatBytes(bytes)}; each has the exact size that the handler declared`,
  ];
}

/** Files of earlier events that the handler was offered again. */
export function renderReoffered({ reoffered }: Report, paint: Paint): string[] {
  const rows = reoffered.map(({ identifier, attempt, outcome, path }) => [
    identifier,
    `offer ${attempt}`,
    // After the last offer it is not offered again.
    path !== null && isStaged(path) ? `stays in staging (${outcome})` : placeOf(path),
  ]);
  return columns(rows).map((line, index) => {
    const path = reoffered[index]?.path ?? null;
    return `${path !== null && !isStaged(path) ? paint("green", "✓") : paint("yellow", "!")} ${line}`;
  });
}

function ending({ status, path, error, deliveredTo }: DownloadReport): string {
  if (status !== "finished") {
    const reason = withoutFullStop(error?.message ?? "no reason given");
    return `${status === "waiting" ? "waiting for the network" : status}: ${reason}`;
  }
  return deliveredTo === "app" ? "handed to the app" : placeOf(path);
}

/** Where the handler left a file. */
const placeOf = (path: string | null): string =>
  path === null ? "not kept by the handler" : isStaged(path) ? "kept in staging, to be offered again" : path;

/** The principal class's own folder: what is in it is not the app's yet. */
export const isStaged = (path: string): boolean => path.startsWith("Library/Caches/ba-extension/");

function notes(download: DownloadReport): string {
  const { status, deliveredTo } = download;
  const told = deliveredTo === "app" && status !== "finished" ? ["the app was told"] : [];
  const all = [...attemptsOf(download), ...told];
  return all.length > 0 ? ` (${all.join(", ")})` : "";
}

/** How often a file was asked for, and what that saved, where it was not all at once. */
export function attemptsOf({ attempts, resumedBytes }: Pick<DownloadReport, "attempts" | "resumedBytes">): string[] {
  return [
    ...(attempts > 1 ? [plural(attempts, "attempt")] : []),
    ...(resumedBytes > 0 ? [`${formatBytes(resumedBytes)} not loaded again`] : []),
  ];
}
