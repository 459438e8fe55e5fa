import { describe, expect, it } from "vitest";
import type { DownloadReport, Report } from "../simulator/index.js";
import { report as reportSchema } from "../simulator/report.js";
import { renderReport } from "./render-report.js";
import { createReporter } from "./reporter.js";
import { showProgress } from "./show-progress.js";

const download = (changes: Partial<DownloadReport>): DownloadReport => ({
  identifier: "level-1.pak",
  status: "finished",
  deliveredTo: "extension",
  essential: false,
  bytes: 50_000,
  attempts: 1,
  resumedBytes: 0,
  path: "Library/Caches/level-1.pak",
  error: null,
  ...changes,
});

const error = (name: string, message: string): DownloadReport["error"] => ({
  domain: "NSURLErrorDomain",
  code: -1005,
  name,
  message,
  underlying: null,
  userInfo: {},
});

function render(changes: Partial<Report>): string {
  const report = reportSchema.parse({
    event: "install",
    ok: true,
    engine: "node",
    host: "worker",
    hostReason: "requested",
    container: "/project/.ba/state/container",
    manifest: null,
    handler: { durationMs: 12, calls: [] },
    downloads: [],
    reoffered: [],
    challenges: [],
    faults: [],
    notifications: [],
    logs: [],
    diagnostics: [],
    budget: { runtimeMs: 12, privateDirtyBytes: null },
    ...changes,
  } satisfies Report);
  return renderReport(report, { color: false, cwd: "/project", extension: "a.downloader", sourceLine: () => null });
}

/** Lines of one section, without the indentation. */
function section(text: string, title: string): string[] {
  const lines = text.split("\n");
  const start = lines.findIndex((line) => line.startsWith(`  ${title} `));
  const next = lines.findIndex((line, index) => index > start && !line.startsWith(" ".repeat(14)));
  return start < 0 ? [] : lines.slice(start, next).map((line) => line.slice(14));
}

describe("the report", () => {
  it("tells what it took to load a file, and who got it", () => {
    const text = render({
      downloads: [
        download({ attempts: 2, resumedBytes: 25_000 }),
        download({ identifier: "b", attempts: 3 }),
        download({ identifier: "c", deliveredTo: "app", path: null }),
        download({ identifier: "d", path: null }),
        download({ identifier: "e", path: "Library/Caches/ba-extension/staging/1" }),
      ],
    });
    expect(section(text, "Downloaded")).toEqual([
      "✓ level-1.pak  50.0 kB    Library/Caches/level-1.pak (2 attempts, 25.0 kB not loaded again)",
      "✓ b            50.0 kB    Library/Caches/level-1.pak (3 attempts)",
      "✓ c            50.0 kB    handed to the app",
      "✓ d            50.0 kB    not kept by the handler",
      "✓ e            50.0 kB    kept in staging, to be offered again",
      "5 files, 250.0 kB; each has the exact size that the handler declared",
    ]);
    expect(text).toContain("✓ install: 5 finished\n");
  });

  it("tells what did not come, and why", () => {
    const lost = error("networkConnectionLost", "The connection was lost.");
    const text = render({
      ok: false,
      downloads: [
        download({ status: "failed", bytes: 10, path: null, error: lost }),
        download({ status: "failed", bytes: 10, path: null, error: lost, deliveredTo: "app" }),
        download({ status: "waiting", bytes: 0, path: null, error: lost, attempts: 5, deliveredTo: null }),
        download({ status: "refused", bytes: 0, path: null, error: null }),
      ],
    });
    expect(section(text, "Downloaded")).toEqual([
      "✘ level-1.pak  10 B    failed: The connection was lost",
      "✘ level-1.pak  10 B    failed: The connection was lost (the app was told)",
      "… level-1.pak  0 B     waiting for the network: The connection was lost (5 attempts)",
      "! level-1.pak  0 B     refused: no reason given",
    ]);
    expect(text).toContain("✘ install: 2 failed, 1 refused, 1 waiting\n");
  });

  it("tells of files that were offered again", () => {
    const text = render({
      reoffered: [
        { identifier: "a", attempt: 2, outcome: "answered", path: "Library/Caches/a" },
        { identifier: "b", attempt: 3, outcome: "failed", path: "Library/Caches/ba-extension/staging/b" },
        { identifier: "c", attempt: 2, outcome: "answered", path: null },
      ],
    });
    expect(section(text, "Reoffered")).toEqual([
      "✓ a  offer 2  Library/Caches/a",
      "! b  offer 3  stays in staging (failed)",
      "! c  offer 2  not kept by the handler",
    ]);
  });

  it("counts faults that came to pass, each place once", () => {
    const faults = ["offline", "offline", "cut@a", "kill-extension@moveTo"].map((fault, index) => ({
      fault,
      at: ["a", "a", "a", "moveTo"][index] ?? "",
    }));
    expect(section(render({ faults }), "Faults")).toEqual(["offline, at a ×2", "cut@a", "kill-extension@moveTo"]);
  });

  it("has no section for what there was not", () => {
    for (const title of ["Reoffered", "Downloaded", "Faults", "Challenges"])
      expect(section(render({}), title)).toEqual([]);
  });

  it("says that the manifest failed, where nothing came of it", () => {
    const lost = { bytes: 0, attempts: 2, resumedBytes: 0, error: error("timedOut", "Too late.") };
    const manifest = { url: "https://a.example/m", ...lost };
    const text = render({ manifest, ok: false });
    expect(section(text, "Asked")).toContain("manifest https://a.example/m (failed: Too late, 2 attempts)");
    expect(text).toContain("✘ install: the manifest failed\n");
  });

  it.each([
    ["resume", "✓ resume: nothing was left to do"],
    ["message", "✓ message: delivered"],
    ["unknown", "✓ unknown: nothing to download"],
  ] as const)("of %s says what an empty one means", (event, words) => expect(render({ event })).toContain(words));
});

describe("progress", () => {
  it("names what went wrong on the way, and that time passes on the device only", () => {
    let said = "";
    const stderr = { write: (text: string) => (said += text) };
    const { on } = showProgress(createReporter({ stderr, cwd: "/", env: {} }, false));
    on({ kind: "fault", fault: "cut=50%@a", at: "a" });
    on({ kind: "fault", fault: "offline", at: "a" });
    on({ kind: "retry", identifier: "a", reason: "The connection was lost.", delay: 30_000 });
    on({ kind: "retry", identifier: "a", reason: "Not the same file", delay: 0 });
    on({ kind: "waiting", identifier: "a", bytes: 3, detail: "There is no network." });
    on({ kind: "finished", identifier: "b", bytes: 3, detail: "Library/Caches/ba-extension/staging/b" });
    on({ kind: "finished", identifier: "c", bytes: 3, detail: null });
    expect(said.split("\n")).toEqual([
      "! fault cut=50%@a",
      "! fault offline, at a",
      "! a  The connection was lost; tries again 30.0 s later on the device",
      "! a  Not the same file; tries again at once",
      "! a  waits for the network: There is no network.",
      "✓ b  3 B  kept in staging",
      "✓ c  3 B  not kept",
      "",
    ]);
  });
});
