import type { LogEntry } from "../protocol/system.js";
import type { Progress } from "../simulator/index.js";
import { formatBytes, formatDuration, formatFault, withoutFullStop } from "./format.js";
import { isStaged } from "./render-downloads.js";
import type { Reporter, TransferLine } from "./reporter.js";

/** Says what goes on while an event is played. */
export function showProgress(reporter: Reporter): { on(progress: Progress): void; end(): void } {
  const transfers = new Map<string, TransferLine>();
  const redraw = (): void => reporter.transfers([...transfers.values()]);

  function on(progress: Progress): void {
    switch (progress.kind) {
      case "preparing":
        return reporter.working(progress.message);
      case "host":
        return reporter.done(`host ${progress.host}`, progress.reason);
      case "manifest":
        return reporter.done("manifest", `${formatBytes(progress.bytes)} from ${progress.url}`);
      case "call":
        return;
      case "answered":
        // Their outcome is the line of the download, which follows.
        if (progress.callback === "downloadFinished" || progress.callback === "downloadFailed") return;
        return showAnswer(progress);
      case "transfer":
        transfers.set(progress.identifier, progress);
        return redraw();
      case "finished":
      case "failed":
      case "refused":
      case "waiting":
        transfers.delete(progress.identifier);
        redraw();
        return showEnd(progress);
      case "retry":
        return showRetry(progress);
      case "fault":
        return reporter.warn(`fault ${formatFault(progress)}`);
      case "log":
        return showLog(progress.entry);
      case "diagnostic":
        return reporter.diagnostic(progress.diagnostic);
    }
  }

  function showAnswer({ callback, outcome, summary, durationMs }: Extract<Progress, { kind: "answered" }>): void {
    const after = `after ${formatDuration(durationMs)}`;
    if (outcome === "answered") return reporter.done(callback, `${summary} ${after}`);
    if (outcome === "notImplemented") return reporter.line(`${callback}  ${summary}`);
    reporter.fail(`${callback}  ${summary}, ${after}`);
  }

  /** The clock of the simulated device is set forward; nobody waits here. */
  function showRetry({ identifier, reason, delay }: Extract<Progress, { kind: "retry" }>): void {
    const when = delay > 0 ? `${formatDuration(delay)} later on the device` : "at once";
    reporter.warn(`${identifier}  ${withoutFullStop(reason)}; tries again ${when}`);
  }

  function showEnd({
    kind,
    identifier,
    bytes,
    detail,
  }: Extract<Progress, { kind: "finished" | "failed" | "refused" | "waiting" }>): void {
    if (kind === "failed") return reporter.fail(`${identifier}  failed: ${detail ?? "unknown error"}`);
    if (kind === "refused") return reporter.warn(`${identifier}  refused: ${detail ?? "unknown rule"}`);
    if (kind === "waiting") return reporter.warn(`${identifier}  waits for the network: ${detail ?? "unknown reason"}`);
    const place = detail === null ? "not kept" : isStaged(detail) ? "kept in staging" : `moved to ${detail}`;
    reporter.done(identifier, `${formatBytes(bytes)}  ${place}`);
  }

  function showLog({ level, message, source }: LogEntry): void {
    if (level === "error" || level === "fault") return reporter.fail(`${source} log: ${message}`);
    if (level !== "debug") reporter.line(`${source} log: ${message}`);
  }

  return {
    on,
    end() {
      transfers.clear();
      redraw();
    },
  };
}
