import type { Diagnostic, LogEntry, SystemReply } from "../protocol/system.js";
import type { Progress } from "./options.js";
import type { DownloadReport, Report } from "./report.js";

type Parts = Pick<
  Report,
  "manifest" | "downloads" | "reoffered" | "challenges" | "faults" | "notifications" | "logs" | "diagnostics"
> & {
  calls: Report["handler"]["calls"];
};

/** Gathers what one event comes to, and tells each thing as it happens. */
export class Recorder {
  readonly #parts: Parts = {
    manifest: null,
    downloads: [],
    reoffered: [],
    challenges: [],
    faults: [],
    notifications: [],
    logs: [],
    diagnostics: [],
    calls: [],
  };
  readonly progress: (progress: Progress) => void;

  constructor(progress: (progress: Progress) => void) {
    this.progress = progress;
  }

  manifest(manifest: NonNullable<Report["manifest"]>): void {
    this.#parts.manifest = manifest;
    if (!manifest.error) this.progress({ kind: "manifest", url: manifest.url, bytes: manifest.bytes });
  }

  download(download: DownloadReport): void {
    this.#parts.downloads.push(download);
    const detail = download.error?.message ?? download.path;
    this.progress({ kind: download.status, identifier: download.identifier, bytes: download.bytes, detail });
  }

  call(call: Report["handler"]["calls"][number]): void {
    this.#parts.calls.push(call);
    const { callback, identifier, durationMs, outcome, summary } = call;
    this.progress({ kind: "answered", callback, identifier, durationMs, outcome, summary });
  }

  reoffered({ identifier, attempt, outcome, file }: SystemReply["reoffered"][number]): void {
    const path = file.kind === "deleted" ? null : file.path;
    this.#parts.reoffered.push({ identifier, attempt, outcome, path });
  }

  fault(fault: Report["faults"][number]): void {
    this.#parts.faults.push(fault);
  }

  challenge(challenge: Report["challenges"][number]): void {
    this.#parts.challenges.push(challenge);
  }

  notification(name: string): void {
    this.#parts.notifications.push(name);
  }

  log(entry: LogEntry): void {
    this.#parts.logs.push(entry);
    this.progress({ kind: "log", entry });
  }

  diagnostic(diagnostic: Diagnostic): void {
    this.#parts.diagnostics.push(diagnostic);
    this.progress({ kind: "diagnostic", diagnostic });
  }

  report(head: Pick<Report, "event" | "engine" | "host" | "hostReason" | "container">): Report {
    const { calls, ...parts } = this.#parts;
    const runtimeMs = calls.reduce((sum, call) => sum + call.durationMs, 0);
    const memory = calls.flatMap((call) => call.privateDirtyBytes ?? []);
    return {
      ...head,
      ok:
        parts.manifest?.error == null &&
        endedWell(parts.downloads) &&
        parts.diagnostics.every((diagnostic) => diagnostic.severity !== "error"),
      ...parts,
      handler: { durationMs: runtimeMs, calls },
      budget: { runtimeMs, privateDirtyBytes: memory.length > 0 ? Math.max(...memory) : null },
    };
  }
}

/** A download may fail and be scheduled again: what counts is how each identifier ended. */
function endedWell(downloads: readonly DownloadReport[]): boolean {
  const last = new Map(downloads.map(({ identifier, status }) => [identifier, status]));
  return [...last.values()].every((status) => status === "finished");
}
